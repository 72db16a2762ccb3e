"""A window with what is about to happen, before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from coder.text.inert import inert
from coder.tui.kit.fitting import plain_title
from coder.tui.kit.windows.typed import AGAIN, Line, Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult


_KEYS = "⏎ applies it · ↑↓ scroll · Esc leaves all as it is"
_AROUND = 6
"""Rows of the window that the plan cannot have: borders, the reason, the keys."""


class PlanWindow(Typed[str | None]):
    """Enter applies the plan and returns the reason typed, often an empty one; Esc returns None.

    Args:
        title: What the plan does.
        lines: The plan, in lines of a width.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", "Down", show=False),
        Binding("up", "scroll(-1)", "Up", show=False),
        Binding("pagedown", "scroll(10)", "Down", show=False),
        Binding("pageup", "scroll(-10)", "Up", show=False),
    ]
    DEFAULT_CSS = """
    PlanWindow { align: center middle; }
    PlanWindow > Vertical {
        width: 96%; max-width: 100; height: auto; max-height: 96%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    PlanWindow VerticalScroll { height: auto; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    PlanWindow Line { margin: 1 0 0 0; }
    """

    def __init__(self, title: str, lines: Callable[[int], Sequence[str]]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lay out the plan and the line for the reason."""
        with Vertical() as box:
            box.border_title = plain_title(self._title)
            with VerticalScroll(can_focus=False):
                yield Static(markup=False)
            yield Line(placeholder="why? (may stay empty)")
            yield Static(_KEYS, id="keys", markup=False)

    def on_resize(self) -> None:
        """Break the plan's lines anew, and leave room for what stands below them."""
        scroll = self.query_one(VerticalScroll)
        scroll.styles.max_height = self.size.height - _AROUND
        width = scroll.scrollable_content_region.width - 1
        self.query_one("VerticalScroll Static", Static).update(inert("\n".join(self._lines(max(width, 30)))))

    @on(Input.Changed)
    def changed(self) -> None:
        """Have the next Esc ask again."""
        self.goes_on()

    def is_edited(self) -> bool:
        """Tell whether a reason was typed."""
        return bool(self.query_one(Line).value.strip())

    def say_leaving(self, *, leaving: bool) -> None:
        """Say what the keys do now."""
        self.query_one("#keys", Static).update(f"{AGAIN}; ⏎ applies the plan" if leaving else _KEYS)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Return the reason."""
        self.dismiss(event.value.strip())

    def action_scroll(self, step: int) -> None:
        """Scroll the plan."""
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)
