"""Regular expressions that answers are searched with."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from coder.errors import CoderError

_REPEAT_OF_REPEATS = re.compile(r"\([^()]*(?:[*+]|\{\d*,\d*\})[^()]*\)(?:[*+]|\{)")
"""As in `(a+)+`: such a pattern may take longer than anybody lives."""
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")


def is_pattern(typed: str) -> bool:
    """Tell whether what was typed is more than words, and a regular expression that can be searched with."""
    if not _SPECIAL.search(typed):
        return False
    try:
        compiled(typed)
    except CoderError:
        return False
    return True


@lru_cache(maxsize=8)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a regular expression ready to search with, whatever the case, and in NFC.

    Raises:
        CoderError: It is none, or a repeat of repeats, which may never end.
    """
    if _REPEAT_OF_REPEATS.search(pattern):
        msg = f"The pattern '{pattern}' repeats what is repeated already: to search with it may never end."
        raise CoderError(msg, "Leave one of the two out: (a+)+ finds what a+ finds.")
    try:
        return re.compile(normalize("NFC", pattern), re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        msg = f"'{pattern}' is no regular expression: {error}."
        raise CoderError(msg, "A backslash before a sign has it stand for itself: \\(") from None


def has_pattern(pattern: str, text: str) -> bool:
    """Tell whether a pattern is found in a text."""
    return compiled(pattern).search(text if text.isascii() else normalize("NFC", text)) is not None
