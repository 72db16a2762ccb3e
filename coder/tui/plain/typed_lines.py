"""Lines in and lines out: nothing is redrawn, no cursor is moved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from coder.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterable


class PlainTerminal:
    """A terminal, or a pipe, that is read from and written to line by line."""

    def print_lines(self, lines: Iterable[str]) -> None:
        """Print lines at once, control characters made visible."""
        sys.stdout.writelines(inert(line) + "\n" for line in lines)
        sys.stdout.flush()

    def read(self, prompt: str = "> ") -> str:
        """Return the next line that is typed.

        Raises:
            EOFError: No more lines come.
        """
        return input(prompt)
