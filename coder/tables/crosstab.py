"""Counts in rows and columns, and how they become a printed table.

The one form between what was counted and what is printed: what is kept back, and whether groups differ, is
worked out on whole numbers with their bases, alike for themes and for closed questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.tables.printed import CellMark, PrintedRowKind

NONE = Cell(None)
KEPT_BACK = Cell(None, "suppressed")
TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class CrosstabRow:
    """One row's counts."""

    label: str
    kind: PrintedRowKind
    counts: tuple[int, ...]
    """One for each of the crosstab's groups."""
    level: int = 0
    """How many nets stand above it in the table."""
    key: str = ""
    """The theme's id, or the value counted."""
    respondents: int = 0
    """Of a row of themes, in all, with `mentions`; whichever of the two the table counts."""
    mentions: int = 0


@dataclass(frozen=True, slots=True)
class Crosstab:
    """Counts in rows, by groups of respondents."""

    groups: tuple[str, ...]
    """A name for each: a value of the attribute, or `Total`; one empty name if there is one group."""
    bases: tuple[int, ...]
    """How many the percentages of each group are of."""
    rows: tuple[CrosstabRow, ...]
    has_total: bool = False
    """Whether the last group is all the others together."""

    @property
    def sizes(self) -> list[tuple[str, int]]:
        """The groups, each with how many its percentages are of."""
        return list(zip(self.groups, self.bases, strict=True))


@dataclass(frozen=True, slots=True)
class Style:
    """How a crosstab is printed."""

    heading: str
    """What is counted: `Councils`."""
    percent: bool = True
    decimals: int = 0
    low: int = 0
    """Percentages of fewer than these are marked."""


def printed_columns(crosstab: Crosstab, style: Style) -> tuple[PrintedColumn, ...]:
    """Return the printed columns: for each group its counts and their percentages."""
    columns: list[PrintedColumn] = []
    for group, base in zip(crosstab.groups, crosstab.bases, strict=True):
        columns.append(PrintedColumn(style.heading, "count", group))
        if style.percent:
            columns.append(PrintedColumn("%", "percent", group, base, style.decimals))
    return tuple(columns)


def printed_rows(
    crosstab: Crosstab, style: Style, kept_back: Collection[tuple[int, int]]
) -> tuple[PrintedRow, ...]:
    """Return the printed rows.

    Args:
        crosstab: The counts.
        style: How they are printed.
        kept_back: The cells that are not printed, by row and group.
    """
    return tuple(
        PrintedRow(
            row.label,
            row.kind,
            _cells(crosstab, style, row, [(number, n) in kept_back for n in range(len(crosstab.groups))]),
            row.level,
            row.key,
        )
        for number, row in enumerate(crosstab.rows)
    )


def _cells(crosstab: Crosstab, style: Style, row: CrosstabRow, kept_back: Sequence[bool]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for count, base, is_kept_back in zip(row.counts, crosstab.bases, kept_back, strict=True):
        if is_kept_back:
            cells += [KEPT_BACK] * (1 + style.percent)
            continue
        cells.append(Cell(count))
        if style.percent:
            mark: CellMark = "low" if base < style.low else ""
            cells.append(Cell(100 * count / base, mark) if base else NONE)
    return tuple(cells)
