"""Charts of tables in a workbook that are Excel's own: they can be changed there, and follow the cells.

A chart has bars for each row, of every group of columns but their total; its numbers, labels and title are
the worksheet's cells. What is kept back has no bar but its mark, a number of low reliability a hollow bar.
Intervals are lines at the bars. So that no number is written over a line, it stands behind the end of it: a
row of bars that are not seen, as long as the lines reach, carries the numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.escaping.spreadsheets import chart_text
from coder.formats.tables.bars import round_up
from coder.formats.tables.cells import cell_text
from coder.formats.tables.charted import (
    BAR_CHART,
    WHISKERS,
    compared_series,
    describe,
    drawn_rows,
    has_whiskers,
)
from coder.formats.tables.sheet_lines import lines_reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from coder.domain.tables.printed import PrintedTable
    from coder.formats.tables.charted import Series
    from coder.formats.tables.sheet_lines import LineRow

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
LIGHT_GREYS = ("#8FA6BE", "#C6D2DE", "#5F7D9C", "#E3E9EF")
"""Of bars at which there are lines: these are seen on all of them."""
LINE_COLOUR = "#111111"
GREYS = ("#22364A", "#8FA6BE", "#5F7D9C", "#C6D2DE", "#3D566F", "#E3E9EF")
"""Of the bars of groups that stand beside one another; their numbers differ as greys do."""


def add_chart(
    workbook: Workbook,
    sheet: Worksheet,
    table: PrintedTable,
    rows: tuple[int, int],
    lines: Sequence[LineRow],
) -> None:
    """Add the chart of a table to its worksheet.

    Args:
        workbook: The workbook.
        sheet: The table's worksheet.
        table: The table.
        rows: The worksheet's row of headings, from 0 (the table's rows follow, labels in the first column);
            and the row where the chart begins.
        lines: Those at the bars of all charts.
    """
    top, below = rows
    series = compared_series(table)
    chart = workbook.add_chart({"type": "bar"})
    for bars in _all_bars(table, sheet.name, top, lines):
        chart.add_series(bars)
    chart.set_title({"name": f"={_quoted(sheet.name)}!$A$1", "name_font": _TITLE_FONT, "overlay": False})
    # Excel counts from below: turned round, the first row stands on top.
    chart.set_y_axis({"reverse": True, "num_font": _FONT, "line": {"color": "#111111"}})
    chart.set_x_axis(_number_axis(series))
    chart.set_legend({"none": True} if len(series) == 1 else {"position": "bottom", "font": _FONT})
    height = _FRAME_HEIGHT + len(drawn_rows(table)) * (_ROW_HEIGHT + _BAR_HEIGHT * (len(series) - 1))
    chart.set_size({"width": _WIDTH, "height": height})
    if len(series) > 1:
        # On paper it begins a page: it may need most of it.
        sheet.set_h_pagebreaks([below])
    sheet.insert_chart(
        below, 0, chart, {"description": plain(describe(table, BAR_CHART)), "object_position": 2}
    )


def _number_axis(series: Sequence[Series]) -> dict[str, Any]:
    axis = {
        "min": 0,
        "num_font": _FONT,
        "major_gridlines": {"visible": False},
        "name": chart_text(series[0].column.name),
        "name_font": _FONT,
    }
    if not has_whiskers(series):
        return axis
    # By itself the scale would end with the bars.
    most = round_up(max(reach for group in series for reach in group.reaches) or 1)
    return axis | {"name": f"{axis['name']}. {WHISKERS}", "max": most}


def _all_bars(
    table: PrintedTable, sheet_name: str, top: int, lines: Sequence[LineRow]
) -> Iterator[dict[str, Any]]:
    """Yield the bars of each group; where there are lines at them, how these and their numbers stand."""
    series = compared_series(table)
    lined = has_whiskers(series)
    shades = LIGHT_GREYS if lined else GREYS
    font = _FONT if len(series) == 1 else _SMALL_FONT
    for number, group in enumerate(series):
        bars = _bars(table, sheet_name, group, top)
        bars["fill"] = {"color": shades[number % len(shades)]}
        bars["data_labels"]["font"] = font
        if lined:
            bars["y_error_bars"] = _error_bars(
                *(
                    lines_reference(lines, sheet_name, number, len(group.cells), head)
                    for head in ("Below", "Above")
                )
            )
        if lined and len(series) > 1:
            # Side by side nothing can carry the numbers; here lines are the farthest from them.
            bars["data_labels"]["position"] = "inside_base"
        if not lined or len(series) > 1:
            yield bars
            continue
        labels = bars.pop("data_labels")
        yield bars | {"overlap": 100}
        yield _carrier(table, sheet_name, group, top) | {"data_labels": labels | _as_texts(group)}


def _bars(table: PrintedTable, sheet_name: str, group: Series, top: int) -> dict[str, Any]:
    hollow = {"fill": {"color": "#FFFFFF"}, "border": {"color": "#22364A", "width": 1}}
    decimals = group.column.decimals if group.column.kind != "count" else 0
    return {
        "name": chart_text(group.heading),
        "categories": _reference(table, sheet_name, 0, top),
        "values": _reference(table, sheet_name, 1 + group.place, top),
        "gap": _GAP,
        "points": [hollow if cell.mark == "low" else None for cell in group.cells],
        "data_labels": {
            "value": True,
            "num_format": "#,##0" + ("." + "0" * decimals if decimals else ""),
            "custom": [
                {"value": cell_text(group.column, cell)} if cell.mark or cell.value is None else None
                for cell in group.cells
            ],
        },
    }


def _error_bars(below: str, above: str) -> dict[str, Any]:
    """Return the lines of intervals; without a mark at their ends, where there is none nothing is seen."""
    line = {"color": LINE_COLOUR, "width": 1.25}
    return {"type": "custom", "plus_values": above, "minus_values": below, "end_style": 0, "line": line}


def _carrier(table: PrintedTable, sheet_name: str, group: Series, top: int) -> dict[str, Any]:
    """Return bars that are not seen and end where the lines do."""
    place = next(
        place
        for place, column in enumerate(table.columns)
        if column.end == "to" and column.group == group.column.group
    )
    unseen = {"none": True}
    return {
        "name": table.columns[place].name,
        "categories": _reference(table, sheet_name, 0, top),
        "values": _reference(table, sheet_name, 1 + place, top),
        "gap": _GAP,
        "fill": unseen,
        "border": unseen,
    }


def _as_texts(group: Series) -> dict[str, Any]:
    return {"custom": [{"value": cell_text(group.column, cell)} for cell in group.cells]}


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
