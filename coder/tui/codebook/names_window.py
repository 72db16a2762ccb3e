"""A window to type several names in, one a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from coder.text.inert import inert
from coder.tui.kit.area import Area
from coder.tui.kit.fitting import plain_title
from coder.tui.kit.windows.typed import AGAIN, Typed

if TYPE_CHECKING:
    from textual.app import ComposeResult

_KEYS = "⏎ next line · ^s goes on · Esc close"
Say = Callable[[Sequence[str]], tuple[str, bool]]
"""Says what the names stand for, or what is wrong; and whether they will do."""


class NamesWindow(Typed[Sequence[str] | None]):
    """Returns the names, or None after Esc.

    Args:
        title: What the names are of.
        about: What to type.
        say: What to say of what is typed so far.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False),
    ]
    DEFAULT_CSS = """
    NamesWindow { align: center middle; }
    NamesWindow > Vertical {
        width: 92%; max-width: 80; height: auto; max-height: 92%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    NamesWindow Area { height: 7; margin: 1 0; }
    NamesWindow #say { height: auto; max-height: 10; }
    """

    def __init__(self, title: str, about: str, say: Say) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._say = say

    def compose(self) -> ComposeResult:
        """Lay out what to type, the lines, and what they stand for."""
        with Vertical() as box:
            box.border_title = plain_title(self._title)
            box.border_subtitle = _KEYS
            yield Static(inert(self._about), markup=False)
            yield Area("")
            yield Static(id="say", markup=False)

    @on(TextArea.Changed)
    def changed(self) -> None:
        """Say what the names typed so far stand for."""
        self.goes_on()
        self.query_one("#say", Static).update(inert(self._say(self._names())[0]))

    def action_save(self) -> None:
        """Return the names, if they will do."""
        names = self._names()
        if self._say(names)[1] and self.is_current:
            self.dismiss(names)

    def is_edited(self) -> bool:
        """Tell whether there is a name."""
        return bool(self._names())

    def say_leaving(self, *, leaving: bool) -> None:
        """Say what the keys do now."""
        self.query_one(Vertical).border_subtitle = f"{AGAIN} · ^s goes on" if leaving else _KEYS

    def _names(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.query_one(Area).text.splitlines())
        return list(dict.fromkeys(line for line in lines if line))
