"""Parts of a text a person would point at: sentences and clauses."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.domain.texts.unicode_forms import formed
from coder.text.clause_words import CLAUSE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MIN_WORDS = 3

_SENTENCE_END = re.compile(
    r"""(?<!\b[A-Za-z])(?<!\be\.g)(?<!\bi\.e)(?<!\b[Ee]tc)(?<!\b[DM]r)
        (?<!\bM[rs]s)(?<!\bMs)(?<!\bvs)(?<!\bProf)(?<![Ss]tr)(?<!\bNr)(?<!\bbzw)(?<!\bca)(?<!\binkl)
        [.!?…]+["'”’)\]]*(?=\s|$)   # a full stop that no initial or abbreviation owns
        |[\u3002\uff01\uff1f][\u300d\u300f”’\uff09]*   # the signs of languages without spaces
        |\n                         # a new line
        |(?:^|\s)[•*‣](?=\s)        # a bullet""",
    re.VERBOSE,
)
_SIGN_AT_END = re.compile(
    r"""[;:](?=\s)|,(?!\d)|\s[-–—]+(?=\s)|\)|\s(?=\()|[\uff0c\uff1b\uff1a\u3001\u060c\u061b]"""
)
_WORD = re.compile(r"\w+")
_SPOKEN_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


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
        ends = _clause_ends(composed.text, sentence, language)
        spans.extend(_joined(composed.text, list(_pieces(composed.text, sentence, ends))))
    return list(map(composed.original, spans))


def _clause_ends(text: str, within: Span, language: str) -> list[int]:
    """Return where clauses may end inside a sentence, in order."""
    signs = _SIGN_AT_END.finditer(text, within.start, within.end)
    ends = {match.end() for match in signs if match.group() != ")" or _is_clause(text, match.start())}
    rules = CLAUSE_WORDS.get(language, CLAUSE_WORDS["en"])
    word_spans = [match.span() for match in _SPOKEN_WORD.finditer(text, within.start, within.end)]
    words = [text[start:end].lower().replace("\u2019", "'") for start, end in word_spans]
    begun = 0
    for i in range(1, len(words)):
        if rules.begins_clause(words, i):
            opening = i
            while opening > begun + 1 and words[opening - 1] in rules.preceding.split():
                opening -= 1
            begun = i
            if text[word_spans[opening][0] - 1].isspace():
                ends.add(word_spans[opening][0] - 1)
    return sorted(ends)


def _is_clause(text: str, closing: int) -> bool:
    """Tell whether a closing bracket ends more than a word or two, which others need behind them."""
    opening = text.rfind("(", 0, closing)
    return opening < 0 or not _is_short(text, Span(opening, closing))


def _sentences(text: str) -> Iterator[Span]:
    return _pieces(text, Span(0, len(text)), [match.end() for match in _SENTENCE_END.finditer(text)])


def _pieces(text: str, within: Span, ends: Sequence[int]) -> Iterator[Span]:
    start = looked_to = within.start
    for end in (*ends, within.end):
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
    signs = 0 if piece.isascii() else len(_signs_of_words().findall(piece))
    return len(_WORD.findall(piece)) + signs / 2 < _MIN_WORDS


@cache
def _signs_of_words() -> re.Pattern[str]:
    """Return the pattern of signs that are words; made at its first use, for it takes milliseconds."""
    return re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
