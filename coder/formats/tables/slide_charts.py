"""Charts of tables on slides that are PowerPoint's own: they can be changed there, numbers and all.

The workbook behind a chart holds what the table prints and no more: what is kept back is empty in it.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.tables.tidy_rows import cell_value, decimals_of
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.sheet_limits import written
from coder.formats.shared.stable_archives import stable_archive
from coder.formats.tables.cells import SUPPRESSED, cell_text
from coder.formats.tables.charted import BAR_CHART, compared_series, describe, drawn_rows, has_whiskers
from coder.formats.tables.sheet_charts import GREYS, LIGHT_GREYS
from coder.formats.tables.slide_lines import add_lines, carry_numbers
from coder.formats.tables.slide_texts import INK, TYPEFACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pptx.chart.chart import Chart
    from pptx.slide import Slide

    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.formats.tables.charted import Series

_CARRIER, _SHEET = "95% to", "Sheet1"
_SCALE = 1.08
"""Of the longest bar, what the room for bars has: its number stands behind it."""
_MOST_BARS = 40
"""On one slide; a chart of more goes on with the next."""
_MOST_ROWS, _FEW_ROWS = 28, 18
_POINTS, _MIDDLE_POINTS, _SMALL_POINTS = 11.0, 9.0, 8.0
"""Of type: where there are few rows, where there are more, and at bars that stand side by side."""
_NO_MOMENT = datetime(1980, 1, 1)  # noqa: DTZ001  # workbooks know no time zones
"""When the workbook behind a chart was made, so that two equal ones are alike."""


class _Numbers(NamedTuple):
    """What a chart shows of a group of columns on one slide."""

    heading: str
    numbers: Sequence[float | None]
    number_format: str
    is_drawn: bool = True
    """Otherwise it is only in the workbook: how far lines reach."""


def add_charts(
    table: PrintedTable,
    new_slide: Callable[[str], Slide],
    area: tuple[float, float, float, float],
) -> None:
    """Add a table's chart to a presentation: on one slide, or on as many as its rows need.

    Args:
        table: The table.
        new_slide: Returns a new slide, told what stands behind its title: ` (1 of 2)`.
        area: What a slide has room for, in points: left, top, width, height.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Pt

    series = compared_series(table)
    portions = list(_portions(len(drawn_rows(table)), len(series)))
    for number, portion in enumerate(portions, start=1):
        slide = new_slide(f": chart{f' {number} of {len(portions)}' if len(portions) > 1 else ''}")
        labels, columns = _shown(table, series, portion)
        data = CategoryChartData()
        data.categories = labels
        for column in columns:
            if column.is_drawn:
                data.add_series(column.heading, column.numbers, column.number_format)
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Pt, area), data)
        frame.name = "Chart"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", plain(describe(table, BAR_CHART)))  # noqa: SLF001
        _lay_out(frame.chart, series, portion)
        behind = frame.chart.part.chart_workbook.xlsx_part
        behind._blob = _workbook(labels, columns)  # noqa: SLF001  # python-pptx's has formulas, and the hour


def _portions(rows: int, groups: int) -> Iterator[range]:
    """Yield the rows of each slide, as equal in number as can be."""
    most = max(1, min(_MOST_ROWS, _MOST_BARS // groups))
    slides = -(-rows // most)
    for slide in range(slides):
        yield range(rows * slide // slides, rows * (slide + 1) // slides)


def _shown(table: PrintedTable, series: Sequence[Series], portion: range) -> tuple[list[str], list[_Numbers]]:
    """Return what a slide shows of a chart: labels, the numbers of each group, and what belongs to lines."""
    rows = drawn_rows(table)
    labels = [plain(_label(rows[place], series, place)) for place in portion]
    columns = []
    for group in series:
        numbers = [cell_value(group.column, group.cells[place]) for place in portion]
        columns.append(_Numbers(plain(group.heading), numbers, _number_format(group)))
    if has_whiskers(series) and len(series) == 1:
        reaches = [
            None if number is None else series[0].reaches[place]
            for number, place in zip(columns[0].numbers, portion, strict=True)
        ]
        columns.append(_Numbers(_CARRIER, reaches, _number_format(series[0])))
    for group in series if has_whiskers(series) else ():
        lines = [group.lines[place] or (None, None) for place in portion]
        below, above = zip(*lines, strict=True)
        columns.append(_Numbers(f"{plain(group.heading)}: below", below, "General", is_drawn=False))
        columns.append(_Numbers(f"{plain(group.heading)}: above", above, "General", is_drawn=False))
    return labels, columns


def _label(row: PrintedRow, series: Sequence[Series], place: int) -> str:
    """Return a row's label; behind it what of the row is kept back, as that has no bar."""
    hidden = [group.column.group for group in series if group.cells[place].mark == "suppressed"]
    if not hidden:
        return row.label
    which = "" if len(series) == 1 else f" {', '.join(hidden)}"
    return f"{row.label} {SUPPRESSED}{which}"


def _number_format(group: Series) -> str:
    decimals = 0 if group.column.kind == "count" else group.column.decimals
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _lay_out(chart: Chart, series: Sequence[Series], portion: range) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION
    from pptx.util import Pt

    several, lined = len(series) > 1, has_whiskers(series)
    label_points = _POINTS if len(portion) <= _FEW_ROWS else _MIDDLE_POINTS
    _set_type(chart, label_points)
    points = _SMALL_POINTS if several else label_points
    chart.has_legend = several
    if several:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _lay_axes(chart, max(reach for group in series for reach in group.reaches))
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100 if lined and not several else 0
    plot.has_data_labels = True
    plot.data_labels.font.size, plot.data_labels.show_value = Pt(points), several or not lined
    plot.data_labels.number_format_is_linked = True
    if lined and several:
        # Side by side nothing can carry the numbers; here lines are the farthest from them.
        plot.data_labels.position = XL_LABEL_POSITION.INSIDE_BASE
    rows_of_bars = list(plot.series)
    for number, group in enumerate(series):
        _colour(rows_of_bars[number], group, portion, number)
        if several or not lined:
            _write_own_texts(rows_of_bars[number], group, portion, points)
        if lined:
            # Behind labels and numbers the workbook has two columns for the lines of each group.
            place = 1 + len(rows_of_bars) + 2 * number
            lines = [group.lines[row] for row in portion]
            add_lines(rows_of_bars[number], lines, (_letter(place), _letter(place + 1)), _SHEET)
    if lined and not several:
        texts = [cell_text(series[0].column, series[0].cells[row]) for row in portion]
        carry_numbers(rows_of_bars[1], texts, points)


def _letter(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    name: str = xl_col_to_name(column)
    return name


def _set_type(chart: Chart, points: float) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    chart.has_title = False
    chart.font.size, chart.font.name = Pt(points), TYPEFACE
    chart.font.color.rgb = RGBColor.from_string(INK)


def _lay_axes(chart: Chart, largest: float) -> None:
    # PowerPoint counts from below: turned round, the first row stands on top.
    chart.category_axis.reverse_order = True
    chart.category_axis.has_major_gridlines = False
    # LibreOffice breaks labels into lines only where it is said that they are not turned.
    _ = chart.category_axis.tick_labels.font
    chart.category_axis._element.txPr.bodyPr.set("rot", "0")  # noqa: SLF001  # no such setting
    numbers = chart.value_axis
    numbers.has_major_gridlines, numbers.visible = False, False
    # One scale for all slides: a bar is as long as its number says, wherever it stands.
    numbers.minimum_scale, numbers.maximum_scale = 0, _SCALE * (largest or 1)


def _colour(bars: Any, group: Series, portion: range, number: int) -> None:
    """Colour a row of bars; one of a small base is hollow."""
    from pptx.dml.color import RGBColor

    shades = LIGHT_GREYS if has_whiskers([group]) else GREYS
    bars.format.fill.solid()
    bars.format.fill.fore_color.rgb = RGBColor.from_string(shades[number % len(shades)].removeprefix("#"))
    for place_on_slide, place in enumerate(portion):
        if group.cells[place].mark == "low":
            point = bars.points[place_on_slide]
            point.format.fill.background()
            point.format.line.color.rgb = RGBColor.from_string(INK)


def _write_own_texts(bars: Any, group: Series, portion: range, points: float) -> None:
    """Write the numbers that PowerPoint would not print as the table does: marked, or with other places."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    for place_on_slide, place in enumerate(portion):
        cell = group.cells[place]
        own = decimals_of(group.column, cell) != decimals_of(group.column, group.cells[portion[0]])
        text = cell_text(group.column, cell)
        if cell.mark == "low" or (cell.value is not None and not cell.mark and (own or "<" in text)):
            frame = bars.points[place_on_slide].data_label.text_frame
            frame.text = text
            frame.paragraphs[0].runs[0].font.size = Pt(points)
            if has_whiskers([group]):
                bars.points[place_on_slide].data_label.position = XL_LABEL_POSITION.INSIDE_BASE


def _workbook(labels: Sequence[str], columns: Sequence[_Numbers]) -> bytes:
    """Return the workbook behind a chart, laid out as the chart refers to it; a text in it is no formula."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": _NO_MOMENT})
        sheet = workbook.add_worksheet(_SHEET)
        for row, label in enumerate(labels, start=1):
            written(sheet.write_string(row, 0, label), "A label of a chart")
        for place, column in enumerate(columns, start=1):
            written(sheet.write_string(0, place, column.heading), "A heading of a chart")
            shown = workbook.add_format({"num_format": column.number_format})
            for row, number in enumerate(column.numbers, start=1):
                if number is not None:
                    written(sheet.write_number(row, place, number, shown), "A number of a chart")
    return stable_archive(file.getvalue())
