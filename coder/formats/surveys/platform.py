"""What is described of a survey platform, so that its exports are understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coder.formats.surveys.cell_values import squeeze

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
    platform: str = ""
    """Whose header it is; empty if it is no platform's."""


@dataclass(frozen=True, slots=True)
class Platform:
    """One survey platform: what its columns are called, and how its header rows are read.

    Names of columns are as `squeeze` returns them: letters and digits, in lower case. Those that begin with _
    are as they are written, in lower case.
    """

    name: str
    header: str = "one row of names"
    """Which rows its exports have names and wordings in, for people to read."""
    own_columns: frozenset[str] = frozenset()
    """The columns that it adds to every export by itself (times, device ...): they are left out.

    No survey would call a question so: they tell an export of this platform."""
    ordinary_columns: frozenset[str] = frozenset()
    """More of these, with names that a question may have as well: left out in its exports alone."""
    personal_columns: frozenset[str] = frozenset()
    """What its exports call columns that identify people."""
    own_pattern: str = ""
    """A pattern for more of its own columns, whole names as written, in lower case."""
    respondent_columns: tuple[str, ...] = ()
    """The columns that say who answered, the surest first."""
    first_identifies: bool = False
    """Whether the first column of its exports says who answered, whatever it is called."""
    test_marks: tuple[tuple[str, frozenset[str]], ...] = ()
    """Columns that tell tests and previews, and the values (in lower case) that say so."""
    box_mark: str = ""
    """What it puts before the number of a box: `SQ` in `Q15[SQ001]`."""
    text_suffix: str = ""
    """How it ends the name of the text beside an option of a closed question: `text` in `Q5_6_TEXT`."""
    fewest: int = 3
    """So many of its columns, one of them its very own, tell that a file is an export of this platform."""
    read_heading: Callable[[Rows], Heading | None] = lambda _rows: None
    """Reads the header from a file's first rows; returns None unless the file is this platform's."""

    def is_own(self, name: str) -> bool:
        """Tell whether its exports have a column of this name that it adds by itself."""
        pattern = re.compile(self.own_pattern) if self.own_pattern else None
        spellings = {squeeze(name), name.strip().casefold()}
        if spellings & (self.own_columns | self.ordinary_columns):
            return True
        return pattern is not None and pattern.fullmatch(name.strip().casefold()) is not None
