"""Parts of a text a person would point at: sentences and clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.domain.texts.unicode_forms import formed

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIN_WORDS = 3

_SENTENCE_END = re.compile(
    r"""(?<!\b[A-Za-z])(?<!\be\.g)(?<!\bi\.e)(?<!\b[Ee]tc)(?<!\b[DM]r)
        [.!?…]+["'”’)\]]*(?=\s|$)   # a full stop that no initial or abbreviation owns
        |\n                         # a new line
        |(?:^|\s)[•*‣](?=\s)        # a bullet""",
    re.VERBOSE,
)
_CLAUSE_END = re.compile(
    r"""[;:](?=\s)|,(?!\d)|\s[-–—]+(?=\s)|\)|\s(?=\()
        |\s(?=(?:and|but|or|so|because|although|though|while|whereas|which|if|when|unless|however)\s)""",
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order, without the white space around them."""
    composed = formed(text)
    return list(map(composed.original, _sentences(composed.text)))


def clauses(text: str) -> list[Span]:
    """Return the clauses of a text in order: sentences, cut at punctuation and conjunctions.

    A piece of fewer than three words stays with its neighbour in the same sentence.
    """
    composed = formed(text)
    spans: list[Span] = []
    for sentence in _sentences(composed.text):
        spans.extend(_joined(composed.text, list(_pieces(composed.text, sentence, _CLAUSE_END))))
    return list(map(composed.original, spans))


def _sentences(text: str) -> Iterator[Span]:
    return _pieces(text, Span(0, len(text)), _SENTENCE_END)


def _pieces(text: str, within: Span, ends: re.Pattern[str]) -> Iterator[Span]:
    start = looked_to = within.start
    for end in (*(match.end() for match in ends.finditer(text, within.start, within.end)), within.end):
        if _WORD.search(text, looked_to, end):
            piece = text[start:end]
            yield Span(end - len(piece.lstrip()), start + len(piece.rstrip()))
            start = end
        looked_to = end


def _joined(text: str, pieces: list[Span]) -> list[Span]:
    joined: list[Span] = []
    short_before = False
    for piece in pieces:
        short = _is_short(text, piece)
        if joined and (short_before or short):
            joined[-1] = Span(joined[-1].start, piece.end)
            short_before = short_before and short and _is_short(text, joined[-1])
        else:
            joined.append(piece)
            short_before = short
    return joined


def _is_short(text: str, span: Span) -> bool:
    return len(_WORD.findall(text, span.start, span.end)) < _MIN_WORDS
