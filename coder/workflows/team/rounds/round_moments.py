"""A round as it stood at the moment when everybody in it had finished, under the codebook of then."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.log_moments import local_moment
from coder.errors import CoderError
from coder.store import codebook_versions
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
        CoderError: There is no such round, or somebody has not finished it.
    """
    database = study.database
    one_round = rounds_of(database).meant(name)
    away = [person.id for person in team(database).everybody if person.retired]
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
    version = codebook_versions.version_at(database, moment)
    number = version.number if version else study.version
    codebook = version.codebook if version else study.codebook
    in_words = (
        f"Round {one_round.name}: what stood on {local_moment(moment):%Y-%m-%d at %H:%M}, when everybody had"
        f" finished it, under version {number} of the codebook."
    )
    with as_finished(database, one_round.id, moment, number, one_round.gold):
        yield replace(study, codebook=codebook, version=number), one_round, in_words
