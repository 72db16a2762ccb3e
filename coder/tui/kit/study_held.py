"""A window that waits until no other program writes to the study."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from coder.errors import BusyError
from coder.store.database import is_held
from coder.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.screen import Screen

    from coder.store.database import Database
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window

T = TypeVar("T")

TRY_AFTER = 0.5
"""Seconds after which it is looked again whether the study is free."""


class _Asking(Protocol):
    def ask(
        self, window: Window[Answer] | Screen[Answer], take: Callable[[Answer | None], object] | None = None
    ) -> None:
        """Open a window; `take` is given what it returns."""

    def tell(self, text: str, seconds: float, *, warning: bool = False) -> None:
        """Say something for some seconds."""


def when_free(
    view: _Asking, database: Database, act: Callable[[], T], then: Callable[[T], object] = lambda _: None
) -> None:
    """Do something that changes the study; while another program is writing to it, wait in a window.

    Args:
        view: The screen.
        database: The study's. It is impatient: what cannot be begun raises BusyError soon.
        act: Does all of it or, if it raises BusyError, nothing.
        then: Goes on with what came of it.
    """
    try:
        outcome = act()
    except BusyError as error:

        def take(is_free: bool | None) -> None:
            if is_free:
                when_free(view, database, act, then)
            else:
                view.tell("Given up: nothing was changed.", 6, warning=True)

        why = error.message.removeprefix("Not saved: ")
        view.ask(StudyHeld(f"{why[:1].upper()}{why[1:]}", partial(is_held, database)), take)
    else:
        then(outcome)


class StudyHeld(ModalScreen[bool]):
    """Returns True once no other program is writing, or None after Esc.

    Args:
        why: What stands in the way.
        is_held: Tells whether it still does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Give up", show=False)]
    DEFAULT_CSS = """
    StudyHeld { align: center middle; }
    StudyHeld Static {
        width: 80%; max-width: 76; height: auto; border: round $primary; background: $surface; padding: 0 2;
    }
    """

    def __init__(self, why: str, is_held: Callable[[], bool]) -> None:
        super().__init__()
        self._why = why
        self._is_held = is_held
        self._began = time.monotonic()

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield Static(markup=False)

    def on_mount(self) -> None:
        """Say for how long the change has waited, and look again and again."""
        self._draw()
        self.set_interval(TRY_AFTER, self._look)

    def _draw(self) -> None:
        waited = time.monotonic() - self._began
        text = f"{self._why}\nThis change waits until it can be saved: {waited:.0f} s\n\nEsc gives it up"
        self.query_one(Static).update(inert(text))

    def _look(self) -> None:
        if self.is_current and not self._is_held():
            self.dismiss(True)
        else:
            self._draw()
