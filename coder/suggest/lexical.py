"""Ranking by words alone, with the standard library: it is there before the engine's process has started."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.suggest.word_stems import WORD, folded, stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.codebook import Theme

_LABEL_WEIGHT = 3.0
_KEYWORD_WEIGHT = 2.0
_KEYWORD_SCORE = 2.0
_SATURATION = 1.2
_HEAD = 2


class LexicalRanker:
    """Ranks themes by the words an answer shares with them.

    Args:
        themes: The themes one question offers, in the codebook's order.
    """

    def __init__(self, themes: Sequence[Theme]) -> None:
        self.theme_ids = tuple(theme.id for theme in themes)
        self._postings = _postings(themes)
        self._keywords: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for column, theme in enumerate(themes):
            for keyword in theme.keywords:
                low = _from_first_word(folded(keyword))
                if low:
                    self._keywords[low[:_HEAD]].append((low, column))

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return each theme's id and score in [0, 1), best first; equal ones stay in the codebook's order."""
        scores = self.overlap(text)
        met = {(keyword, column) for _, keyword, column in self._keyword_hits(text)}
        for column, different in Counter(column for _, column in met).items():
            scores[column] += _KEYWORD_SCORE * (1 + math.log(different))
        scaled = [score / (score + _KEYWORD_SCORE) for score in scores]
        return sorted(zip(self.theme_ids, scaled, strict=True), key=lambda pair: -pair[1])

    def evidence(self, text: str, theme_id: str) -> list[Span]:
        """Return the spans of the theme's keywords and words in the text, in order, none overlapping."""
        return self.hits(text).get(theme_id, [])

    def hits(self, text: str) -> dict[str, list[Span]]:
        """Return `evidence` for every theme that has any."""
        spans_of: dict[int, set[Span]] = defaultdict(set)
        for span, _, column in self._keyword_hits(text):
            spans_of[column].add(span)
        for word, span in stems(text):
            for column, _ in self._postings.get(word, ()):
                spans_of[column].add(span)
        return {self.theme_ids[column]: _merged(sorted(spans)) for column, spans in spans_of.items()}

    def keywords(self, text: str, theme_id: str) -> list[str]:
        """Return the theme's keywords that occur in the text, as it writes them but in lower case."""
        column = self.theme_ids.index(theme_id)
        spans = _merged(sorted({span for span, _, c in self._keyword_hits(text) if c == column}))
        return list(dict.fromkeys(folded(text[start:end]) for start, end in spans))

    def overlap(self, text: str) -> list[float]:
        """Return for each theme the weight of its words in the text (BM25, the themes as documents)."""
        scores = [0.0] * len(self.theme_ids)
        for word in sorted({word for word, _ in stems(text)}):
            for column, weight in self._postings.get(word, ()):
                scores[column] += weight
        return scores

    def keyword_columns(self, text: str) -> set[int]:
        """Return the columns of the themes one of whose keywords begins a word of the text."""
        return {column for _, _, column in self._keyword_hits(text)}

    def _keyword_hits(self, text: str) -> Iterator[tuple[Span, str, int]]:
        low = folded(text)
        for word in WORD.finditer(low):
            start = word.start()
            for keyword, column in self._keywords.get(low[start : start + _HEAD], ()):
                if low.startswith(keyword, start):
                    yield Span(start, _word_end(low, start + len(keyword))), keyword, column


def _postings(themes: Sequence[Theme]) -> dict[str, list[tuple[int, float]]]:
    documents = [_word_weights(theme) for theme in themes]
    used_by = Counter(word for document in documents for word in document)
    mean_length = sum(sum(document.values()) for document in documents) / max(1, len(documents))
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for column, document in enumerate(documents):
        long = _SATURATION * (0.25 + 0.75 * sum(document.values()) / (mean_length or 1.0))
        for word, count in document.items():
            rarity = math.log(1 + (len(themes) - used_by[word] + 0.5) / (used_by[word] + 0.5))
            postings[word].append((column, rarity * count * (_SATURATION + 1) / (count + long)))
    return dict(postings)


def _word_weights(theme: Theme) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    texts = [(theme.label, _LABEL_WEIGHT), *((keyword, _KEYWORD_WEIGHT) for keyword in theme.keywords)]
    texts += [(text, 1.0) for text in (theme.definition, theme.include, *theme.examples)]
    for text, weight in texts:
        for word, _ in stems(text):
            weights[word] += weight
    return weights


def _from_first_word(keyword: str) -> str:
    word = WORD.search(keyword)
    return keyword[word.start() :].rstrip() if word else ""


def _word_end(text: str, position: int) -> int:
    while position < len(text) and text[position].isalnum():
        position += 1
    return position


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged
