"""Parts of a text a person would point at: sentences and clauses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.domain.texts.unicode_forms import formed

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIN_WORDS = 3

_SENTENCE_END = re.compile(
    r"""(?<!\b[A-Za-z])(?<!\be\.g)(?<!\bi\.e)(?<!\b[Ee]tc)(?<!\b[DM]r)
        [.!?…]+["'”’)\]]*(?=\s|$)   # a full stop that no initial or abbreviation owns
        |[\u3002\uff01\uff1f][\u300d\u300f”’\uff09]*   # the signs of languages without spaces
        |\n                         # a new line
        |(?:^|\s)[•*‣](?=\s)        # a bullet""",
    re.VERBOSE,
)
_SIGNS_AT_ENDS = r"""[;:](?=\s)|,(?!\d)|\s[-–—]+(?=\s)|\)|\s(?=\()|[\uff0c\uff1b\uff1a\u3001\u060c\u061b]"""
_CONJUNCTIONS = {
    "en": "and|but|or|so|because|although|though|while|whereas|which|if|when|unless|however",
    "de": "und|oder|aber|sondern|denn|weil|obwohl|während|wenn|falls|damit|sodass|wobei|jedoch",
    "es": "y|e|o|u|pero|sino|porque|aunque|mientras|cuando|si|pues",
    "fr": "et|ou|mais|car|donc|parce|puisque|quoique|quand|lorsque|si",
    "it": "e|ed|o|ma|però|perché|quando|mentre|se|quindi",
    "nl": "en|of|maar|want|omdat|hoewel|terwijl|wanneer|als|dus",
    "pl": "i|oraz|lub|albo|ale|bo|ponieważ|chociaż|gdy|kiedy|jeśli|więc",
    "pt": "e|ou|mas|porque|embora|enquanto|quando|se|pois",
    "ru": "и|или|но|а|потому|хотя|когда|если|поэтому",  # noqa: RUF001 - Russian letters
    "tr": "ve|veya|ama|fakat|çünkü|eğer",
}
"""Words that begin a clause, by language."""
_WORD = re.compile(r"\w+")
_SIGNS_OF_WORDS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text in order, without the white space around them."""
    composed = formed(text)
    return list(map(composed.original, _sentences(composed.text)))


def clauses(text: str, language: str = "en") -> list[Span]:
    """Return the clauses of a text in order: sentences, cut at punctuation and conjunctions.

    A piece of fewer than three words stays with its neighbour in the same sentence.

    Args:
        text: The text.
        language: Whose conjunctions end clauses; of a language that is not known, English ones.
    """
    composed = formed(text)
    spans: list[Span] = []
    for sentence in _sentences(composed.text):
        spans.extend(_joined(composed.text, list(_pieces(composed.text, sentence, _clause_end(language)))))
    return list(map(composed.original, spans))


@cache
def _clause_end(language: str) -> re.Pattern[str]:
    conjunctions = _CONJUNCTIONS.get(language, _CONJUNCTIONS["en"])
    return re.compile(rf"{_SIGNS_AT_ENDS}|\s(?=(?:{conjunctions})\s)", re.IGNORECASE)


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
    # Languages without spaces have one or two signs a word.
    piece = text[span.start : span.end]
    return len(_WORD.findall(piece)) + len(_SIGNS_OF_WORDS.findall(piece)) / 2 < _MIN_WORDS
