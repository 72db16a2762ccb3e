"""What a survey file leaves open: a person settles it before anything is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that would change a count, or store a doubtful text, and that the file does not settle.

    What the file itself settles (a wording, a platform) is a note and no doubt. A choice that a person has
    made leaves no doubt either: whoever looks for doubts asks `ImportChoices` first.
    """

    subject: str
    """What it is about, in a word or two: "encoding", "rows of one respondent"."""
    message: str
    """What was seen, with how many cells, rows or columns, and what will be done: "3 answers are ..."."""
    remedy: str
    """The options of `coder new` that settle it, each with what it does: "--encoding mac-roman, if ...; ...".
    The review screen offers them as choices (`doubt_ways`): one, or several together, begin each clause."""
    key: str = ""
    """The key of the review screen that settles it, beside `d`, which settles any."""
    examples: tuple[str, ...] = ()
    """A few lines of the file that show it."""
