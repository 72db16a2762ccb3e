"""A base for widgets that draw themselves line by line, with the cost of what is visible alone."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.segment import Segment
    from rich.style import Style


class LineView(ScrollView, can_focus=False):
    """A scrolling view of lines that subclasses draw one at a time.

    Subclasses implement `draw_line`. They say how many lines there are with `set_line_count`, which draws
    all anew; or they implement `lay_out` and call `update_lines`, which draws those that changed.
    """

    DEFAULT_CSS = """
    LineView {
        scrollbar-size-vertical: 1; scrollbar-background: $background;
        scrollbar-background-hover: $background; scrollbar-background-active: $background;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._styles: dict[str, Style] = {}
        self._contents: Sequence[object] = ()
        self._laid_out: Size | None = None
        self._title = ""
        self.line_count = 0

    def draw_line(self, line: int) -> list[Segment]:
        """Return the segments of one line; they may be wider than the view."""
        raise NotImplementedError(line)

    def lay_out(self) -> Sequence[object] | None:
        """Work out the lines for the present size; None where they do not depend on it.

        Returns:
            For each line a value that differs whenever what is drawn does.
        """
        return None

    def set_line_count(self, count: int) -> None:
        """Say how many lines there are, and draw anew."""
        self.line_count = count
        self._fit()
        self.refresh()

    def update_lines(self) -> None:
        """Work the lines out anew; only those that show something else are drawn."""
        if not self.size:
            return
        contents_before = self._contents
        self._arrange()
        self._fit()
        # Lines out of view are drawn when they are scrolled to; there may be ten thousand of them.
        top = self.scroll_offset.y
        in_view = slice(top, top + self.scrollable_content_region.height)
        old_and_new = zip_longest(contents_before[in_view], self._contents[in_view])
        for line, (old, new) in enumerate(old_and_new, start=top):
            if old != new:
                self.refresh_line(line)

    def _arrange(self) -> None:
        self._laid_out = self.scrollable_content_region.size
        lines = self.lay_out()
        if lines is not None:
            self._contents = lines
            self.line_count = len(lines)

    def set_title(self, title: str) -> None:
        """Put a text on the border, drawing it only if it is another."""
        if title != self._title:
            self._title = title
            self.border_title = title

    def _fit(self) -> None:
        # A virtual size that changes lays out the whole screen anew: as long as all lines are in view
        # it stays that of the view.
        self.virtual_size = Size(self.text_width, max(self.line_count, self.scrollable_content_region.height))

    def bring_into_view(self, line: int) -> None:
        """Scroll to a line that is out of view, so that it stands in the middle."""
        height = max(1, self.scrollable_content_region.height)
        if not self.scroll_offset.y <= line < self.scroll_offset.y + height:
            self.scroll_to(y=max(0, line - height // 2), animate=False)

    def on_resize(self) -> None:
        """Fit the lines to the new size."""
        if self._laid_out != self.scrollable_content_region.size:
            self._arrange()
        self._fit()

    @property
    def text_width(self) -> int:
        """The cells a line has to itself, next to the scrollbar."""
        return max(1, self.scrollable_content_region.width)

    def style_of(self, name: str) -> Style:
        """Return the style of a component class, worked out once."""
        style = self._styles.get(name)
        if style is None:
            style = self._styles[name] = self.get_component_rich_style(name) if name else self.rich_style
        return style

    def notify_style_update(self) -> None:
        """Forget styles that came from the theme before."""
        self._styles.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is visible."""
        if self._laid_out != self.scrollable_content_region.size:
            self._arrange()  # the first frame comes before the event that tells the size
        line = y + self.scroll_offset.y
        background = self.style_of("")
        if line >= self.line_count:
            return Strip.blank(self.text_width, background)
        return Strip(self.draw_line(line)).adjust_cell_length(self.text_width).apply_style(background)
