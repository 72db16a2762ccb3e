"""Which words of an answer carry a theme: a run of clauses within one sentence.

What is found rests on the answer, on the themes that its question offers, and on nothing that was learned:
the same answer and theme have the same words in every sitting and for everybody, until the codebook changes.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coder.domain.codings import Span
from coder.domain.texts.unicode_forms import formed
from coder.errors import CoderError
from coder.suggest.arrays import unit_rows
from coder.suggest.features import theme_text
from coder.suggest.lexical import LexicalRanker
from coder.suggest.word_stems import WORD, folded, stem
from coder.text.clause_readers import BY_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.languages.answer_languages import AnswerLanguages
    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.encoders import Encoder

_WINDOWS = (8, 12, 16)
_STEP = 2
_MOST_WINDOWS = 75
"""Of each length; in a longer text they are further apart."""
_OVERLAP_WEIGHT = 0.01
_KEYWORD_WEIGHT = 0.06
_OWN = 0.5
"""How much of a clause's score is its own; the rest is that of the windows over it."""
_USUAL_WORDS = 12
_LENGTH_WEIGHT = 0.3
_WHOLE_WORDS = 13
"""A text of no more words is not cut."""
_MOST_CLAUSES = 120
"""Clauses that are scored; in a longer text several neighbours are scored as one."""
_MOST_RUN = 40
"""Words of a run of several clauses."""
_MOST_SPANS = 5
LEAST_SCORE = 0.03
"""A run that scores less carries nothing."""
LEAST_OF_WORDS = 0.001
"""The same where words alone are compared."""


class AnswerReading(Protocol):
    """How answers in some language are read."""

    def sentences(self, text: str) -> Sequence[Span]:
        """Return the sentences of a text, in order."""

    def clauses(self, text: str) -> Sequence[Span]:
        """Return the clauses of a text, in order; none goes beyond a sentence."""

    def lemmas(self, word: str) -> frozenset[str]:
        """Return what a word in lower case may be a form of."""


class PassageReading(NamedTuple):
    """How the words of answers that carry themes are looked for."""

    encoder: Encoder | None = None
    """Compares parts of answers with themes; None, the encoder that leads."""
    in_language: Callable[[str], AnswerReading] = lambda _: BY_RULES
    """Returns how answers are read, given their language, of two letters; empty: it is not sure."""

    def reading(self, languages: AnswerLanguages) -> AnswerReading:
        """Return how the answers to a question are read: as in the language that most of them are in."""
        return self.in_language(languages.codes[0] if languages.codes else "")


class _Run(NamedTuple):
    """Neighbouring clauses [first, end)."""

    first: int
    end: int
    gain: float


class CarryingWords:
    """Finds the words that carry themes.

    Args:
        themes: The themes; results go by their ids.
        encoder: What the passages of an answer are compared to themes with; None goes by words alone.
    """

    def __init__(self, themes: Sequence[Theme], encoder: Encoder | None) -> None:
        self._column = {theme.id: column for column, theme in enumerate(themes)}
        self._texts = [theme_text(theme) for theme in themes]
        self._keywords = {theme.id: theme.keywords for theme in themes}
        self._lexical = LexicalRanker(themes)
        self._encoder = encoder
        self._theme_vectors: Floats | None = None

    def spans(
        self,
        text: str,
        theme_ids: Sequence[str],
        offered: Collection[str],
        reading: AnswerReading,
        *,
        by_meaning: bool = True,
    ) -> dict[str, tuple[Span, ...]]:
        """Return the spans of a text that carry each theme, best first, none overlapping; at most five.

        Each begins and ends with a clause. None stands for a theme that no words carry well enough.

        Args:
            text: The answer.
            theme_ids: The themes.
            offered: All themes of the question: how a theme differs from them is what counts.
            reading: How the answer is read.
            by_meaning: Whether the encoder knows its language.
        """
        composed = formed(text)
        passages = _Passages(composed.text, reading)
        if not passages.clauses:
            return dict.fromkeys(theme_ids, ())
        likeness = self._likeness(passages.texts, theme_ids, offered if by_meaning else ())
        least = LEAST_SCORE if likeness.any() else LEAST_OF_WORDS
        scored = self._scores(passages, theme_ids, likeness, reading)
        return {
            theme_id: tuple(map(composed.original, passages.best(scored[theme_id], least)))
            for theme_id in theme_ids
        }

    def keywords(self, text: str, theme_id: str, reading: AnswerReading) -> list[str]:
        """Return the theme's keywords as the text writes them, in lower case, in other forms as well.

        A keyword is met at the beginning of a word, and where a word may be a form of the same as its own.
        """
        composed = formed(text).text
        words = list(WORD.finditer(folded(composed)))
        met = dict.fromkeys(self._lexical.keywords(text, theme_id))
        for first, end in self._met([word.group() for word in words], theme_id, reading):
            met.setdefault(folded(composed[words[first].start() : words[end - 1].end()]))
        return [keyword for keyword in met if not any(keyword != other and keyword in other for other in met)]

    def _met(self, words: Sequence[str], theme_id: str, reading: AnswerReading) -> list[tuple[int, int]]:
        """Return the numbers [first, end) of words that meet a keyword of a theme."""
        forms = {word: _forms(word, reading) for word in words}
        met = []
        for keyword in self._keywords[theme_id]:
            own_words = WORD.findall(folded(formed(keyword).text))
            own_forms = [_forms(word, reading) for word in own_words]
            for first in range(len(words) - len(own_words) + 1) if own_words else ():
                stretch = words[first : first + len(own_words)]
                alike = [bool(forms[word] & form) for word, form in zip(stretch, own_forms, strict=True)]
                if all(alike[:-1]) and (alike[-1] or stretch[-1].startswith(own_words[-1])):
                    met.append((first, first + len(own_words)))
        return met

    def _scores(
        self, passages: _Passages, theme_ids: Sequence[str], likeness: Floats, reading: AnswerReading
    ) -> Mapping[str, Floats]:
        """Return for each theme a score of each of the passages' texts."""
        import numpy as np

        overlap = np.array([self._lexical.overlap(passage) for passage in passages.texts], dtype=np.float32)
        scores = {}
        for row, theme_id in enumerate(theme_ids):
            column = self._column[theme_id]
            met = self._met(passages.words, theme_id, reading)
            with_keyword = [
                any(first <= begin and stop <= end for begin, stop in met)
                for first, end in passages.stretches
            ]
            words = _OVERLAP_WEIGHT * overlap[:, column] + _KEYWORD_WEIGHT * np.array(with_keyword)
            scores[theme_id] = likeness[:, row] + words.astype(np.float32)
        return scores

    def _likeness(
        self, passages: Sequence[str], theme_ids: Sequence[str], offered: Collection[str]
    ) -> Floats:
        """Return (n passages, n themes) cosines, both sides less the mean of the offered themes.

        They are all 0 where no themes are offered, or without an encoder.
        """
        import numpy as np

        if self._encoder is None or not offered:
            return np.zeros((len(passages), len(theme_ids)), dtype=np.float32)
        columns = [self._column[theme_id] for theme_id in theme_ids]
        try:
            if self._theme_vectors is None:
                self._theme_vectors = self._encoder.encode(self._texts)
            different = list(dict.fromkeys(passages))
            encoded = self._encoder.encode(different)
        except CoderError:
            self._encoder = None  # it is told once; from now on words decide
            raise
        mean = self._theme_vectors[[self._column[theme_id] for theme_id in offered]].mean(axis=0)
        # Of a theme that is alone nothing would be left.
        mean = mean if len(offered) > 1 else np.zeros_like(mean)
        rows = dict(zip(different, unit_rows(encoded - mean), strict=True))
        vectors = np.array([rows[passage] for passage in passages], dtype=np.float32)
        likeness: Floats = vectors @ unit_rows(self._theme_vectors[columns] - mean).T
        return likeness


class _Passages:
    """The clauses of a text and windows of words over them, both of which are scored.

    Args:
        text: The text, in NFC.
        reading: How it is read.
    """

    def __init__(self, text: str, reading: AnswerReading) -> None:
        places = [match.span() for match in WORD.finditer(text)]
        self.words = [folded(text[start:end]) for start, end in places]
        whole = len(places) <= _WHOLE_WORDS
        clauses = [Span(*clause) for clause in reading.clauses(text)]
        if whole and clauses:
            clauses = [Span(clauses[0].start, clauses[-1].end)]
        ends = [sentence.end for sentence in reading.sentences(text)]
        self.clauses, self._sentences = _with_sentences(clauses, ends)
        starts = [start for start, _ in places]
        self._of_clauses = [
            (bisect_left(starts, clause.start), bisect_left(starts, clause.end)) for clause in self.clauses
        ]
        self._windows = [] if whole else [_windows(len(places), length) for length in _WINDOWS]
        over = [window for of_length in self._windows for window in of_length]
        self.stretches = [*self._of_clauses, *over]
        """The numbers [first, end) of the words of each passage: the clauses, then the windows."""
        window_texts = [text[places[first][0] : places[end - 1][1]] for first, end in over]
        self.texts = [*(text[start:end] for start, end in self.clauses), *window_texts]

    def best(self, scores: Floats, least: float) -> list[Span]:
        """Return the spans that score best, best first, given scores of `texts`; none below the least."""
        own = scores[: len(self.clauses)]
        if len(self.clauses) == 1:
            return self.clauses  # nothing is picked out of it
        mixed = _OWN * own + (1 - _OWN) * self._of_windows(scores[len(self.clauses) :])
        counts = [max(1, end - first) for first, end in self._of_clauses]
        mean = sum(score * n for score, n in zip(mixed, counts, strict=True)) / sum(counts)
        gains = [n * float(score - mean) for score, n in zip(mixed, counts, strict=True)]
        free, spans = set(range(len(self.clauses))), list[Span]()
        while free and len(spans) < _MOST_SPANS:
            run = self._best_run(gains, counts, free)
            score = max(float(mixed[i]) for i in range(run.first, run.end))
            if not spans and score < least:
                return []
            spans.append(Span(self.clauses[run.first].start, self.clauses[run.end - 1].end))
            free -= set(range(run.first, run.end))
        return spans

    def _best_run(self, gains: Sequence[float], counts: Sequence[int], free: Collection[int]) -> _Run:
        best: _Run | None = None
        for first in sorted(free):
            gain, n = 0.0, 0
            for i in range(first, len(gains)):
                beyond = self._sentences[i] != self._sentences[first] or (
                    i > first and n + counts[i] > _MOST_RUN
                )
                if beyond or i not in free:
                    break
                gain, n = gain + gains[i], n + counts[i]
                run = _Run(first, i + 1, gain - _LENGTH_WEIGHT * abs(math.log(n / _USUAL_WORDS)))
                best = run if best is None or run.gain > best.gain + 1e-6 else best
        assert best is not None  # noqa: S101 - `free` is never empty
        return best

    def _of_windows(self, scores: Floats) -> Floats:
        """Return for each clause the mean score of the windows over its words, each length counted alike."""
        import numpy as np

        total = np.zeros(len(self.words), dtype=np.float64)
        start = 0
        for windows in self._windows:
            of_length = scores[start : start + len(windows)]
            start += len(windows)
            sums, times = np.zeros(len(self.words)), np.zeros(len(self.words))
            for (first, end), score in zip(windows, of_length, strict=True):
                sums[first:end] += score
                times[first:end] += 1
            total += np.where(times > 0, sums / np.maximum(times, 1), of_length.mean()) / len(self._windows)
        return np.array([total[first:end].mean() if end > first else 0 for first, end in self._of_clauses])


def _windows(n_words: int, length: int) -> list[tuple[int, int]]:
    """Return the windows [first, end) of so many words."""
    last = max(0, n_words - length)
    step = max(_STEP, -(-last // _MOST_WINDOWS))
    return [(first, min(first + length, n_words)) for first in dict.fromkeys((*range(0, last, step), last))]


def _with_sentences(clauses: Sequence[Span], sentence_ends: Sequence[int]) -> tuple[list[Span], list[int]]:
    """Return clauses, neighbours as one where there are too many, and for each the number of its sentence."""
    numbers, sentence = [], 0
    for clause in clauses:
        while sentence < len(sentence_ends) - 1 and sentence_ends[sentence] <= clause.start:
            sentence += 1
        numbers.append(sentence)
    together = -(-len(clauses) // _MOST_CLAUSES)
    if together <= 1:
        return list(clauses), numbers
    groups = [range(first, min(first + together, len(clauses))) for first in range(0, len(clauses), together)]
    return [Span(clauses[g[0]].start, clauses[g[-1]].end) for g in groups], [numbers[g[0]] for g in groups]


def _forms(word: str, reading: AnswerReading) -> frozenset[str]:
    """Return what a word may be a form of, and its stem."""
    return reading.lemmas(word) | {f"{stem(word)}-"}
