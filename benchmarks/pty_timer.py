"""A terminal that keeps time: run a program in it, press keys, and see when the answer is on screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

SYNC_QUERY = b"\x1b[?2026$p"
SYNC_REPLY = b"\x1b[?2026;2$y"
"""Yes, frames may be marked: as the terminals that most people use answer."""

KEYS = {"down": "\x1b[B", "up": "\x1b[A", "enter": "\r", "quit": "\x11"}


def python_environment() -> dict[str, str]:
    """Return the environment of a program started as people start it, with its bytecode kept."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES", "NO_COLOR"}
    environment = {name: setting for name, setting in os.environ.items() if name not in left_out}
    return {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


_ROW = re.compile(rb"\x1b\[(\d+);\d+H")
"""The cursor put on a row, which Textual does before it writes there."""


class Terminal:
    """A Python module that runs in a pseudo-terminal.

    Args:
        arguments: What stands after `python -m`.
        columns: The terminal's width.
        rows: Its height.
    """

    def __init__(self, arguments: Sequence[str], columns: int = 120, rows: int = 40) -> None:
        self._size = columns, rows
        self._seen = bytearray()
        self._mark = 0
        self._sent = self._last_byte = perf_counter()
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(sys.executable, [sys.executable, "-m", *arguments], python_environment())  # noqa: S606  # the program under test

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, keys: str) -> None:
        """Press keys; times and bytes count from here."""
        self._mark = len(self._seen)
        self._sent = perf_counter()
        os.write(self._descriptor, keys.encode())

    def wait_for(self, text: str, timeout: float = 60) -> float:
        """Read until the text has been painted; return the seconds since the last keys, or the start.

        Raises:
            TimeoutError: It was not; the message holds the screen as it is.
        """
        expected = text.encode()
        deadline = perf_counter() + timeout
        while expected not in self._seen[self._mark :]:
            if not self._read(deadline - perf_counter()):
                message = f"'{text}' did not appear within {timeout:g} s. The screen:\n{self.screen()}"
                raise TimeoutError(message)
        return self._last_byte - self._sent

    def has_painted(self, text: str) -> bool:
        """Tell whether a text was painted since the last keys."""
        return text.encode() in self._seen[self._mark :]

    def settle(self, quiet: float = 0.06, timeout: float = 2) -> int:
        """Read until nothing more comes for a while; return the bytes painted since the last keys."""
        deadline = perf_counter() + timeout
        while perf_counter() < deadline and self._read(quiet):
            pass
        return len(self._seen) - self._mark

    def rows_painted(self) -> int:
        """Return how many rows of the screen were written to since the last keys."""
        return len(set(_ROW.findall(self._seen, self._mark)))

    def peak_memory(self) -> float:
        """Return the most memory that the process has held, in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def screen(self) -> str:
        """Return the screen as text."""
        import pyte  # only ever needed to show what went wrong

        screen = pyte.Screen(*self._size)
        pyte.ByteStream(screen).feed(bytes(self._seen))
        return "\n".join(screen.display)

    def close(self) -> None:
        """Ask the program to end, and end it if it does not."""
        try:
            self.send(KEYS["quit"])
            self.settle(quiet=1, timeout=5)
            os.kill(self.pid, signal.SIGKILL)
        except OSError:  # it has ended
            pass
        os.close(self._descriptor)
        os.waitpid(self.pid, 0)

    def _read(self, timeout: float) -> bool:
        ready, _, _ = select.select([self._descriptor], [], [], max(timeout, 0))
        if not ready:
            return False
        try:
            new = os.read(self._descriptor, 65536)
        except OSError:  # the program has ended
            return False
        self._last_byte = perf_counter()
        self._seen += new
        if SYNC_QUERY in new:
            os.write(self._descriptor, SYNC_REPLY)
        return bool(new)
