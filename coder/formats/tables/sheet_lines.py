"""How far the lines reach at the bars of a workbook's charts, on a worksheet: charts take them from cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.formats.tables.cells import NOT_APPLICABLE, SUPPRESSED
from coder.formats.tables.charted import compared_series, drawn_rows, has_chart, has_whiskers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedTable

LINES_SHEET = "Chart lines"
LINE_HEADS = ("Worksheet", "Bars", "Label", "Below", "Above")
LINES_ABOUT = "How far the lines of the charts, 95% intervals, reach below and above the percentages."
LINES_TOP = 3
"""The row of the headings, from 0."""


class LineRow(NamedTuple):
    """How far one line reaches."""

    sheet_name: str
    heading: str
    """Of the bars."""
    label: str
    below: float | None
    """None where there is no interval, or it is kept back."""
    above: float | None
    missing: str
    """What stands in their place."""


def line_rows(tables: Sequence[PrintedTable], sheet_names: Sequence[str]) -> list[LineRow]:
    """Return the lines of all charts, those of a group of bars below one another."""
    return [
        row for name, table in zip(sheet_names, tables, strict=True) for row in _rows_of_table(table, name)
    ]


def _rows_of_table(table: PrintedTable, name: str) -> Iterator[LineRow]:
    if not has_chart(table) or not has_whiskers(compared_series(table)):
        return
    for group in compared_series(table):
        for row, cell, line in zip(drawn_rows(table), group.cells, group.lines, strict=True):
            missing = SUPPRESSED if cell.mark == "suppressed" else NOT_APPLICABLE
            below, above = line or (None, None)
            yield LineRow(name, group.heading, row.label, below, above, missing)


def lines_reference(rows: Sequence[LineRow], sheet_name: str, group: int, count: int, head: str) -> str:
    """Return where the lines of a group of bars stand.

    Args:
        rows: The lines of all charts.
        sheet_name: The worksheet with the chart.
        group: The group, from 0.
        count: How many rows a group has.
        head: `Below` or `Above`.
    """
    from xlsxwriter.utility import xl_range_abs

    start = next(place for place, row in enumerate(rows) if row.sheet_name == sheet_name)
    first = LINES_TOP + 1 + start + group * count
    column = LINE_HEADS.index(head)
    return f"='{LINES_SHEET}'!{xl_range_abs(first, column, first + count - 1, column)}"
