"""Charts of printed tables: bars for one group of columns, a heat map for several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.tables.tidy_rows import cell_value
from coder.formats.charts.canvas import Canvas, Type, text_width, wrapped
from coder.formats.charts.series import GAP, MARGIN, label_width, write_label, write_notes, write_title
from coder.formats.tables.cells import number_text
from coder.formats.tables.charted import describe, drawn_rows, series_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.formats.charts.canvas import Alignment, PictureKind
    from coder.formats.tables.charted import Series

_WIDTH, _LABELS, _BARS_LEAST = 560, 230, 120
"""Of a bar chart, its labels at most, and its longest bar at least."""
_BAR_HEIGHT = 11
_BAR, _NET_BAR, _LINE = "#5f7d9c", "#22364a", "#22364a"
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
    alt = describe(table, "Heat map" if heat else "Bar chart")
    canvas = heat_map(table, titled=titled) if heat else bar_chart(table, titled=titled)
    return Picture(canvas.picture(kind, table.heading, alt), alt)


def chart_svg(table: PrintedTable) -> bytes:
    """Return the chart of a table as an SVG file."""
    return picture(table, "svg").content


def chart_png(table: PrintedTable) -> bytes:
    """Return the chart of a table as a PNG file."""
    return picture(table, "png").content


def bar_chart(table: PrintedTable, *, titled: bool = True) -> Canvas:
    """Draw a horizontal bar for each row of a table with one group of columns; a low one is hollow."""
    canvas = Canvas(_WIDTH)
    y = write_title(canvas, table) if titled else MARGIN
    rows = drawn_rows(table)
    if series := series_of(table)[:1]:
        texts = _with_counts(table, series[0])
        room = _WIDTH - 2 * MARGIN - 2 * GAP - max((text_width(text, _NUMBER) for text in texts), default=0)
        labels = label_width(rows, min(_LABELS, room - _BARS_LEAST))
        scale = (room - labels) / (max(series[0].values, default=0) or 1)
        axis = MARGIN + labels + GAP
        for row, cell, amount, text in zip(rows, series[0].cells, series[0].values, texts, strict=True):
            middle, end = write_label(canvas, row, y, labels)
            low = cell.mark == "low"
            fill = "#ffffff" if low else _NET_BAR if row.kind == "net" else _BAR
            top = middle - _BAR_HEIGHT / 2
            if amount:
                canvas.box((axis, top), (scale * amount, _BAR_HEIGHT), fill, _LINE if low else "none")
            _write_middle(canvas, axis + scale * amount + GAP / 2, middle, text)
            canvas.box((axis - 0.6, y), (0.6, end - y), _LINE)
            y = end
    if not rows:
        y = canvas.write(MARGIN, y, ["No rows."], _NUMBER)
    write_notes(canvas, table, y)
    return canvas


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
