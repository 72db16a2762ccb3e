"""Texts without what no document can hold, and without what would change what stands beside them."""

from __future__ import annotations

import re

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CLOSED_BY = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
"""What turns the direction of writing, and what ends it: Unicode Standard Annex 9, section 2."""


def plain(text: str) -> str:
    """Return a text as documents can hold it, which leaves what stands behind it as it is.

    A control character becomes a replacement character, so that something is seen of it; lines end in LF.
    What turns the direction of writing is ended in its line: it would turn the numbers behind it too.
    """
    shown = _UNPRINTABLE.sub("\ufffd", _LINE_END.sub("\n", text))
    if not _TURNING.search(shown):
        return shown
    return "\n".join(f"{line}{_unended(line)}" for line in shown.split("\n"))


def _unended(line: str) -> str:
    """Return what ends all that a line leaves turned, the latest first."""
    needed: list[str] = []
    for sign in _TURNING.findall(line):
        if sign in _CLOSED_BY:
            needed.append(_CLOSED_BY[sign])
        elif sign == "\u2069" and sign in needed:
            # The end of an isolate ends all that was turned within it.
            del needed[len(needed) - 1 - needed[::-1].index(sign) :]
        elif needed and needed[-1] == sign:
            needed.pop()
    return "".join(reversed(needed))


def fit_for_xml(text: str) -> str:
    """Return a text without the control characters that XML cannot hold; for files that are read back."""
    return _UNFIT.sub("", text)
