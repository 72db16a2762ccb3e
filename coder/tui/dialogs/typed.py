"""What windows with a line to type in have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.screen import ModalScreen
from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events

T = TypeVar("T")


class Typed(ModalScreen[T]):
    """A window whose one input takes every key, also those pressed before the window was there.

    Keys that were on their way to the screen below when the window opened reach the app, which
    hands them to `take`.
    """

    DEFAULT_CSS = """
    Typed Input, Typed Input:focus { border: none; height: 1; padding: 0; background: $boost; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._early: list[events.Key] = []
        self._there = False

    def on_mount(self) -> None:
        """Type what came before the input was there."""
        self._there = True
        for event in self._early:
            self._type(event)

    def on_key(self, event: events.Key) -> None:
        """Type what came while the input had not yet the focus."""
        if self.take(event):
            event.stop()

    def take(self, event: events.Key) -> bool:
        """Type a key that was not meant for any other part; tell whether it was one to type."""
        bound = event.key == "enter" and self.focused is None
        if not event.is_printable and not bound:
            return False
        if self._there:
            self._type(event)
        else:
            self._early.append(event)
        return True

    def _type(self, event: events.Key) -> None:
        line = self.query_one(Input)
        if event.key == "enter":
            self.call_later(line.action_submit)
        elif event.character:
            line.insert_text_at_cursor(event.character)
