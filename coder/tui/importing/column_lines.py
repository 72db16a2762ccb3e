"""In which order the columns of a survey file are shown: open questions first, what is left out folded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.surveys.survey_layout import Role, SurveyColumn, SurveyLayout

_FIRST: tuple[Role, ...] = ("text", "question", "item", "response", "id")
"""What comes behind open questions, in this order; attributes follow."""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A line of the list: one column, or some that are left out for the same reason."""

    positions: tuple[int, ...]
    """The columns, counted from 0."""
    reason: str = ""
    """Of columns that are left out together: why. Empty for one column."""
    is_within: bool = False
    """Whether it is a column of the line above, which is opened."""


def order_of(layout: SurveyLayout) -> tuple[ColumnLine, ...]:
    """Return the lines for a file as it was understood; they stay where they are when roles are changed."""
    questions = {column.question_id: n for n, column in enumerate(reversed(layout.columns))}
    open_columns = sorted(
        layout.of_role("open"), key=lambda column: (-questions[column.question_id], column.item)
    )
    kept = [*open_columns, *(column for role in _FIRST for column in layout.of_role(role))]
    kept += layout.of_role("attribute")
    folded: dict[str, list[int]] = {}
    for column in layout.of_role("ignore"):
        # A reason may have a detail behind it: "may identify a person; left out (e-mail)".
        reason = column.reason.partition(" (")[0].removesuffix("; left out")
        folded.setdefault(reason, []).append(column.position)
    lines = [ColumnLine((column.position,)) for column in kept]
    return (*lines, *(_fold(reason, positions) for reason, positions in folded.items()))


def _fold(reason: str, positions: Sequence[int]) -> ColumnLine:
    return ColumnLine(tuple(positions), reason if len(positions) > 1 else "")


def with_opened(lines: Sequence[ColumnLine], opened: Collection[str]) -> list[ColumnLine]:
    """Return the lines with the columns of those that are opened below them."""
    shown: list[ColumnLine] = []
    for line in lines:
        shown.append(line)
        if line.reason in opened:
            shown += [ColumnLine((position,), is_within=True) for position in line.positions]
    return shown


def text_of(column: SurveyColumn) -> str:
    """Return what a column is called in the list: an open one by its wording."""
    return column.label or column.name if column.role == "open" else column.name
