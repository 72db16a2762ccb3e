"""What is described of a survey platform, so that its exports are understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Rows = Sequence[Sequence[str]]

WHOLE_ANSWER = ("response", "openendedresponse")
"""What stands, squeezed, for the box of a question that has one box alone."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header rows of a file say."""

    names: tuple[str, ...]
    labels: tuple[str, ...]
    rows: int = 1
    """How many rows the header takes."""
    note: str = ""
    """How the header was read, for the person who imports."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One survey platform: what its columns are called, and how its header rows are read.

    Names of columns are as `squeeze` returns them: letters and digits, in lower case.
    """

    name: str
    own_columns: frozenset[str] = frozenset()
    """The columns that it adds to every export by itself (times, device ...): they are left out."""
    respondent_columns: tuple[str, ...] = ()
    """The columns that say who answered, the surest first."""
    box_mark: str = ""
    """What it puts before the number of a box: `SQ` in `Q15[SQ001]`."""
    text_suffix: str = ""
    """How it ends the name of the text beside an option of a closed question: `text` in `Q5_6_TEXT`."""
    read_heading: Callable[[Rows], Heading | None] = lambda _rows: None
    """Reads the header from a file's first rows; returns None unless the file is this platform's."""
