"""The marks that git and others like it leave around lines they could not merge."""

from __future__ import annotations

import re
from typing import NamedTuple

_BEGIN = re.compile(r"<{7}(?: |$)")
_MIDDLE = re.compile(r"={7}$")
_END = re.compile(r">{7}(?: |$)")


class UnmergedLines(NamedTuple):
    """Lines of a text that two people changed in two ways, of which somebody has to choose."""

    first_line: int
    """Of the mark before them, from 1."""
    last_line: int
    """Of the mark behind them."""

    @property
    def message(self) -> str:
        """What is wrong, to be put behind the file's name."""
        return (
            f"Two versions of lines {self.first_line} to {self.last_line} are waiting to be merged:"
            " git has marked them with <<<<<<<, ======= and >>>>>>>."
        )


HOW_TO_MEND = "Keep the lines of one version, or of both, and delete the lines with the marks."


def conflict_in(text: str) -> UnmergedLines | None:
    """Return the first conflict that is marked in a text, or None."""
    begun, parted = 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        if _BEGIN.match(line):
            begun, parted = number, False
        elif begun and _MIDDLE.match(line):
            parted = True
        elif parted and _END.match(line):
            return UnmergedLines(begun, number)
    return None
