"""A window that asks for a text: one line, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static, TextArea

from coder.tui.kit.area import Area
from coder.tui.kit.fitting import plain_title
from coder.tui.kit.windows.typed import AGAIN, Line, Typed

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.kit.windows.window_values import Ask


class AskWindow(Typed[str | None]):
    """Returns what was typed, or None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "Save", show=False)]
    DEFAULT_CSS = """
    AskWindow { align: center middle; }
    AskWindow > Vertical {
        width: 80%; max-width: 80; height: auto; max-height: 92%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    AskWindow Area { height: auto; max-height: 1fr; }
    """

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask

    def compose(self) -> ComposeResult:
        """Lay out the question, and the line or the lines."""
        with Vertical() as box:
            box.border_title = plain_title(self._ask.title)
            if self._ask.lines == 1:
                yield Line(self._ask.text, select_on_focus=True)
            else:
                area = Area(self._ask.text)
                area.styles.min_height = self._ask.lines
                area.move_cursor(area.document.end)
                yield area
            yield Static(self._hint(), id="hint", markup=False)

    @on(Input.Changed)
    @on(TextArea.Changed)
    def changed(self) -> None:
        """Have the next Esc ask again."""
        self.goes_on()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Return what was typed."""
        if self.is_current:
            self.dismiss(self._typed())

    def is_edited(self) -> bool:
        """Tell whether the text is another than what stands."""
        return self._typed() != (self._ask.text if self._ask.stands is None else self._ask.stands)

    def say_leaving(self, *, leaving: bool) -> None:
        """Say what the keys do now."""
        self.query_one("#hint", Static).update(f"{AGAIN}; {self._saves()}" if leaving else self._hint())

    def _hint(self) -> str:
        return self._ask.hint or f"{self._saves()} · Esc leaves it as it is"

    def _saves(self) -> str:
        return "⏎ saves" if self._ask.lines == 1 else "⏎ next line · ^s saves"

    def _typed(self) -> str:
        return self.query_one(Line).value if self._ask.lines == 1 else self.query_one(Area).text
