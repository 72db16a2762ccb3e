"""A printed table on the screen: numbers with bars, or many columns with a cursor on one cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment

from coder.formats.tables.bars import bars_of, room_for_bars
from coder.tui.kit.cursor_lines import CursorLines
from coder.tui.kit.fitting import bar, fit
from coder.tui.tables.columns import GAP, ShownColumn, first_in_view, in_view, shown_columns

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.formats.tables.bars import Bars

_LABEL_SHARE = 0.4
"""The label's share of the line, at most, where columns scroll."""
_INDENT = "  "
_BASE = "n ="
"""Stands before the bases of columns."""
_CELL = "▸"
"""Stands before the number at the cursor, so that it is not told by colour alone."""


class TableRows(CursorLines):
    """Shows a table: its labels stay where they are, its columns scroll."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--bar", "table--cell"}
    DEFAULT_CSS = """
    TableRows .table--bar { color: $primary; }
    TableRows .table--cell { background: $primary; color: $background; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[PrintedRow, ...] = ()
        self._stub = ""
        self.columns: list[ShownColumn] = []
        self.column = 0
        """Where the cursor is among the columns."""
        self._first_column = 0
        """From which column on they are in view."""
        self._longest = 0
        self._bars: Bars | None = None

    def show(self, table: PrintedTable, *, percents: bool) -> None:
        """Show a table; the cursor stays on its row and on its column where the table has them."""
        key = self._rows[self.cursor].key if self.cursor < len(self._rows) else ""
        group = self.columns[self.column].group if self.column < len(self.columns) else ""
        self._rows, self._stub = table.rows, table.stub
        self.columns = shown_columns(table, percents=percents)
        stub = cell_len(table.stub) + (len(_BASE) + 1 if any(one.has_base for one in self.columns) else 0)
        self._longest = max([stub, *(cell_len(_label(row)) for row in table.rows)])
        self._bars = bars_of(table)
        deepest = max((len(column.heading) for column in self.columns), default=1)
        self.heading_height = deepest
        self.set_line_count(len(table.rows))
        self.go_to(key, group)

    def go_to(self, key: str, group: str) -> None:
        """Put the cursor on the row of a key and the column under a heading, or on the first there are."""
        self.column = next((n for n, column in enumerate(self.columns) if column.group == group), 0)
        self.move_to(next((n for n, row in enumerate(self._rows) if row.key and row.key == key), 0))

    @property
    def scrolls(self) -> bool:
        """Whether the cursor is on a cell, of columns that may be out of view."""
        return any(column.group for column in self.columns)

    @property
    def in_view(self) -> range:
        """Which columns are in view."""
        start = self._first_column
        self._first_column = (
            first_in_view(self.columns, start, self.column, self._room) if self.columns else 0
        )
        return in_view(self.columns, self._first_column, self._room)

    def move_column(self, step: int) -> None:
        """Put the cursor on another column, the nearest there is."""
        self.column = max(0, min(self.column + step, len(self.columns) - 1))
        self.refresh()

    def heading(self) -> str:
        """Return the names of the columns, and which of them are out of view."""
        columns = [self.columns[index] for index in self.in_view]
        height, width = self.heading_height, self._label_width
        stubs = [""] * (height - 1) + [self._stub]
        if self.scrolls:
            base = _BASE if any(column.has_base and column.heading[-1] for column in columns) else ""
            stubs[-1] = fit(self._stub, width - len(base)) + base
            stubs[0] = self._out_of_view()
        lines = []
        for line, stub in enumerate(stubs):
            leads = [height - len(column.heading) for column in columns]
            names = [
                _right(column.heading[line - lead] if line >= lead else "", GAP + column.width)
                for column, lead in zip(columns, leads, strict=True)
            ]
            lines.append("".join(["  ", fit(stub, width), *names]))
        if self._bars and self._bar_room:
            lines[-1] += f" {self._bars.scale(self._bar_room)}"
        return "\n".join(lines)

    def _out_of_view(self) -> str:
        """Return `← 3 · columns 4-7 of 10 · 3 →`; nothing if all are in view."""
        visible, count = self.in_view, len(self.columns)
        if len(visible) == count:
            return ""
        to_the_left = f"← {visible.start} · " if visible.start else ""
        to_the_right = f" · {count - visible.stop} →" if visible.stop < count else ""
        return f"{to_the_left}columns {visible.start + 1}-{visible.stop} of {count}{to_the_right}"

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ Recruitment and retention    31   45.6 ████████`, or the cells of columns in view."""
        row = self._rows[line]
        style = self.row_style(line)
        segments = [Segment(self.pointer(line) + fit(_label(row), self._label_width), style)]
        for index in self.in_view:
            column = self.columns[index]
            text = _right(column.texts[line], column.width)
            if self.scrolls and line == self.cursor and index == self.column:
                room = column.width - cell_len(column.texts[line])
                marked = " " * (GAP - 1 + room) + _CELL + column.texts[line]
                segments.append(Segment(marked, style + self.style_of("table--cell")))
            else:
                segments.append(Segment(" " * GAP + text, style))
        if self._bars and self._bar_room:
            room = self._bar_room
            drawn = f" {bar(self._bars.shares[line], room)}".ljust(room + 1)
            segments.append(Segment(drawn, style + self.style_of("table--bar")))
        return segments

    @property
    def _label_width(self) -> int:
        line = self.text_width - 2
        if self.scrolls:
            return max(min(self._longest, max(int(line * _LABEL_SHARE), line - self._numbers_width)), 1)
        # Labels come before bars: these take what is left, if that is enough.
        return max(min(max(self._longest, cell_len(self._stub)), line - self._numbers_width), 1)

    @property
    def _numbers_width(self) -> int:
        return sum(GAP + column.width for column in self.columns)

    @property
    def _bar_room(self) -> int:
        return room_for_bars(self._room - self._numbers_width - 1)

    @property
    def _room(self) -> int:
        return self.text_width - 2 - self._label_width

    def point_at(self, x: int) -> bool:
        """Move the cursor to the column under the mouse; tell whether it was there."""
        pointed_at = self.column
        start = 2 + self._label_width
        for index in self.in_view:
            end = start + GAP + self.columns[index].width
            if self.scrolls and start <= x < end:
                pointed_at = index
            start = end
        was_there, self.column = pointed_at == self.column, pointed_at
        return was_there


def _label(row: PrintedRow) -> str:
    return _INDENT * row.level + ("▾ " if row.kind == "net" else "") + row.label


def _right(text: str, width: int) -> str:
    return " " * max(width - cell_len(text), 0) + text
