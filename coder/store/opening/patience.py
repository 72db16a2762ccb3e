"""Waiting for another program that holds a database: in short turns, so that it can be told and given up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from coder.errors import BusyError
from coder.store.opening.lock_holder import holder_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Listener = Callable[[float, str], None]
    """Is told for how many seconds a change has waited, and for whom; empty if that is not known."""

TURN_SECONDS = 0.1
"""How long SQLite waits by itself; in between a signal can end the waiting."""
_SILENT_SECONDS = 1.0
"""How long nothing is told."""
_listeners: list[Listener] = []


def tell_waits_to(listener: Listener) -> None:
    """Have somebody told when a change waits for longer than a second; it may raise to give up."""
    _listeners[:] = [listener]


def wait_for(begin: Callable[[], object], path: Path, seconds: float) -> None:
    """Begin a transaction as soon as no other program is writing.

    Args:
        begin: Begins it, or raises BusyError after a turn.
        path: The database's file.
        seconds: How long to try.

    Raises:
        BusyError: Another program went on writing for so long.
    """
    began = time.monotonic()
    while True:
        try:
            begin()
        except BusyError:
            waited = time.monotonic() - began
            if waited >= seconds:
                raise
            if waited >= _SILENT_SECONDS:
                _tell(waited, path)
        else:
            return


def _tell(waited: float, path: Path) -> None:
    if _listeners:
        for listener in _listeners:
            listener(waited, holder_of(path))
