"""Widgets that draw themselves line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.app import App

from coder.tui.kit.line_view import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult

LINES = 10_000


class Numbered(LineView):
    """Shows its texts, and notes what was laid out and drawn anew."""

    DEFAULT_CSS = "Numbered { overflow-x: hidden; scrollbar-gutter: stable; }"

    def __init__(self) -> None:
        super().__init__()
        self.texts = [f"line {number}" for number in range(LINES)]
        self.laid_out = 0
        self.drawn_anew: list[int] = []

    def lay_out(self) -> list[str]:
        """Return the texts."""
        self.laid_out += 1
        return self.texts

    def draw_line(self, line: int) -> list[Segment]:
        """Draw a text."""
        return [Segment(self.texts[line])]

    def refresh_line(self, y: int) -> None:
        """Note the line."""
        self.drawn_anew.append(y)
        super().refresh_line(y)


class NumberedApp(App[None]):
    """Shows nothing else."""

    def compose(self) -> ComposeResult:
        """Put the view on the screen."""
        yield Numbered()


def shown(view: Numbered) -> list[str]:
    """Return what stands on the lines of the view."""
    return [view.render_line(y).text.strip() for y in range(view.size.height)]


async def test_only_lines_in_view_are_compared_and_drawn() -> None:
    """Where all of ten thousand lines change, those in view are drawn; others when they are scrolled to."""
    async with NumberedApp().run_test(size=(40, 20)) as pilot:
        view = pilot.app.query_one(Numbered)
        await pilot.pause()
        assert view.laid_out == 1  # not once more when its size is told
        view.scroll_to(y=50, animate=False, immediate=True)
        await pilot.pause()
        view.texts = [f"other {number}" for number in range(LINES)]
        view.update_lines()
        assert view.drawn_anew == list(range(50, 70))
        await pilot.pause()
        assert shown(view)[0] == "other 50"
        view.scroll_to(y=0, animate=False, immediate=True)
        await pilot.pause()
        assert shown(view)[0] == "other 0"


async def test_lines_that_go_are_drawn_as_empty() -> None:
    """Where fewer lines are left than were in view, the rest of the view is drawn anew."""
    async with NumberedApp().run_test(size=(40, 20)) as pilot:
        view = pilot.app.query_one(Numbered)
        view.texts = view.texts[:3]
        view.update_lines()
        assert view.drawn_anew == list(range(3, 20))
        await pilot.pause()
        assert shown(view) == ["line 0", "line 1", "line 2", *[""] * 17]
