"""Coding again: somebody codes answers that they coded before, to see how far they agree with themselves.

It is a round of one person. Their earlier codings are not seen in it, and what they code is set apart: it
counts nowhere, and nothing learns from it.
"""

from __future__ import annotations

import datetime as dt
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import counted
from coder.domain.log_moments import moment_of
from coder.domain.team.rounds import AGAIN, drawn
from coder.errors import CoderError
from coder.store import surveys
from coder.store.team.round_rows import answers_in, finished_by, moments_done, rounds_of
from coder.workflows.study.questions import find_question
from coder.workflows.team.rounds.leading import NewRound, begin_round, members_meant, unused_name

if TYPE_CHECKING:
    from coder.domain.team.rounds import Round
    from coder.store.database import Database
    from coder.workflows.study.study import Study


class RepeatDraw(NamedTuple):
    """What somebody is to code again."""

    person_name: str
    """Who."""
    round_name: str = ""
    """Of their answers in this round; empty: of all that they have coded."""
    question_names: tuple[str, ...] = ()
    """Of these questions; empty: of all."""
    most: int | None = None
    """So many answers, drawn at random; None: all, or a share."""
    share: float | None = None
    """This share of them, between 0 and 1, drawn at random; None: all, or so many."""
    seed: int = 0
    """What the order at random goes by."""
    name: str = ""
    """What the round is called; empty: `jo again`."""
    suggests: bool = False
    """Whether themes are suggested in it."""


def begin_repeat(study: Study, draw: RepeatDraw, by: str) -> Round:
    """Begin a round in which somebody codes again what they have coded and marked done.

    Answers that they have not been given to code again so far come first.

    Raises:
        CoderError: There is no such person, round or question; or they have done fewer answers.
        ReadOnlyError: The study can only be read.
    """
    (person,) = members_meant(study, [draw.person_name])
    rounds = rounds_of(study.database)
    done = set(finished_by(study.database, person.id))
    if draw.round_name:
        done &= set(answers_in(study.database, rounds.meant(draw.round_name).id, person.id))
    question_ids = {find_question(study, name).id for name in draw.question_names}
    ids = [
        response.id
        for response in surveys.all_responses(study.database)
        if response.number in done and (not question_ids or response.question_id in question_ids)
    ]
    share = 1.0 if draw.share is None else draw.share
    wanted = ceil(len(ids) * share) if draw.most is None else draw.most
    if not 1 <= wanted <= len(ids):
        where = f" in {draw.round_name}" if draw.round_name else ""
        such = counted(len(ids), "such answer")
        msg = f"{person.name} has done {such}{where}, of which {wanted:,} cannot be drawn."
        raise CoderError(msg, "Only what they have marked done can be coded again: ask for so many at most.")
    repeated = {answer for r in rounds if r.is_repeat for answer in r.assigned.get(person.id, ())}
    order = sorted(drawn(ids, draw.seed), key=repeated.__contains__)
    name = draw.name or unused_name(study, f"{person.name} again")
    new = NewRound(name, {person.id: order[:wanted]}, suggests=draw.suggests, seed=draw.seed, gold=AGAIN)
    return begin_round(study, new, by)


def days_between(database: Database, repeat: Round) -> list[int]:
    """Return of each answer how many days lie between coding it first and again, in ascending order.

    Read where the database shows the round as it was finished. An answer is coded when it is marked done.
    """
    (person_id,) = repeat.member_ids
    first, again = (moments_done(database, repeat.id, who) for who in (person_id, repeat.layer))
    return sorted(
        (moment_of(again[answer]) - moment_of(first[answer])) // dt.timedelta(days=1)
        for answer in first.keys() & again.keys()
    )
