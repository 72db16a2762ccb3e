"""One thing that is told of where a study lies, or of what lies beside it."""

from __future__ import annotations

from typing import NamedTuple


class Surrounding(NamedTuple):
    """Something about where a study lies, or what lies beside it."""

    brief: str
    """A line of it, as the screen says it."""
    message: str
    advice: str
    is_fault: bool = False
    """Whether something may be missing from the study because of it."""
    about: str = ""
    """What it is about: the same text as long as that has not changed."""
