"""Texts without what no document can hold, and without what would change what stands beside them."""

from __future__ import annotations

import re

_UNFIT = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Compiled when the first file in XML is written: that takes longer than loading everything else here."""
_LINE_END = re.compile("\r\n?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of writing until it is ended: Unicode Standard Annex 9, section 2."""


def plain(text: str) -> str:
    """Return a text as documents can hold it, which leaves what stands behind it as it is.

    A control character becomes a replacement character, so that something is seen of it; lines end in LF.
    Signs that turn the direction of writing are left out: they would turn the numbers behind the text too.
    Letters have their own direction, with which they are written all the same.
    """
    return _UNPRINTABLE.sub("\ufffd", _TURNING.sub("", _LINE_END.sub("\n", text)))


def fit_for_xml(text: str) -> str:
    """Return a text without the control characters that XML cannot hold; for files that are read back."""
    return re.sub(_UNFIT, "", text)
