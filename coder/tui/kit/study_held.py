"""Changes that wait until no other program writes to the study."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from coder.errors import BusyError
from coder.store.opening.held import is_held
from coder.tui.kit.windows.window_values import Hold

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from coder.store.database import Database
    from coder.tui.kit.action_screen import Answer
    from coder.tui.kit.windows.window_values import Window

T = TypeVar("T")


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
        view.ask(Hold(f"{why[:1].upper()}{why[1:]}", partial(is_held, database)), take)
    else:
        then(outcome)
