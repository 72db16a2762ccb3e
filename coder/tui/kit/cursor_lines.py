"""A list of lines with a cursor, below a heading that stays in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from coder.tui.kit.line_view import LineView

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

POINTER, NO_POINTER = "▶ ", "  "


class CursorLines(LineView):
    """Subclasses implement `draw_line` and `heading`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", "lines--heading", "lines--muted"}
    DEFAULT_CSS = """
    CursorLines { overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    CursorLines .lines--cursor { background: $primary 40%; text-style: bold; }
    CursorLines .lines--heading { color: $text-accent; text-style: bold; }
    CursorLines .lines--muted { color: $text-muted; }
    """

    class Clicked(Message):
        """A line was clicked; the cursor is on it."""

        def __init__(self, *, again: bool) -> None:
            super().__init__()
            self.again = again
            """Whether the cursor was on it before."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.cursor = 0
        self.heading_height = 1
        """How many lines the heading takes."""

    def heading(self) -> str:
        """Return the heading, as wide as the lines; one line or more."""
        raise NotImplementedError

    def set_line_count(self, count: int) -> None:
        """Say how many lines there are; the cursor stays on one of them."""
        super().set_line_count(count)
        self.move_to(self.cursor)

    def _fit(self) -> None:
        self.virtual_size = Size(self.text_width, self.line_count + self.heading_height)

    def move_to(self, line: int) -> None:
        """Put the cursor on a line, the nearest there is, and bring it into view."""
        cursor_before, self.cursor = self.cursor, max(0, min(line, self.line_count - 1))
        for changed in {cursor_before, self.cursor}:
            self.refresh_line(changed + self.heading_height)
        height = max(1, self.scrollable_content_region.height - self.heading_height)
        top = self.scroll_offset.y
        if not top <= self.cursor < top + height:
            self.scroll_to(y=self.cursor if self.cursor < top else self.cursor - height + 1, animate=False)

    def row_style(self, line: int) -> Style:
        """Return the style of a line: the cursor's, or the plain one."""
        return self.style_of("lines--cursor" if line == self.cursor else "")

    def pointer(self, line: int) -> str:
        """Return what stands before a line, so that the cursor is not told by colour alone."""
        return POINTER if line == self.cursor else NO_POINTER

    def point_at(self, x: int) -> bool:  # noqa: ARG002 - a line is one thing, unless a subclass has cells
        """Move the cursor along its line to the mouse; tell whether it was there."""
        return True

    def render_line(self, y: int) -> Strip:
        """Draw the heading, or one of the lines below it."""
        if y >= self.heading_height:
            return super().render_line(y - self.heading_height)
        heading = Strip([Segment(self.heading().split("\n")[y], self.style_of("lines--heading"))])
        return heading.adjust_cell_length(self.text_width).apply_style(self.style_of(""))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self.heading_height:
            return
        line = offset.y - self.heading_height + self.scroll_offset.y
        if line < self.line_count:
            again = self.point_at(offset.x) and line == self.cursor
            self.move_to(line)
            self.post_message(self.Clicked(again=again))
