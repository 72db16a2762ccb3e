"""What a chart shows of a printed table, be it drawn here or by the program that opens the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed
from coder.formats.tables.cells import cell_text, heading_groups, printed_number, tied_base

if TYPE_CHECKING:
    from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable

_NAMED = 3
"""How many of the largest the description names."""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers that are drawn of one group of columns, one for each row."""

    heading: str
    """The group's, with its base."""
    place: int
    """Of its column in the table, from 0."""
    column: PrintedColumn
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    """The numbers as they are printed."""

    @property
    def values(self) -> list[float]:
        """The numbers before they are rounded; 0 where there is none or it is kept back."""
        return [0 if cell.mark == "suppressed" else cell.value or 0 for cell in self.cells]


def drawn_rows(table: PrintedTable) -> list[PrintedRow]:
    """Return the rows that charts show: all but totals and bases."""
    return [row for row in table.rows if row.kind not in {"total", "base"}]


def series_of(table: PrintedTable) -> list[Series]:
    """Return what charts show of each group of columns: its percentage, or else its last count."""
    rows = drawn_rows(table)
    pairs = groupby(enumerate(table.columns), key=lambda pair: pair[1].group)
    series = []
    for (_, columns), group in zip(pairs, heading_groups(table), strict=True):
        number_of = {column.kind: number for number, column in columns}
        number = number_of.get("percent", number_of.get("count"))
        if number is not None:
            column, cells = table.columns[number], tuple(row.cells[number] for row in rows)
            heading = tied_base(group.heading or group.columns[-1])
            texts = tuple(_number(column, cell) for cell in cells)
            series.append(Series(heading, number, column, cells, texts))
    # A column of bases beside percentages says what they are of: it is no group to compare with.
    percents = [drawn for drawn in series if drawn.column.kind == "percent"]
    return percents or series


def _number(column: PrintedColumn, cell: Cell) -> str:
    number = printed_number(column, cell)
    if not number or column.kind != "percent":
        return cell_text(column, cell)
    # Its own sign, where the column has one, is the same.
    return cell_text(replace(column, sign="%"), cell)


def describe(table: PrintedTable, sort: str) -> str:
    """Return what a chart shows to those who cannot see it, the largest numbers named.

    Args:
        table: The table.
        sort: The sort of chart: `Bar chart`.
    """
    rows, series = drawn_rows(table), series_of(table)
    numbers = [
        (number, f"{row.label}{f' in {group.column.group}' if len(series) > 1 else ''} ({text})")
        for group in series
        for row, number, text in zip(rows, group.values, group.texts, strict=True)
        if number and row.kind != "net" and (group.column.group != "Total" or len(series) == 1)
    ]
    largest = [name for _, name in sorted(numbers, key=lambda pair: -pair[0])[:_NAMED]]
    of_rows = counted(len(rows), "row")
    return f"{sort}: {table.heading}. Largest of {of_rows}: {listed(largest or ['nothing'])}."
