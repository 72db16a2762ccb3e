"""Ranking by words alone, with the standard library: it is there before the engine's process has started."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Span
from coder.domain.texts.unicode_forms import FormedText, formed
from coder.suggest.word_stems import WORD, folded, inflected_stem, is_telling, stem, stems, word_places

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from coder.domain.codebook import Theme

_LABEL_WEIGHT = 3.0
_KEYWORD_WEIGHT = 2.0
_KEYWORD_SCORE = 2.0
_SATURATION = 1.2


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
            for keyword in dict.fromkeys(
                _from_first_word(folded(formed(keyword).text)) for keyword in theme.keywords
            ):
                if keyword:
                    self._columns_of[keyword].append(column)
        self._lengths = _lengths((keyword[0], keyword) for keyword in self._columns_of)
        """How long the keywords are that begin with the same letter."""
        self._phrase_lengths = _lengths(
            (word, keyword) for keyword in self._columns_of if (word := _first_word(keyword)) != keyword
        )
        """How long the keywords are that go on after the same first word."""
        self._other_forms: dict[str, list[_Keyword]] = defaultdict(list)
        """The keywords by what the forms of their first word share."""
        for keyword in self._columns_of:
            forms = tuple(map(inflected_stem, WORD.findall(keyword)))
            self._other_forms[forms[0]].append(_Keyword(keyword, forms))
        self._reading_of = lru_cache(maxsize=1)(self._read)

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return each theme's id and score in [0, 1), best first; equal ones stay in the codebook's order."""
        scores = self.overlap(text)
        keywords = self._reading_of(text).keywords
        columns = Counter(column for keyword in keywords for column in self._columns_of[keyword])
        for column, different in columns.items():
            scores[column] += _KEYWORD_SCORE * (1 + math.log(different))
        scaled = [score / (score + _KEYWORD_SCORE) for score in scores]
        return sorted(zip(self.theme_ids, scaled, strict=True), key=lambda pair: -pair[1])

    def evidence(self, text: str, theme_id: str) -> list[Span]:
        """Return the spans of the theme's keywords and words in the text, in order, none overlapping."""
        column = self.theme_ids.index(theme_id)
        stretches = self._keyword_stretches(text, column)
        reading = self._reading_of(text)
        for word, of_word in reading.stems.items():
            if any(theme == column for theme, _ in self._postings.get(word, ())):
                stretches += of_word
        return _original(reading, stretches)

    def hits(self, text: str) -> dict[str, list[Span]]:
        """Return `evidence` for every theme that has any."""
        reading = self._reading_of(text)
        stretches_of: dict[int, list[_Stretches]] = defaultdict(list)
        for keyword, stretches in reading.keywords.items():
            for column in self._columns_of[keyword]:
                stretches_of[column] += stretches
        for word, stretches in reading.stems.items():
            for column, _ in self._postings.get(word, ()):
                stretches_of[column] += stretches
        return {
            self.theme_ids[column]: _original(reading, stretches)
            for column, stretches in stretches_of.items()
        }

    def keywords(self, text: str, theme_id: str) -> list[str]:
        """Return the theme's keywords that occur in the text, as it writes them but in lower case."""
        spans = _merged(self._keyword_stretches(text, self.theme_ids.index(theme_id)))
        composed = self._reading_of(text).composed.text
        return list(dict.fromkeys(folded(composed[start:end]) for start, end in spans))

    def overlap(self, text: str) -> list[float]:
        """Return for each theme the weight of its words in the text (BM25, the themes as documents)."""
        scores = [0.0] * len(self.theme_ids)
        for word in sorted(self._reading_of(text).stems):
            for column, weight in self._postings.get(word, ()):
                scores[column] += weight
        return scores

    def keyword_columns(self, text: str) -> set[int]:
        """Return the columns of the themes one of whose keywords begins a word of the text."""
        return {column for keyword in self._reading_of(text).keywords for column in self._columns_of[keyword]}

    def _keyword_stretches(self, text: str, column: int) -> list[_Stretches]:
        return [
            stretches
            for keyword, of_keyword in self._reading_of(text).keywords.items()
            if column in self._columns_of[keyword]
            for stretches in of_keyword
        ]

    def _read(self, text: str) -> _Reading:
        """Find all keywords and stems; each different word is looked at once, however often it occurs."""
        composed = formed(text)
        low = folded(composed.text)
        reading = _Reading(composed, defaultdict(list), defaultdict(list))
        may_begin: set[str] = set()
        for word, starts in word_places(low).items():
            if is_telling(word):
                reading.stems[stem(word)].append(_Stretches(len(word), starts))
                if self._other_forms and inflected_stem(word) in self._other_forms:
                    may_begin.add(word)
            for length in self._lengths.get(word[0], ()):
                if word[:length] in self._columns_of and length <= len(word):
                    reading.keywords[word[:length]].append(_Stretches(_word_end(word, length), starts))
            for length in self._phrase_lengths.get(word, ()):
                for start in starts:
                    if (phrase := low[start : start + length]) in self._columns_of:
                        end = _word_end(low, start + len(phrase))
                        reading.keywords[phrase].append(_Stretches(end - start, [start]))
        if may_begin:
            self._meet_other_forms(low, may_begin, reading)
        return reading

    def _meet_other_forms(self, low: str, may_begin: Collection[str], reading: _Reading) -> None:
        """Add the keywords whose words stand in a text in other forms: "wait time" for "waiting times"."""
        words = list(WORD.finditer(low))
        for i, opening in enumerate(words):
            if opening.group() not in may_begin:
                continue
            for keyword, forms in self._other_forms[inflected_stem(opening.group())]:
                stretch = words[i : i + len(forms)]
                if tuple(inflected_stem(match.group()) for match in stretch) == forms:
                    start, end = opening.start(), stretch[-1].end()
                    reading.keywords[keyword].append(_Stretches(end - start, [start]))


class _Keyword(NamedTuple):
    """A keyword in lower case, and what the forms of each of its words share."""

    text: str
    forms: tuple[str, ...]


class _Stretches(NamedTuple):
    """Stretches of a text, all of the same length."""

    length: int
    starts: Sequence[int]


class _Reading(NamedTuple):
    """Where keywords begin words of a text, each to the end of the last word it touches; and its stems.

    Their stretches are those of the text in NFC, as which it is read.
    """

    composed: FormedText
    keywords: dict[str, list[_Stretches]]
    stems: dict[str, list[_Stretches]]


def _lengths(keywords: Iterable[tuple[str, str]]) -> dict[str, list[int]]:
    """Return the lengths of the keywords of each beginning, given pairs of beginning and keyword."""
    lengths = defaultdict(set)
    for beginning, keyword in keywords:
        lengths[beginning].add(len(keyword))
    return {beginning: sorted(of_beginning) for beginning, of_beginning in lengths.items()}


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


def _first_word(keyword: str) -> str:
    word = WORD.match(keyword)
    return word.group() if word else ""


def _word_end(text: str, position: int) -> int:
    while position < len(text) and text[position].isalnum():
        position += 1
    return position


def _original(reading: _Reading, stretches: Iterable[_Stretches]) -> list[Span]:
    """Return the stretches as spans of the text as it is."""
    return list(map(reading.composed.original, _merged(stretches)))


def _merged(stretches: Iterable[_Stretches]) -> list[Span]:
    """Return the stretches as spans in order, those that touch as one."""
    merged: list[Span] = []
    spans = ((start, start + length) for length, starts in stretches for start in starts)
    for start, end in sorted(spans):
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Span(start, end))
    return merged
