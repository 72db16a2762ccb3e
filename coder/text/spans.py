"""Parts of a text a person would point at: sentences and clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.codings import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIN_WORDS = 3

_SENTENCE_END = re.compile(
    r"""(?<!\b[A-Za-z])(?<!\be\.g)(?<!\bi\.e)(?<!\b[Ee]tc)(?<!\b[DM]r)(?<!\b[Nn]o)
        [.!?…]+["'”’)\]]*(?=\s|$)   # a full stop that no initial or abbreviation owns
        |\s*\n\s*                   # a new line
        |(?:^|\s)[•*‣](?=\s)        # a bullet""",
    re.VERBOSE,
)
_CLAUSE_END = re.compile(
    r"""[;:](?=\s)|,(?!\d)|\s[-–—]+(?=\s)|[()]
        |\s(?=(?:and|but|or|so|because|although|though|while|whereas|which|who|if|when|unless|however|yet)\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order, without the white space around them."""
    return list(_pieces(text, Span(0, len(text)), _SENTENCE_END))


def clauses(text: str) -> list[Span]:
    """Return the clauses of a text in order: sentences, cut at punctuation and conjunctions.

    A piece of fewer than three words stays with its neighbour in the same sentence.
    """
    found: list[Span] = []
    for sentence in sentences(text):
        found.extend(_joined(text, list(_pieces(text, sentence, _CLAUSE_END))))
    return found


def _pieces(text: str, within: Span, ends: re.Pattern[str]) -> Iterator[Span]:
    start = within.start
    for end in (*(match.end() for match in ends.finditer(text, within.start, within.end)), within.end):
        piece = text[start:end]
        if _WORD.search(piece):
            stripped = start + len(piece) - len(piece.lstrip())
            yield Span(stripped, start + len(piece.rstrip()))
            start = end


def _joined(text: str, pieces: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for piece in pieces:
        if joined and (_is_short(text, joined[-1]) or _is_short(text, piece)):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return joined


def _is_short(text: str, span: Span) -> bool:
    return len(_WORD.findall(text, span.start, span.end)) < _MIN_WORDS
