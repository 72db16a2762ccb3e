"""What a chart shows of a printed table, and the words around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed
from coder.formats.charts.canvas import Type, text_width, wrapped
from coder.formats.tables.cells import (
    STRONG,
    all_notes,
    cell_text,
    heading_groups,
    printed_number,
    tied_base,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
    from coder.formats.charts.canvas import Canvas

MARGIN, GAP = 14, 8
_TITLE, _NOTE = Type(12, bold=True), Type(7.5, colour="#333333")
_LABEL, _STRONG_LABEL = Type(9), Type(9, bold=True)
_INDENT, _ROW_SPACE = 10, 7
_NAMED = 3
"""How many of the largest the description names."""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers that are drawn of one group of columns, one for each row."""

    heading: str
    """The group's, with its base."""
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
            series.append(Series(heading, column, cells, texts))
    # A column of bases beside percentages says what they are of: it is no group to compare with.
    percents = [drawn for drawn in series if drawn.column.kind == "percent"]
    return percents or series


def _number(column: PrintedColumn, cell: Cell) -> str:
    number = printed_number(column, cell)
    if not number or column.kind != "percent":
        return cell_text(column, cell)
    # Its own sign, where the column has one, is the same.
    return cell_text(replace(column, sign="%"), cell)


def write_title(canvas: Canvas, table: PrintedTable) -> float:
    """Write the table's heading; return where the chart begins."""
    return (
        canvas.write(MARGIN, MARGIN, wrapped(table.heading, _TITLE, canvas.width - 2 * MARGIN), _TITLE) + GAP
    )


def write_notes(canvas: Canvas, table: PrintedTable, y: float) -> None:
    """Write what stands under the table, and close the chart."""
    y += GAP
    for note in all_notes(table):
        y = canvas.write(MARGIN, y, wrapped(note, _NOTE, canvas.width - 2 * MARGIN), _NOTE)
    canvas.height = y + MARGIN


def label_width(rows: Sequence[PrintedRow], most: float) -> float:
    """Return the width that labels need, up to a limit."""
    return min(max((_indent(row) + text_width(row.label, _type(row)) for row in rows), default=0), most)


def write_label(canvas: Canvas, row: PrintedRow, y: float, width: float) -> tuple[float, float]:
    """Write a row's label below y; return the row's middle and its end."""
    kind = _type(row)
    lines = wrapped(row.label, kind, width - _indent(row))
    end = canvas.write(MARGIN + _indent(row), y + _ROW_SPACE / 2, lines, kind) + _ROW_SPACE / 2
    return (y + end) / 2, end


def _indent(row: PrintedRow) -> float:
    return _INDENT * row.level


def _type(row: PrintedRow) -> Type:
    return _STRONG_LABEL if row.kind in STRONG else _LABEL


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
