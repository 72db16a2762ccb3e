"""The themes: ranked suggestions on keys 1-9, then every theme from A to Z."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from coder.text.inert import inert
from coder.tui.kit.fitting import fit
from coder.tui.kit.line_view import LineView
from coder.tui.kit.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events

    from coder.tui.coding.panes.pane_values import ThemeRow

_BAR = "▁▂▃▄▅▆▇█"
_HEAD = 4
"""Cells before a label: the key and the tick."""
_TAIL = 6
"""Cells after a label: the bar and the percentage."""
ROOMY = 20
"""Rows from which a long label may take a second line."""


@dataclass(frozen=True, slots=True)
class _PanelLine:
    """One line of the panel: a piece of a row's label, or a rule (no row)."""

    index: int
    """Of the row."""
    row: ThemeRow | None
    piece: str = ""
    begins_row: bool = True


class ThemePanel(LineView):
    """Rows of themes; the cursor marks the one that the why-panel explains."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "themes--key", "themes--row", "themes--chosen", "themes--rule", "themes--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    ThemePanel { overflow-x: hidden; scrollbar-size-vertical: 1; }
    ThemePanel .themes--key { color: $text-accent; text-style: bold; }
    ThemePanel .themes--chosen { color: $text-success; text-style: bold; }
    ThemePanel .themes--rule { color: $text-muted; }
    ThemePanel .themes--cursor { background: $primary 40%; }
    """

    class Toggled(Message):
        """A theme was clicked."""

        def __init__(self, theme_id: str) -> None:
            super().__init__()
            self.theme_id = theme_id

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: list[ThemeRow | None] = []
        self.cursor = 0
        self._lines: list[_PanelLine] = []

    def show(self, suggestions: Sequence[ThemeRow], everything: Sequence[ThemeRow], cursor: int = 0) -> None:
        """Show the suggestions, a rule (a None among the rows), and all themes."""
        self.rows = [*suggestions, None, *everything] if suggestions else list(everything)
        self.cursor = min(cursor, max(0, len(self.rows) - 1))
        self.update_lines()

    @property
    def current(self) -> str | None:
        """The theme at the cursor."""
        row = self.rows[self.cursor] if self.rows else None
        return (row.theme_id or None) if row else None

    def move(self, step: int) -> None:
        """Move the cursor by so many rows, over the rule between suggestions and all themes."""
        index = self.cursor + step
        if 0 <= index < len(self.rows) and self.rows[index] is None:
            index += step
        self.move_cursor(index)

    def move_cursor(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        self.cursor = max(0, min(index, len(self.rows) - 1))
        line = next((at for at, line in enumerate(self._lines) if line.index == self.cursor), 0)
        self.bring_into_view(line)
        self.update_lines()

    def follow(self, theme_id: str | None) -> None:
        """Put the cursor on a theme, wherever it is now; it stays where there is none."""
        row = self.rows[self.cursor] if self.rows else None
        if theme_id is None or (row and row.theme_id == theme_id):
            return
        index = next((at for at, row in enumerate(self.rows) if row and row.theme_id == theme_id), None)
        if index is not None:
            self.move_cursor(index)

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `1▶✓ Recruitment and retention ▇ 91%`, `12 ✓ Housing ▁  1%`, a rule, or one of all themes."""
        panel_line = self._lines[line]
        row = panel_line.row
        if row is None:
            return [Segment(f"─ all themes, A-Z {'─' * self.text_width}", self.style_of("themes--rule"))]
        style = self.style_of("themes--chosen" if row.chosen else "themes--row")
        key_style = self.style_of("themes--key")
        pointer = " "
        if panel_line.index == self.cursor:
            under = self.style_of("themes--cursor")
            style, key_style = style + under, key_style + under
            pointer = "▶" if panel_line.begins_row else " "
        # Places that are on no key may have two digits.
        width = 2 if row.place and not row.key else 1
        key = (
            f"{row.key or row.place or '':<{width}}{pointer}" if panel_line.begins_row else " " * (width + 1)
        )
        mark = "↻ " if row.waiting else "✓ " if row.chosen else "  "
        tick = mark if panel_line.begins_row else "  "
        tail = _tail(row) if panel_line.begins_row else ""
        room = max(4, self.text_width - cell_len(key + tick) - cell_len(tail))
        return [
            Segment(key, key_style),
            Segment(tick + fit(inert(panel_line.piece), room), style),
            Segment(tail, style),
        ]

    def on_click(self, event: events.Click) -> None:
        """Toggle the theme under the mouse."""
        offset = event.get_content_offset(self)
        line = offset.y + self.scroll_offset.y if offset else len(self._lines)
        row = self._lines[line].row if line < len(self._lines) else None
        if row is not None and row.theme_id:
            self.post_message(self.Toggled(row.theme_id))

    def lay_out(self) -> list[tuple[_PanelLine, bool]]:
        """Break the labels at the present width."""
        room = self.text_width - _HEAD - _TAIL
        self._lines = [
            line for index, row in enumerate(self.rows) for line in self._lines_of(index, row, room)
        ]
        return [(line, line.index == self.cursor) for line in self._lines]

    def _lines_of(self, index: int, row: ThemeRow | None, room: int) -> Iterator[_PanelLine]:
        """Yield a row's lines: two for a suggestion whose label needs them, where there is room."""
        if row is None:
            yield _PanelLine(index, None)
            return
        if row.key is None:
            yield _PanelLine(index, row, row.label)
            return
        label = inert(row.label)
        if cell_len(label) <= room or self.size.height < ROOMY:
            yield _PanelLine(index, row, label)
            return
        cut = wrap(label, room)[0].end
        yield _PanelLine(index, row, label[:cut].rstrip())
        yield _PanelLine(index, row, label[cut:], begins_row=False)


def _tail(row: ThemeRow) -> str:
    if row.strength is None:
        return ""
    bar = _BAR[min(len(_BAR) - 1, int(row.strength * len(_BAR)))]
    return f" {bar}{row.strength * 100:3.0f}%" if row.percent else f" {bar}"
