"""A round as it stood at the moment when everybody in it had finished, under the codebook of then."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.log_moments import local_moment
from coder.errors import CoderError
from coder.store import codebook_versions
from coder.store.team.question_rows import hidden_answers
from coder.store.team.round_rows import progress_in, rounds_of
from coder.store.team.seeing import as_finished
from coder.store.team.team_rows import team

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study


@contextmanager
def round_then(study: Study, name: str) -> Iterator[tuple[Study, Round, str]]:
    """Give, for the block, a study as its round stood when everybody had finished it.

    Yields:
        The study, to read alone; the round; and in words of which moment it is.

    Raises:
        CoderError: There is no such round, somebody has not finished it, or whoever is at work may not see
            what is set apart in it.
    """
    database = study.database
    one_round = rounds_of(database).meant(name)
    people = team(database)
    away = [person.id for person in people.everybody if person.retired]
    moment = one_round.settled_at(away)
    if not moment:
        progress = progress_in(database, one_round.id)
        still_open = ", ".join(
            f"{study.name_of(person)} ({progress[person].done:,} of {progress[person].answers:,} done)"
            for person, finished in one_round.finished.items()
            if not finished and person not in away
        )
        msg = f"{one_round.name} has no agreement yet: not everybody has finished it."
        raise CoderError(msg, f"Still to finish: {still_open or 'nobody who is there'}.")
    _refuse_hidden(study, one_round)
    version = codebook_versions.version_at(database, moment)
    number = version.number if version else study.version
    codebook = version.codebook if version else study.codebook
    everybody = study.name_of(one_round.member_ids[0]) if one_round.layer else "everybody"
    in_words = (
        f"Round {one_round.name}: what stood on {local_moment(moment):%Y-%m-%d at %H:%M}, when {everybody}"
        f" had finished it, under version {number} of the codebook."
    )
    with as_finished(database, one_round, moment, number, people.merges):
        yield replace(study, codebook=codebook, version=number), one_round, in_words


def _refuse_hidden(study: Study, one_round: Round) -> None:
    """Raise CoderError if codings that are measured in a round set apart are hidden from who is at work."""
    sight = study.database.sight
    if not (one_round.layer and sight.is_blind):
        return
    hidden = hidden_answers(study.database, one_round.answer_ids)
    if hidden and not (one_round.is_repeat and sight.person_id in one_round.finished):
        msg = (
            f"{one_round.name} is of answers of a blind round that you are in: its codings are not seen yet."
        )
        raise CoderError(
            msg, "Once everybody in that round has finished it, try again: coder team round list"
        )
