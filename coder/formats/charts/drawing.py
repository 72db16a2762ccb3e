"""Charts of printed tables: bars for one group of columns, a heat map for several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.tables.tidy_rows import cell_value
from coder.formats.charts.canvas import Canvas, Type, text_width, wrapped
from coder.formats.charts.series import GAP, MARGIN, label_width, write_label, write_notes, write_title
from coder.formats.tables.cells import number_text
from coder.formats.tables.charted import (
    BAR_CHART,
    HEAT_MAP,
    WHISKERS,
    describe,
    drawn_rows,
    has_whiskers,
    series_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.formats.charts.canvas import Alignment, PictureKind
    from coder.formats.tables.charted import Series

_WIDTH, _LABELS, _BARS_LEAST = 560, 230, 120
"""Of a bar chart, its labels at most, and its longest bar at least."""
_BAR_HEIGHT = 11
_BAR, _NET_BAR, _LINE = "#5f7d9c", "#22364a", "#22364a"
_BAR_WITH_LINE, _NET_BAR_WITH_LINE, _WHISKER = "#a9bccf", "#7f97b0", "#111111"
"""Lighter bars, so that the line of an interval is seen on them as beside them."""
_WHISKER_WIDTH, _CAP = 1.1, 5
_NUMBER, _HEAD = Type(8.5), Type(8, bold=True)
_BOXES, _BOX_LEAST, _NARROWEST = 520, 40, 420
"""Of a heat map: the width its boxes share, what each has at least, and what the whole has."""
_PALEST, _DARKEST = 0.97, 0.6
"""Greys from black, 0, to white, 1; black numbers stand out on all of them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a file, and what it shows in words."""

    content: bytes
    alt: str


def picture(table: PrintedTable, kind: PictureKind, *, titled: bool = True) -> Picture:
    """Draw a table: a heat map where its columns stand in several groups, otherwise bars.

    Every number is printed, so that nothing depends on colour. Totals are left out.

    Args:
        table: The table.
        kind: The sort of file.
        titled: Whether the table's heading stands on it; not below a caption that says the same.
    """
    heat = len(series_of(table)) > 1
    alt = describe(table, HEAT_MAP if heat else BAR_CHART)
    canvas = heat_map(table, titled=titled) if heat else bar_chart(table, titled=titled)
    return Picture(canvas.picture(kind, table.heading, alt), alt)


def chart_svg(table: PrintedTable) -> bytes:
    """Return the chart of a table as an SVG file."""
    return picture(table, "svg").content


def chart_png(table: PrintedTable) -> bytes:
    """Return the chart of a table as a PNG file."""
    return picture(table, "png").content


def bar_chart(table: PrintedTable, *, titled: bool = True) -> Canvas:
    """Draw a horizontal bar for each row of a table with one group of columns; a low one is hollow.

    Where the table has intervals, a line at each bar reaches from one end of its interval to the other.
    """
    canvas = Canvas(_WIDTH)
    y = write_title(canvas, table) if titled else MARGIN
    rows, series = drawn_rows(table), series_of(table)[:1]
    if series:
        y = _draw_bars(canvas, table, series[0], y)
    if not rows:
        y = canvas.write(MARGIN, y, ["No rows."], _NUMBER)
    write_notes(canvas, table, y, [WHISKERS] if has_whiskers(series) else [])
    return canvas


def _draw_bars(canvas: Canvas, table: PrintedTable, series: Series, y: float) -> float:
    """Draw labels, bars and their numbers from y downwards; return where they end."""
    rows, texts = drawn_rows(table), _with_counts(table, series)
    room = _WIDTH - 2 * MARGIN - 2 * GAP - max((text_width(text, _NUMBER) for text in texts), default=0)
    labels = label_width(rows, min(_LABELS, room - _BARS_LEAST))
    scale = (room - labels) / (max(series.reaches, default=0) or 1)
    axis = MARGIN + labels + GAP
    bar, net_bar = (_BAR_WITH_LINE, _NET_BAR_WITH_LINE) if has_whiskers([series]) else (_BAR, _NET_BAR)
    for place, row in enumerate(rows):
        middle, end = write_label(canvas, row, y, labels)
        low, amount = series.cells[place].mark == "low", series.values[place]
        fill = "#ffffff" if low else net_bar if row.kind == "net" else bar
        top = middle - _BAR_HEIGHT / 2
        if amount:
            canvas.box((axis, top), (scale * amount, _BAR_HEIGHT), fill, _LINE if low else "none")
        _draw_whisker(canvas, axis, scale, series.intervals[place], middle)
        _write_middle(canvas, axis + scale * series.reaches[place] + GAP / 2, middle, texts[place])
        canvas.box((axis - 0.6, y), (0.6, end - y), _LINE)
        y = end
    return y


def _draw_whisker(
    canvas: Canvas, axis: float, scale: float, interval: tuple[float, float] | None, middle: float
) -> None:
    """Draw the line of an interval, with a short one across each of its ends."""
    if interval is None:
        return
    left, right = (axis + scale * end for end in interval)
    canvas.box((left, middle - _WHISKER_WIDTH / 2), (right - left, _WHISKER_WIDTH), _WHISKER)
    for end in (left, right):
        canvas.box((end - _WHISKER_WIDTH / 2, middle - _CAP / 2), (_WHISKER_WIDTH, _CAP), _WHISKER)


def _with_counts(table: PrintedTable, series: Series) -> list[str]:
    """Return the numbers beside bars; where there is one count for the percentages, it stands first."""
    counts = [column_number for column_number, column in enumerate(table.columns) if column.kind == "count"]
    if series.column.kind != "percent" or len(counts) != 1:
        return list(series.texts)
    column = table.columns[counts[0]]
    counts_of_rows = [cell_value(column, row.cells[counts[0]]) for row in drawn_rows(table)]
    return [
        text if count is None else f"{number_text(column, count)} ({text})"
        for count, text in zip(counts_of_rows, series.texts, strict=True)
    ]


def _write_middle(canvas: Canvas, x: float, middle: float, text: str, align: Alignment = "left") -> None:
    # Figures reach from the baseline to about 0.72 of the type's size.
    canvas.write(x, middle - 0.64 * _NUMBER.size, [text], _NUMBER, align)


def heat_map(table: PrintedTable, *, titled: bool = True) -> Canvas:
    """Draw a box for each row and group of columns, the darker the larger its number."""
    rows, series = drawn_rows(table), series_of(table)
    labels = label_width(rows, _LABELS)
    width = _box_width(series)
    edge = MARGIN + labels + GAP
    canvas = Canvas(max(edge + width * len(series) + MARGIN, _NARROWEST))
    y = write_title(canvas, table) if titled else MARGIN
    y = canvas.write(MARGIN, y, [f"In each box: {series[0].column.name}"], _NUMBER) + GAP / 2
    y = _write_heads(canvas, series, edge, y, width)
    largest = max((amount for group in series for amount in group.values), default=0) or 1
    for row_number, row in enumerate(rows):
        middle, end = write_label(canvas, row, y, labels)
        for column, group in enumerate(series):
            grey = _PALEST - (_PALEST - _DARKEST) * group.values[row_number] / largest
            is_number = cell_value(group.column, group.cells[row_number]) is not None
            x = edge + width * column
            canvas.box((x, y), (width, end - y), str(round(grey, 3)) if is_number else "#ffffff", "#ffffff")
            _write_middle(canvas, x + width / 2, middle, group.texts[row_number], "center")
        y = end
    write_notes(canvas, table, y)
    return canvas


def _box_width(series: Sequence[Series]) -> float:
    """Return what the widest word of the headings and the widest number need, and more if there is room."""
    heading_words = (word for group in series for word in group.heading.split())
    needed = [text_width(word, _HEAD) for word in heading_words]
    needed += [text_width(text, _NUMBER) for group in series for text in group.texts]
    fair = _BOXES / max(len(series), 1)
    return max(_BOX_LEAST, min(max(needed, default=0), _BOXES) + GAP, min(fair, 2 * _BOX_LEAST))


def _write_heads(canvas: Canvas, series: Sequence[Series], edge: float, y: float, width: float) -> float:
    heads = [wrapped(group.heading, _HEAD, width - GAP / 2) for group in series]
    deepest = max(map(len, heads))
    ends = [
        canvas.write(edge + width * (column + 0.5), y, [""] * (deepest - len(lines)) + lines, _HEAD, "center")
        for column, lines in enumerate(heads)
    ]
    return max(ends) + GAP / 2
