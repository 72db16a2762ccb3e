"""What signals from outside do to the program: it ends in order, and draws itself anew after a pause."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App

BY_SIGNAL = 128
"""What shells add to a signal's number for the exit code of a program that it ended."""
_ENDING = ("SIGTERM", "SIGHUP", "SIGINT")


def end_on_signals(app: App[None]) -> None:
    """Have signals end an app as quitting does: the terminal is restored, and what the app started ends.

    Its return code is then `BY_SIGNAL` and the signal's number. A signal that was ignored stays ignored
    (nohup). To be called from the app's loop; without effect where a loop takes no signals.
    """
    loop = asyncio.get_running_loop()
    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, partial(app.exit, return_code=BY_SIGNAL + number))
