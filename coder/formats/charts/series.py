"""The words around a chart: title, labels, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.charts.canvas import Type, text_width, wrapped
from coder.formats.tables.cells import STRONG, all_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.formats.charts.canvas import Canvas

MARGIN, GAP = 14, 8
_TITLE, _NOTE = Type(12, bold=True), Type(7.5, colour="#333333")
_LABEL, _STRONG_LABEL = Type(9), Type(9, bold=True)
_INDENT, _ROW_SPACE = 10, 7


def write_title(canvas: Canvas, table: PrintedTable) -> float:
    """Write the table's heading; return where the chart begins."""
    return (
        canvas.write(MARGIN, MARGIN, wrapped(table.heading, _TITLE, canvas.width - 2 * MARGIN), _TITLE) + GAP
    )


def write_notes(canvas: Canvas, table: PrintedTable, y: float, of_chart: Sequence[str] = ()) -> None:
    """Write what stands under the table, and what is to be said of the chart, and close the chart."""
    y += GAP
    for note in (*all_notes(table), *of_chart):
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
