"""Handing over: answers that somebody has yet to read, and codings that wait to be looked at again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import agreeing, counted, listed_few
from coder.errors import CoderError
from coder.store import log
from coder.store.team.round_rows import note_round_event, rounds_of, unread_ids
from coder.store.team.team_rows import note_event, team
from coder.workflows.study.sight_at_work import look_as
from coder.workflows.team.people_merging import change_of, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.codings import Change
    from coder.domain.team.team_people import Person
    from coder.store.database import Database
    from coder.workflows.study.study import Study

_ANSWERS_NAMED = 10


class HandedOver(NamedTuple):
    """What somebody has handed over to another."""

    source: Person
    target: Person
    rounds: tuple[tuple[str, int, int], ...]
    """The names of the rounds, each with how many answers went over, and how many the target has anyway."""
    waiting: int
    """Answers with codings that waited to be looked at again, and are the target's now."""
    remaining: tuple[str, ...]
    """Ids of such answers that both have coded: they stay the source's."""


def hand_over(study: Study, source_name: str, target_name: str, by: str) -> HandedOver:
    """Hand over what somebody has yet to do: the answers of rounds that go on, and the queue to be recoded.

    What the first has done stays theirs, but for the codings in the queue: whoever looks at them again is to
    stand for them. They are taken from the one and given to the other by a step of each in the log. On
    an answer that both have coded neither is the other's to change.

    Raises:
        CoderError: One is nobody of the team, the second has left, or nothing waits.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        people = team(study.database)
        source, target = people.meant(source_name), people.meant(target_name)
        if target.retired or source.id == target.id:
            msg = f"{source.name} cannot hand over to {target.name}."
            raise CoderError(msg, "Name somebody else who is in the team: coder team list")
        waiting, remaining, steps = _hand_over_queue(study.database, source, target)
        # Then: what is another's to look at again is theirs in its round as well.
        rounds = tuple(_hand_over_rounds(study, source, target, by))
        if not (rounds or waiting):
            msg = (
                f"{source.name} has nothing to hand over: no answer of a round is open, and no coding waits."
            )
            raise CoderError(msg, "What they have coded stays theirs, and counts. See: coder team round list")
        if waiting:
            content = {
                "person": source.id, "name": source.name, "to": target.id, "to_name": target.name,
                "answers": [], "steps": steps,
            }  # fmt: skip
            note_event(study.database, log.utc_now(), by, "handed over", content)
    look_as(study, study.database.sight.person_id or by)
    return HandedOver(source, target, rounds, waiting, remaining)


def _hand_over_rounds(
    study: Study, source: Person, target: Person, by: str
) -> Iterable[tuple[str, int, int]]:
    for one_round in list(rounds_of(study.database)):
        answers = unread_ids(study.database, one_round.id, source.id)
        # What is set apart is one person's: nobody is trained, or codes again, for another.
        if one_round.ended or one_round.layer or not answers:
            continue
        content = {
            "round": one_round.id, "round_name": one_round.name, "person": source.id, "name": source.name,
            "to": target.id, "to_name": target.name, "answers": answers,
        }  # fmt: skip
        shared = len(set(answers).intersection(one_round.assigned.get(target.id, ())))
        note_round_event(study.database, log.utc_now(), by, "handed over", content)
        yield one_round.name, len(answers) - shared, shared


def _hand_over_queue(
    database: Database, source: Person, target: Person
) -> tuple[int, tuple[str, ...], list[int]]:
    own, theirs = standing_of(database, source.id), standing_of(database, target.id)
    gone: list[Change] = []
    taken: list[Change] = []
    answers: dict[bool, list[int]] = defaultdict(list)
    for response, contents in own.items():
        if not any(aspect == "recode" for aspect, _ in contents):
            continue
        is_shared = any(aspect in {"theme", "done"} for aspect, _ in theirs.get(response, ()))
        answers[is_shared].append(response)
        if is_shared:
            continue
        for key, content in contents.items():
            if key not in theirs.get(response, ()):
                gone.append(change_of(response, key, content, None))
                taken.append(change_of(response, key, None, content))
    steps = []
    if gone:
        label = f"codings to be looked at again go to {target.name}"
        steps.append(log.append(database, source.id, label, gone))
        label = f"codings of {source.name} to be looked at again"
        steps.append(log.append(database, target.id, label, taken))
    ids = tuple(database.value("SELECT id FROM response WHERE number = ?", (n,)) for n in answers[True])
    return len(answers[False]), ids, steps


def handover_text(handed: HandedOver) -> str:
    """Return what was handed over, in words."""
    source, target = handed.source.name, handed.target.name
    lines = []
    for name, answers, shared in handed.rounds:
        if answers:
            go = agreeing(answers, "goes", "go")
            lines.append(f"{name}: {counted(answers, 'answer')} of {source} {go} to {target}.")
        if shared:
            lines.append(
                f"{name}: {counted(shared, 'answer')} of {source} {target} has anyway: read by one fewer."
            )
    if handed.waiting:
        lines.append(
            f"{counted(handed.waiting, 'answer')} with codings of {source} to be looked at again:"
            f" they are {target}'s now, who comes to them with w."
        )
    if handed.remaining:
        lines.append(
            f"{counted(len(handed.remaining), 'answer')} that both have coded stay with {source}:"
            f" {listed_few(handed.remaining, _ANSWERS_NAMED)}."
        )
    return "\n".join(lines)
