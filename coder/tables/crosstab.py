"""Counts in rows and columns, and how they become a printed table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Cell, Column, PrintedRow

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.tables.printed import CellMark, PrintedRowKind

NONE = Cell(None)
TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row's counts."""

    label: str
    kind: PrintedRowKind
    counts: tuple[int, ...]
    """One for each of the grid's columns."""
    level: int = 0
    key: str = ""
    respondents: int | None = None
    """In all, with `mentions`, where the row is of themes."""
    mentions: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts of respondents: rows by groups of them."""

    groups: tuple[str, ...]
    """A name for each column: a value of the attribute, or `Total`; one empty name if there is one column."""
    bases: tuple[int, ...]
    """How many the percentages of each column are of."""
    rows: tuple[GridRow, ...]
    has_total: bool = False
    """Whether the last column is of all the others together."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a grid is printed."""

    unit: str
    """What is counted: `Councils`."""
    percent: bool = True
    decimals: int = 0
    low: int = 0
    """Percentages of fewer than these are marked."""


def grid_columns(grid: Grid, look: Look) -> tuple[Column, ...]:
    """Return the printed columns: for each of the grid's, its counts and their percentages."""
    columns: list[Column] = []
    for group, base in zip(grid.groups, grid.bases, strict=True):
        columns.append(Column(look.unit, "count", group))
        if look.percent:
            columns.append(Column("%", "percent", group, base, look.decimals))
    return tuple(columns)


def grid_rows(grid: Grid, look: Look, hidden: Collection[tuple[int, int]]) -> tuple[PrintedRow, ...]:
    """Return the printed rows.

    Args:
        grid: The counts.
        look: How they are printed.
        hidden: The cells that are kept back, by row and column.
    """
    return tuple(
        PrintedRow(
            row.label,
            row.kind,
            _cells(grid, look, row, [(place, column) in hidden for column in range(len(grid.groups))]),
            row.level,
            row.key,
            row.respondents,
            row.mentions,
        )
        for place, row in enumerate(grid.rows)
    )


def _cells(grid: Grid, look: Look, row: GridRow, hidden: Sequence[bool]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for count, base, kept_back in zip(row.counts, grid.bases, hidden, strict=True):
        if kept_back:
            cells += [Cell(None, "suppressed")] * (1 + look.percent)
            continue
        cells.append(Cell(count))
        if look.percent:
            mark: CellMark = "low" if base < look.low else ""
            cells.append(Cell(100 * count / base, mark) if base else NONE)
    return tuple(cells)
