"""The survey built of a file, and what building it needs in wide and in long files alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.formats.surveys.row_ids import id_texts, in_one_spelling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.responses import Survey
    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable


@dataclass(frozen=True, slots=True)
class BuiltSurvey:
    """A survey, and what came up while it was built."""

    survey: Survey
    warnings: tuple[str, ...] = ()
    of_answers: Mapping[str, str] = field(default_factory=dict)
    """From the name of an attribute of answers to why it is of answers."""


def respondent_ids(raw: RawTable, layout: SurveyLayout) -> list[str]:
    """Return who answered in each row; `R1`, `R2` ... where the file has no id column.

    A row without an id is called after its place in the file: `row 7`.
    """
    column = next(iter(layout.of_role("id")), None)
    if column is None:
        return [f"R{n}" for n in range(1, len(raw.rows) + 1)]
    ids = id_texts(raw.column(column.position))
    if layout.alike_ids_are_one:
        ids = in_one_spelling(ids)
    if all(ids):
        return ids
    return [identifier or f"row {number}" for identifier, number in zip(ids, raw.numbers, strict=True)]


def repeated(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the positions (from 0) of the first name that stands twice, or None."""
    if len(set(names)) == len(names):
        return None
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        if positions.setdefault(name, position) != position:
            return positions[name], position
    return None
