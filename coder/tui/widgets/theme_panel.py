"""The themes: ranked suggestions on keys 1-9, then every theme from A to Z."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.message import Message

from coder.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_BAR = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme as the panel shows it."""

    theme_id: str
    label: str
    key: int | None = None
    """The number key that toggles it; None in the list from A to Z."""
    strength: float | None = None
    """Between 0 and 1: the bar; None where nothing is known yet."""
    percent: bool = False
    """Whether the strength is a probability, to be printed in per cent."""
    chosen: bool = False


class ThemePanel(LineView):
    """Rows of themes; the cursor marks the suggestion that the why-panel explains."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "themes--key", "themes--row", "themes--chosen", "themes--rule", "themes--cursor", "themes--likely",
    }  # fmt: skip
    DEFAULT_CSS = """
    ThemePanel { overflow-x: hidden; scrollbar-size-vertical: 1; }
    ThemePanel .themes--key { color: $accent; text-style: bold; }
    ThemePanel .themes--chosen { color: $text-success; text-style: bold; }
    ThemePanel .themes--rule { color: $text-muted; }
    ThemePanel .themes--likely { color: $accent; }
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

    def show(self, suggestions: Sequence[ThemeRow], everything: Sequence[ThemeRow], cursor: int = 0) -> None:
        """Show the suggestions, a rule (a None among the rows), and all themes."""
        rows: list[ThemeRow | None] = [*suggestions, None, *everything] if suggestions else list(everything)
        self.cursor = min(cursor, max(0, len(rows) - 1))
        if len(rows) == len(self.rows):
            changed = [place for place, row in enumerate(rows) if row != self.rows[place]]
            self.rows = rows
            for place in changed:
                self.refresh_line(place)
        else:
            self.rows = rows
            self.set_line_count(len(rows))

    def move_cursor(self, place: int) -> None:
        """Put the cursor on a row."""
        before, self.cursor = self.cursor, max(0, min(place, len(self.rows) - 1))
        for line in {before, self.cursor}:
            self.refresh_line(line)
        height = max(1, self.scrollable_content_region.height)
        if not self.scroll_offset.y <= self.cursor < self.scroll_offset.y + height:
            self.scroll_to(y=max(0, self.cursor - height // 2), animate=False)

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `1 ✓ Recruitment and ret… ▇ 91%`, a rule, or a theme of the whole list."""
        row = self.rows[line]
        if row is None:
            rule = " all themes, A-Z "
            return [Segment(f"─{rule}{'─' * self.text_width}", self.style_of("themes--rule"))]
        style = self.style_of("themes--chosen" if row.chosen else "themes--row")
        key_style = self.style_of("themes--key")
        if line == self.cursor:
            under = self.style_of("themes--cursor")
            style, key_style = style + under, key_style + under
        key = f"{row.key} " if row.key else "  "
        tick = "✓ " if row.chosen else "  "
        tail = _tail(row)
        room = max(4, self.text_width - len(key) - len(tick) - cell_len(tail))
        return [Segment(key, key_style), Segment(tick + _cut(row.label, room), style), Segment(tail, style)]

    def on_click(self, event: events.Click) -> None:
        """Toggle the theme under the mouse."""
        offset = event.get_content_offset(self)
        line = offset.y + self.scroll_offset.y if offset else len(self.rows)
        row = self.rows[line] if line < len(self.rows) else None
        if row is not None:
            self.post_message(self.Toggled(row.theme_id))


def _tail(row: ThemeRow) -> str:
    if row.strength is None:
        return ""
    bar = _BAR[min(len(_BAR) - 1, int(row.strength * len(_BAR)))]
    return f" {bar}{row.strength * 100:3.0f}%" if row.percent else f" {bar}    "


def _cut(label: str, room: int) -> str:
    if cell_len(label) <= room:
        return set_cell_size(label, room)
    return set_cell_size(set_cell_size(label, room - 1).rstrip() + "…", room)
