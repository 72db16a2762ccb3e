"""What windows with something to type in have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.screen import ModalScreen
from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events

T = TypeVar("T")


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
    """A window with something to type in; the first of its lines has the focus when it opens."""

    DEFAULT_CSS = """
    Typed Input, Typed Input:focus { border: none; height: 1; padding: 0; background: $boost; }
    """
