"""The terminal without the screen: lines, a line of progress, and streams that never stumble."""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from coder.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from coder.domain.progress import Progress
    from coder.domain.tables.printed import PrintedTable


_SECONDS_BETWEEN_LINES = 10


def has_terminal() -> bool:
    """Tell whether somebody sits at both ends, so that a screen makes sense."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def say(text: str) -> None:
    """Write talk: to stderr, control characters made visible."""
    _wipe(sys.stderr)
    sys.stderr.write(inert(text) + "\n")


def show(lines: Iterable[str]) -> None:
    """Write lines for people to stdout, control characters made visible."""
    _wipe(sys.stdout)
    sys.stdout.writelines(inert(line) + "\n" for line in lines)


def draw_tables(tables: Iterable[PrintedTable]) -> None:
    """Draw tables on stdout, as wide as the terminal."""
    from coder.formats.tables.terminal import printed_text

    show(printed_text(tables, get_terminal_size().columns).split("\n"))


def progress_line(doing: str) -> Progress | None:
    """Return a progress callback that keeps one line of the terminal up to date, or None without one."""
    if not sys.stderr.isatty():
        return None

    def update(done: int, total: int | None) -> None:
        of_total = f" of {total:,}" if total else ""
        sys.stderr.write(f"\r{doing} {done:,}{of_total}")
        sys.stderr.flush()

    return update


def steady_progress(doing: str) -> Progress:
    """Return a progress callback for work of minutes: a line kept up to date, or in a file one every 10 s."""
    line = progress_line(doing)
    last = time.monotonic()

    def update(done: int, total: int | None) -> None:
        nonlocal last
        if line:
            line(done, total)
        elif time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            say(f"{doing} {done:,} of {total:,}" if total else f"{doing} {done:,}")
            sys.stderr.flush()

    return update


def say_wait(seconds: float, holder: str) -> None:
    """Say that a change waits for another program: in one line of the terminal, or else once.

    Args:
        seconds: For how long it has waited.
        holder: Which program that is, empty if that is not known.
    """
    who = f": {holder}" if holder else ""
    text = f"Waiting for another program that is writing to the study{who}"
    if sys.stderr.isatty():
        line = f"Waiting {seconds:.0f} s (Ctrl+C gives up) for another program that is writing{who}"
        _wipe(sys.stderr)
        sys.stderr.write(inert(line)[: get_terminal_size().columns - 1])
        sys.stderr.flush()
    elif text not in _waits_said:
        _waits_said.add(text)
        say(f"{text} ...")


_waits_said: set[str] = set()
"""What was said of waits where no terminal shows a line of them."""


def _wipe(stream: TextIO) -> None:
    """Take away a line of progress that may stand there."""
    if stream.isatty():
        stream.write(f"\r{_erasing()}")


def _erasing() -> str:
    """Return what erases a line from its beginning."""
    if sys.platform == "win32":
        # A console there may show a control sequence instead of acting upon it.
        return f"{' ' * (get_terminal_size().columns - 1)}\r"
    return "\x1b[K"


def settle_streams() -> None:
    """Have files and pipes in UTF-8 with line ends as they are; a terminal shows what it can.

    A stream that was closed before the program began leads nowhere.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  # open until the end
            setattr(sys, name, nowhere)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def forget_stdout() -> None:
    """Leave nothing for Python to flush at exit into a pipe that nobody reads: it would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
