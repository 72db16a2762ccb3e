"""A survey file that comes again: who has withdrawn from a study made of it is left out.

No study knows of others, so those that lie beside the new one, or beside the file, are looked at, and those
from which somebody withdrew on this machine.
"""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import agreeing, listed
from coder.domain.path_names import on_one_line
from coder.domain.privacy.tombstones import written_withdrawal
from coder.errors import CoderError
from coder.store import surveys
from coder.store.database import open_to_read
from coder.store.privacy.answer_cuts import cuts_as_made
from coder.store.privacy.withdrawals import tombstones
from coder.store.team.team_rows import note_event
from coder.workflows.study.opening import is_study
from coder.workflows.study.study import DATABASE_FILE
from coder.workflows.study.surroundings.studies_withdrawn_from import (
    studies_withdrawn_from,
    withdrawals_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from coder.domain.privacy.tombstones import Tombstone
    from coder.domain.responses import Survey
    from coder.store.database import Database

_MOST_FOLDERS = 500
_MOST_TOLD = 3
"""Studies that are told of as missing."""
_SAME_SHARE = 0.8
"""At least so many of the answers in both say the same if a study was made of a file."""


class WithdrawnBefore(NamedTuple):
    """Who of a survey has withdrawn from a study that was made of it."""

    study: Path
    stones: tuple[Tombstone, ...]


def withdrawn_before(survey: Survey, folder: Path, file: Path) -> list[WithdrawnBefore]:
    """Return who of a survey has withdrawn from studies of it: beside a new one, its file, or known here.

    Args:
        survey: What the file holds.
        folder: Where the new study is to be made.
        file: The survey file.
    """
    ids = {respondent.id for respondent in survey.respondents}
    texts = {response.id: response.text for response in survey.responses if response.text}
    withdrawals = []
    beside = {study.resolve() for study in _studies_beside(folder, file)}
    known = {study.resolve() for study in studies_withdrawn_from() if is_study(study)}
    for study in sorted((beside | known) - {folder.resolve()}):
        # What cannot be read, or is of another version, tells nothing.
        with suppress(CoderError), closing(open_to_read(study / DATABASE_FILE)) as database:
            stones = tuple(stone for stone in tombstones(database) if stone.respondent_id in ids)
            if stones and _is_of(database, texts):
                withdrawals.append(WithdrawnBefore(study, stones))
    return withdrawals


def _studies_beside(folder: Path, file: Path) -> Iterator[Path]:
    places = dict.fromkeys(path.absolute().parent for path in (folder, file))
    for place in places:
        with suppress(OSError):
            for candidate in sorted(place.iterdir())[:_MOST_FOLDERS]:
                if candidate.absolute() != folder.absolute() and is_study(candidate):
                    yield candidate


def _is_of(database: Database, texts: Mapping[str, str]) -> bool:
    """Tell whether a study was made of the survey with these texts, by what stands in both.

    Answers that words were taken out of tell nothing; where no others are left, their ids have to do.
    """
    shared = [response for response in surveys.all_responses(database) if response.id in texts]
    altered = cuts_as_made(database)
    alike = [texts[r.id] == r.text for r in shared if r.text and r.id not in altered]
    return bool(shared) and sum(alike) >= _SAME_SHARE * len(alike)


def missing_lines() -> list[str]:
    """Return what is said of studies from which somebody withdrew, and that do not lie where they lay."""
    return [
        f"Somebody had withdrawn from a study that lay in {on_one_line(study)} and is there no more. If it"
        " was of this survey, they may have come back: put it beside the new one and import again, or"
        f" withdraw them here. If it is gone for good, take it out of {on_one_line(withdrawals_file())}."
        for study in studies_withdrawn_from()
        if not is_study(study)
    ][:_MOST_TOLD]


def without(survey: Survey, withdrawals: Iterable[WithdrawnBefore]) -> Survey:
    """Return a survey without those who have withdrawn; its answers are numbered anew."""
    gone = {stone.respondent_id for withdrawal in withdrawals for stone in withdrawal.stones}
    if not gone:
        return survey
    kept = [response for response in survey.responses if response.respondent_id not in gone]
    number_of = {response.number: number for number, response in enumerate(kept, start=1)}
    return replace(
        survey,
        respondents=[respondent for respondent in survey.respondents if respondent.id not in gone],
        responses=[response._replace(number=number_of[response.number]) for response in kept],
        answer_values={
            name: {number_of[number]: cell for number, cell in cells.items() if number in number_of}
            for name, cells in survey.answer_values.items()
        },
    )


def note_withdrawn(database: Database, withdrawals: Iterable[WithdrawnBefore]) -> None:
    """Note in a new study who had withdrawn, and when: its tables say so as well."""
    noted = set()
    with database.transaction():
        for withdrawal in withdrawals:
            for stone in withdrawal.stones:
                if stone.respondent_id not in noted:
                    noted.add(stone.respondent_id)
                    content = written_withdrawal(stone.respondent_id, stone.reason, stone.answers)
                    note_event(database, stone.at, "", "withdrawn", content)


def withdrawn_lines(withdrawals: Iterable[WithdrawnBefore]) -> list[str]:
    """Return what is said of those left out, a line for each study."""
    return [
        f"{listed([stone.respondent_id for stone in withdrawal.stones])} "
        f"{agreeing(len(withdrawal.stones), 'is', 'are')} left out of what is counted above: withdrawn from "
        f"the study of the same survey in {on_one_line(withdrawal.study)}."
        for withdrawal in withdrawals
    ]
