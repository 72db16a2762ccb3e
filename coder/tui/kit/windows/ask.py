"""A window that asks for one line of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from coder.tui.kit.fitting import plain_title
from coder.tui.kit.windows.typed import Line, Typed

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.kit.windows.window_values import Ask


class AskWindow(Typed[str | None]):
    """Returns what was typed, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close", show=False)]
    DEFAULT_CSS = """
    AskWindow { align: center middle; }
    AskWindow > Vertical {
        width: 80%; max-width: 76; height: auto; border: round $primary; background: $surface; padding: 0 1;
    }
    """

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask

    def compose(self) -> ComposeResult:
        """Lay out the question and the line."""
        with Vertical() as box:
            box.border_title = plain_title(self._ask.title)
            yield Line(self._ask.text, select_on_focus=self._ask.select)
            yield Static(self._ask.hint, markup=False)

    @on(Input.Submitted)
    def submit(self, event: Input.Submitted) -> None:
        """Return the line."""
        self.dismiss(event.value)
