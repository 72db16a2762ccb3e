"""Lines in and lines out: nothing is redrawn, no cursor is moved."""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from coder.text.inert import inert
from coder.tui.kit.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class PlainTerminal:
    """A terminal, or a pipe, that is read from and written to line by line."""

    def print_lines(self, lines: Iterable[str]) -> None:
        """Print lines at once, control characters made visible.

        On a terminal those that are wider than it end between words: it would break them within one, and a
        screen reader read halves of words.
        """
        width = get_terminal_size().columns if sys.stdout.isatty() else None
        for line in map(inert, lines):
            sys.stdout.writelines(f"{row}\n" for row in (_rows(line, width) if width else (line,)))
        sys.stdout.flush()

    def read(self, prompt: str = "> ") -> str:
        """Return the next line that is typed.

        Raises:
            EOFError: No more lines come.
        """
        return input(prompt)


def _rows(line: str, width: int) -> Iterator[str]:
    for row in wrap(line, width):
        yield line[row.start : row.end].rstrip()
