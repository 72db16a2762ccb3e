"""What windows with something to type in have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.screen import ModalScreen
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual.await_complete import AwaitComplete
    from textual.widget import Widget

T = TypeVar("T")

_CLOSING = ("enter", "escape")


class Line(Input):
    """The line to type in; its window holds the keys that come before it can take them."""

    def on_key(self, event: events.Key) -> None:
        """Leave the key to the window if it holds keys."""
        if isinstance(self.screen, Typed) and self.screen.hold(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted as one; of itself, an Input takes the first and drops the rest."""
        lines = event.text.splitlines()
        if len(lines) > 1:
            event.stop()
            event.prevent_default()
            self.replace(" ".join(filter(None, map(str.strip, lines))), *self.selection)


class Typed(ModalScreen[T]):
    """A window with a `Line`, from which no key is lost however fast one types.

    Keys pressed before the line is there wait for it. Keys pressed after one that does more than
    type a character wait until that is done; if it closes the window they go to the screen below.
    """

    DEFAULT_CSS = """
    Typed Input, Typed Input:focus { border: none; height: 1; padding: 0; background: $boost; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: list[events.Key] = []
        self._typing = False
        self._own: list[events.Key] = []

    def on_mount(self) -> None:
        """Type what came before the line was there."""
        self.set_focus(self.first())
        self._go_on()

    def first(self) -> Widget:
        """Return what is typed in first."""
        return self.query_one(Line)

    def on_key(self, event: events.Key) -> None:
        """Know a key again that comes from the line and goes on to the app."""
        self._own.append(event)

    def take(self, event: events.Key) -> None:
        """Take a key from the app if it was on its way to the screen below when the window opened."""
        if event not in self._own:
            event.prevent_default()
            self._held.append(event)
            if self._typing:
                self._go_on()
            return
        self._own.remove(event)
        if event.key not in _CLOSING:
            self.app.call_later(self._go_on)

    def hold(self, event: events.Key, typing: Collection[str] = ()) -> bool:
        """Keep a key until the one before it has done its work; tell whether it was kept.

        Args:
            event: The key.
            typing: Keys that do no more than type, besides those that type a character.
        """
        if self._typing:
            self._typing = event.is_printable or event.key in typing
            return False
        self._held.append(event)
        return True

    def on_input_submitted(self) -> None:
        """Go on typing, if Enter did not close the window."""
        if self.is_current:
            self._go_on()

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close the window; keys that were held go to the screen below."""
        closed = super().dismiss(result)
        self._pass_on()
        return closed

    def _go_on(self) -> None:
        self._typing = True
        self._pass_on()

    def _pass_on(self) -> None:
        held, self._held = self._held, []
        for event in held:
            again = events.Key(event.key, event.character)
            # As if from the terminal: a message stops where its sender is met on the way up.
            again.set_sender(self.app)
            self.app.post_message(again)
