"""Which rows hold the column names, and which is the last one of the table, as a person says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from pathlib import Path

_ROWS = re.compile(r"(\d{1,9})(?:\s*[-–:]\s*(\d{1,9}))?")
NO_NAMES = "none"
"""In place of rows: the file has no column names."""
_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class HeaderChoice:
    """The rows of the header, counted from 1; both 0 where the file has none."""

    first: int
    last: int

    @property
    def height(self) -> int:
        """How many rows the header takes."""
        return self.last - self.first + 1 if self.first else 0


def read_header_choice(path: Path, text: str, rows: int) -> HeaderChoice:
    """Read `none`, `2` or `2-3`.

    Args:
        path: The file, for messages.
        text: What a person gave.
        rows: How many rows the file has.

    Raises:
        CoderError: It is none of these, or the file has no such rows.
    """
    if text.strip().casefold() == NO_NAMES:
        return HeaderChoice(0, 0)
    bounds = _ROWS.fullmatch(text.strip())
    if bounds is None:
        msg = f"--header {text}: that is neither a row nor rows."
        raise CoderError(msg, "Give --header 2, --header 2-3, or --header none for a file without names.")
    first, last = int(bounds[1]), int(bounds[2] or bounds[1])
    if not 1 <= first <= last < first + _MOST_ROWS or last >= rows:
        msg = f"{path.name} has {rows:,} rows: there is no header in --header {text} with answers under it."
        raise CoderError(msg, "Rows are counted from 1, as a spreadsheet shows them.")
    return HeaderChoice(first, last)
