"""A window that asks for one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from coder.tui.kit.fitting import plain_title
from coder.tui.kit.typed import Line, Typed

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Ask(Typed[str | None]):
    """Returns what was typed, or None after Esc.

    Args:
        title: What is asked for.
        text: What the line holds at first.
        hint: What the keys do.
        select: Whether typing replaces that, rather than going on after it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]
    DEFAULT_CSS = """
    Ask { align: center middle; }
    Ask > Vertical {
        width: 80%; max-width: 76; height: auto; border: round $primary; background: $surface; padding: 0 1;
    }
    """

    def __init__(
        self,
        title: str,
        text: str = "",
        hint: str = "⏎ saves · Esc leaves it as it is",
        *,
        select: bool = True,
    ) -> None:
        super().__init__()
        self._select = select
        self._title = title
        self._text = text
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Lay out the question and the line."""
        with Vertical() as box:
            box.border_title = plain_title(self._title)
            yield Line(self._text, select_on_focus=self._select)
            yield Static(self._hint, markup=False)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Return the line."""
        self.dismiss(event.value)
