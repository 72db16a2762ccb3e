"""Charts of tables in a workbook that are Excel's own: they can be changed there, and follow the cells.

A chart has bars for each row, of every group of columns but their total; its numbers, labels and title are
the worksheet's cells. What is kept back has no bar but its mark, a number of low reliability a hollow bar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.escaping.spreadsheets import chart_text
from coder.formats.tables.cells import cell_text
from coder.formats.tables.charted import describe, drawn_rows, series_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from coder.domain.tables.printed import PrintedTable
    from coder.formats.tables.charted import Series

_WIDTH, _FRAME_HEIGHT = 900, 150
"""Pixels: of a chart, and of what is around its bars."""
_ROW_HEIGHT, _BAR_HEIGHT = 26, 12
"""Pixels of a row with one bar, and of each further bar in it."""
_GAP = 40
"""Between rows, in percent of a bar."""
_FONT = {"name": "Arial", "size": 10}
_SMALL_FONT = {"name": "Arial", "size": 8}
"""Of numbers at bars where several stand side by side."""
_TITLE_FONT = {"name": "Arial", "size": 12, "bold": True}
GREYS = ("#22364A", "#8FA6BE", "#5F7D9C", "#C6D2DE", "#3D566F", "#E3E9EF")
"""Of the bars of groups that stand beside one another; their numbers differ as greys do."""


def has_chart(table: PrintedTable) -> bool:
    """Tell whether a chart of a table would show anything."""
    return bool(drawn_rows(table) and compared_series(table))


def compared_series(table: PrintedTable) -> list[Series]:
    """Return the groups of columns that are compared: not the total of several."""
    series = series_of(table)
    return [group for group in series if group.column.group != "Total"] or series


def add_chart(workbook: Workbook, sheet: Worksheet, table: PrintedTable, top: int, below: int) -> None:
    """Add the chart of a table to its worksheet.

    Args:
        workbook: The workbook.
        sheet: The table's worksheet.
        table: The table.
        top: The worksheet's row of headings, from 0; the table's rows follow, labels in the first column.
        below: The row where the chart begins.
    """
    series = compared_series(table)
    chart = workbook.add_chart({"type": "bar"})
    for number, group in enumerate(series):
        bars = _bars(table, sheet.name, group, top)
        bars["fill"] = {"color": GREYS[number % len(GREYS)]}
        bars["data_labels"]["font"] = _FONT if len(series) == 1 else _SMALL_FONT
        chart.add_series(bars)
    rows = len(drawn_rows(table))
    chart.set_title({"name": f"={_quoted(sheet.name)}!$A$1", "name_font": _TITLE_FONT, "overlay": False})
    # Excel counts from below: turned round, the first row stands on top.
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": "#111111"}})
    unit = series[0].column
    chart.set_x_axis(
        {
            "min": 0,
            "num_font": _FONT,
            "major_gridlines": {"visible": False},
            "name": chart_text(unit.name),
            "name_font": _FONT,
        }
    )
    chart.set_legend({"none": True} if len(series) == 1 else {"position": "bottom", "font": _FONT})
    height = _FRAME_HEIGHT + rows * (_ROW_HEIGHT + _BAR_HEIGHT * (len(series) - 1))
    chart.set_size({"width": _WIDTH, "height": height})
    if len(series) > 1:
        # On paper it begins a page: it may need most of it.
        sheet.set_h_pagebreaks([below])
    sheet.insert_chart(
        below, 0, chart, {"description": plain(describe(table, "Bar chart")), "object_position": 2}
    )


def _bars(table: PrintedTable, sheet_name: str, group: Series, top: int) -> dict[str, Any]:
    marked = [cell.mark for cell in group.cells]
    hollow = {"fill": {"color": "#FFFFFF"}, "border": {"color": "#22364A", "width": 1}}
    decimals = group.column.decimals if group.column.kind != "count" else 0
    return {
        "name": chart_text(group.heading),
        "categories": _reference(table, sheet_name, 0, top),
        "values": _reference(table, sheet_name, 1 + group.place, top),
        "gap": _GAP,
        "points": [hollow if mark == "low" else None for mark in marked],
        "data_labels": {
            "value": True,
            "num_format": "#,##0" + ("." + "0" * decimals if decimals else ""),
            "custom": [
                {"value": cell_text(group.column, cell)} if cell.mark or cell.value is None else None
                for cell in group.cells
            ],
        },
    }


def _reference(table: PrintedTable, sheet_name: str, column: int, top: int) -> str:
    """Return where in a column the numbers of the drawn rows are."""
    from xlsxwriter.utility import xl_range_abs

    lines = [line for line, row in enumerate(table.rows, start=top + 1) if row.kind not in {"total", "base"}]
    ranges = [
        f"{_quoted(sheet_name)}!{xl_range_abs(first, column, last, column)}" for first, last in _runs(lines)
    ]
    return f"={ranges[0]}" if len(ranges) == 1 else f"=({','.join(ranges)})"


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of numbers that follow one another without a gap."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _quoted(sheet_name: str) -> str:
    # Apostrophes are in no name of a worksheet here.
    return f"'{sheet_name}'"
