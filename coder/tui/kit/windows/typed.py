"""What windows with something to type in have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events

T = TypeVar("T")

AGAIN = "Esc again drops what you typed"
"""What a window says at the first Esc."""


class Line(Input):
    """A line to type in."""

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted as one; of itself, an Input takes the first and drops the rest."""
        lines = event.text.splitlines()
        if len(lines) > 1:
            event.stop()
            event.prevent_default()
            self.replace(" ".join(filter(None, map(str.strip, lines))), *self.selection)


class Typed(ModalScreen[T]):
    """A window with something to type in; the first of its lines has the focus when it opens.

    Nothing typed is lost by one Esc: it says so, and a second one leaves. Subclasses with a text to keep
    implement `is_edited` and `say_leaving`, and call `goes_on` when something was typed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close", show=False)]
    DEFAULT_CSS = """
    Typed Input, Typed Input:focus { border: none; height: 1; padding: 0; background: $boost; }
    """
    _leaving = False
    """Whether Esc was pressed, and nothing typed since."""

    def is_edited(self) -> bool:
        """Tell whether leaving would lose something that was typed."""
        return False

    def say_leaving(self, *, leaving: bool) -> None:
        """Say that another Esc drops what was typed, or take that back."""

    def goes_on(self) -> None:
        """Note that something was typed: the next Esc asks again."""
        if self._leaving:
            self._leaving = False
            self.say_leaving(leaving=False)

    def action_leave(self) -> None:
        """Leave everything as it was; what was typed is dropped at the second time."""
        if self._leaving or not self.is_edited():
            self.dismiss(None)
        else:
            self._leaving = True
            self.say_leaving(leaving=True)
