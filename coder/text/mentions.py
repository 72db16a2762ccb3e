"""Finding the words that a file copies from an answer, in the answer."""

from __future__ import annotations

import re

from coder.domain.codings import Span
from coder.domain.texts.unicode_forms import formed

_ALIKE = (
    "'`\u2018\u2019\u201a\u00b4",
    '"\u201c\u201d\u201e\u00ab\u00bb',
    "-\u2010\u2011\u2012\u2013\u2014",
)
"""Apostrophes, quotation marks and dashes: within a line, one may stand for another."""
_PIECE = re.compile(r"\s+|.", re.DOTALL)


def find_mention(text: str, mention: str) -> Span | None:
    """Return where a mention stands in a text, or None.

    Word for word if possible; otherwise white space, quotation marks and dashes may differ in kind, and
    accents in Unicode form, as they do once a spreadsheet program has been at the file.
    """
    mention = mention.strip()
    if not mention:
        return None
    start = text.find(mention)
    if start >= 0:
        return Span(start, start + len(mention))
    composed = formed(text)
    pattern = "".join(_loose(piece.group()) for piece in _PIECE.finditer(formed(mention).text))
    match = re.search(pattern, composed.text)
    return composed.original(Span(*match.span())) if match else None


def _loose(piece: str) -> str:
    if piece.isspace():
        return r"\s+"
    for alike in _ALIKE:
        if piece in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(piece)
