"""Names in columns of a survey file that the study does not keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name, nearest
from coder.errors import CoderError
from coder.workflows.privacy.finding import FindRequest, Found, find_places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable
    from coder.workflows.study.study import Study

_NAMES = re.compile(
    r"(?<![a-z])(?:(?:fore|sur|first|last|full|family|given|middle|maiden|nick|preferred)[ _-]?names?|names?"
    r"|vornamen?|nachnamen?|familiennamen?|noms?|prenoms?|nombres?|apellidos?|cognome|nominativo|naam|voornaam|achternaam"
    r"|imie|nazwisko|enw|namn|navn|fornavn|etternavn|efternamn|sobrenome|apelido)(?![a-z])"
)
_NO_PERSONS = re.compile(r"user|login|file|company|organi[sz]ation|school|council|team|trust|question")
_MAY_IDENTIFY = "may identify a person"
_LONGEST, _MOST_WORDS = 60, 5
"""What is longer is no name."""


def left_out_names(raw: RawTable, layout: SurveyLayout) -> tuple[str, ...]:
    """Return the names in the columns that are left out as they may identify a person."""
    positions = [
        column.position
        for column in layout.of_role("ignore")
        if _MAY_IDENTIFY in column.reason and _holds_names(column.name, column.label)
    ]
    return _names_in(raw, positions)


def names_in_columns(raw: RawTable, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the names in columns of a file.

    Raises:
        CoderError: The file has no such column.
    """
    folded = {fold_name(name): position for position, name in enumerate(raw.names)}
    positions = []
    for column in columns:
        if fold_name(column) not in folded:
            msg = f"{raw.path.name} has no column '{column}'."
            raise CoderError(msg, nearest(column, raw.names) or f"It has: {', '.join(raw.names[:20])}")
        positions.append(folded[fold_name(column)])
    return _names_in(raw, positions)


def find_on_import(study: Study, raw: RawTable, layout: SurveyLayout) -> Found:
    """Find what patterns prove, and names of left-out columns, in a study that was made of a file."""
    return find_places(study, FindRequest(column_names=left_out_names(raw, layout), with_guesses=False))


def note_names_left_out(study: Study, raw: RawTable, layout: SurveyLayout) -> None:
    """Note where names of left-out columns stand in the answers of a study that was made of a file.

    Quotes mask them from then on. Without such columns nothing is searched.
    """
    if left_out_names(raw, layout):
        find_on_import(study, raw, layout)


def _holds_names(name: str, label: str) -> bool:
    header = f"{name} {label}"
    # `RecipientFirstName` is three words.
    spaced = fold_name(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header))
    return _NAMES.search(spaced) is not None and _NO_PERSONS.search(spaced) is None


def _names_in(raw: RawTable, positions: Sequence[int]) -> tuple[str, ...]:
    cells = (row[position].strip() for row in raw.rows for position in positions)
    return tuple(
        dict.fromkeys(
            cell for cell in cells if 1 < len(cell) <= _LONGEST and len(cell.split()) <= _MOST_WORDS
        )
    )
