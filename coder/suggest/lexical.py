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
        self._columns_of: dict[str, list[int]] = defaultdict(list)
        """The themes that have a keyword, by the keyword in lower case."""
        for column, theme in enumerate(themes):
            for keyword in dict.fromkeys(_from_first_word(folded(keyword)) for keyword in theme.keywords):
                if keyword:
                    self._columns_of[keyword].append(column)
        lengths = defaultdict(set)
        for keyword in self._columns_of:
            lengths[keyword[:_HEAD]].add(len(keyword))
        self._lengths = {head: sorted(sizes) for head, sizes in lengths.items()}
        """How long the keywords are that begin with the same letters."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return each theme's id and score in [0, 1), best first; equal ones stay in the codebook's order."""
        scores = self.overlap(text)
        keywords = {keyword for _, keyword in self._keyword_hits(text)}
        columns = Counter(column for keyword in keywords for column in self._columns_of[keyword])
        for column, different in columns.items():
            scores[column] += _KEYWORD_SCORE * (1 + math.log(different))
        scaled = [score / (score + _KEYWORD_SCORE) for score in scores]
        return sorted(zip(self.theme_ids, scaled, strict=True), key=lambda pair: -pair[1])

    def evidence(self, text: str, theme_id: str) -> list[Span]:
        """Return the spans of the theme's keywords and words in the text, in order, none overlapping."""
        column = self.theme_ids.index(theme_id)
        spans = {span for span, keyword in self._keyword_hits(text) if column in self._columns_of[keyword]}
        own_stems = {word for word, _ in stems(text) if self._is_word_of(word, column)}
        spans |= {span for word, span in stems(text) if word in own_stems}
        return _merged(sorted(spans))

    def hits(self, text: str) -> dict[str, list[Span]]:
        """Return `evidence` for every theme that has any."""
        spans_of: dict[int, set[Span]] = defaultdict(set)
        for span, keyword in self._keyword_hits(text):
            for column in self._columns_of[keyword]:
                spans_of[column].add(span)
        for word, span in stems(text):
            for column, _ in self._postings.get(word, ()):
                spans_of[column].add(span)
        return {self.theme_ids[column]: _merged(sorted(spans)) for column, spans in spans_of.items()}

    def keywords(self, text: str, theme_id: str) -> list[str]:
        """Return the theme's keywords that occur in the text, as it writes them but in lower case."""
        column = self.theme_ids.index(theme_id)
        hits = self._keyword_hits(text)
        spans = _merged(sorted({span for span, keyword in hits if column in self._columns_of[keyword]}))
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
        return {column for _, keyword in self._keyword_hits(text) for column in self._columns_of[keyword]}

    def _is_word_of(self, word: str, column: int) -> bool:
        return any(theme == column for theme, _ in self._postings.get(word, ()))

    def _keyword_hits(self, text: str) -> Iterator[tuple[Span, str]]:
        """Yield each place where a keyword begins a word, to the end of the last word that it touches."""
        low = folded(text)
        for word in WORD.finditer(low):
            start = word.start()
            for length in self._lengths.get(low[start : start + _HEAD], ()):
                keyword = low[start : start + length]
                if keyword in self._columns_of:
                    yield Span(start, _word_end(low, start + len(keyword))), keyword


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
