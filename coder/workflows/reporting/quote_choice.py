"""Choosing some of many quotes so that they cover the range: no two alike while others are left."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name
from coder.suggest.word_stems import stems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Vector = Mapping[str, float]

_NEW_VALUES = 0.3
"""What attributes count whose values no chosen quote has yet; words nothing in common count 1.4."""
_LONG = 300
"""Characters up to which no quote is long."""
_LOOKED_AT = 2000
"""Of more quotes, so many are compared, evenly spread over the survey."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quote that may be chosen."""

    text: str
    respondent: int
    attribute_values: tuple[str, ...] = ()
    """What is told of the respondent, empty where nothing is."""
    alone: bool = True
    """Whether it is about the theme alone."""


def choose(candidates: Sequence[Candidate], most: int) -> list[int]:
    """Return the numbers of the quotes chosen, from 0, in the order of choice; the same ones every time.

    The first is the one most like all others. Each further one is the least like those already chosen
    (greedy max-min dissimilarity, T. F. Gonzalez 1985: the two most alike of them differ at least half
    as much as in any other choice), with something added for attribute values not yet there. Respondents
    not yet quoted come before others, then texts of moderate length that are about the theme alone
    before those that are one of the two. The same text is chosen once.
    """
    looked_at = _spread_out(_distinct(candidates))
    choice = _Choice([candidates[number] for number in looked_at])
    return [looked_at[choice.take_next()] for _ in range(min(most, len(looked_at)))]


class _Choice:
    """The quotes chosen so far, and what speaks for each of the others."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._vectors = word_vectors([candidate.text for candidate in candidates])
        self._moderate = _moderate([len(candidate.text) for candidate in candidates])
        middle: Counter[str] = Counter()
        for vector in self._vectors:
            middle.update(vector)
        self._apart = [_product(vector, middle) for vector in self._vectors]
        """How far each is from the nearest one chosen; before there is one, how much it is like all."""
        self._left = dict.fromkeys(range(len(candidates)))
        self._quoted: set[int] = set()
        self._shown: set[tuple[int, str]] = set()

    def take_next(self) -> int:
        """Choose one more; return its number."""
        best = max(self._left, key=self._merit)
        del self._left[best]
        for number in self._left:
            apart = distance(self._vectors[number], self._vectors[best])
            self._apart[number] = min(self._apart[number], apart) if self._quoted else apart
        self._quoted.add(self._candidates[best].respondent)
        self._shown |= set(enumerate(self._candidates[best].attribute_values))
        return best

    def _merit(self, number: int) -> tuple[bool, int, float]:
        candidate = self._candidates[number]
        new = [bool(shown[1]) and shown not in self._shown for shown in enumerate(candidate.attribute_values)]
        bonus = _NEW_VALUES * sum(new) / len(new) if new else 0.0
        fit = self._moderate[number] + candidate.alone
        return candidate.respondent not in self._quoted, fit, self._apart[number] + bonus


def word_vectors(texts: Sequence[str]) -> list[Vector]:
    """Return for each text its words' weights: TF-IDF among these texts, of length 1; empty without words."""
    counts = [Counter(word for word, _ in stems(text)) for text in texts]
    used_by = Counter(word for count in counts for word in count)
    rarity = {word: 1 + math.log(len(texts) / times) for word, times in used_by.items()}
    return [_of_length_one({word: n * rarity[word] for word, n in count.items()}) for count in counts]


def distance(vector: Vector, another: Vector) -> float:
    """Return how far two vectors of length 1 lie apart: 0 the same words, 1.41 none in common."""
    squares = bool(vector) + bool(another) - 2 * _product(vector, another)
    return math.sqrt(max(squares, 0.0))


def _product(shorter: Vector, longer: Vector) -> float:
    if len(longer) < len(shorter):
        shorter, longer = longer, shorter
    return sum(weight * longer[word] for word, weight in shorter.items() if word in longer)


def _of_length_one(vector: Vector) -> Vector:
    length = math.hypot(*vector.values())
    return {word: weight / length for word, weight in vector.items()}


def _distinct(candidates: Sequence[Candidate]) -> list[int]:
    """Return the numbers of the candidates, of several with one text (whatever the case) the first alone."""
    by_text: dict[str, int] = {}
    for number, candidate in enumerate(candidates):
        by_text.setdefault(fold_name(candidate.text), number)
    return list(by_text.values())


def _spread_out(numbers: Sequence[int]) -> Sequence[int]:
    return numbers[:: math.ceil(len(numbers) / _LOOKED_AT) or 1]


def _moderate(lengths: Sequence[int]) -> list[bool]:
    """Tell of each length whether it is neither short (below half the median) nor long."""
    middle = median(lengths) if lengths else 0
    return [middle / 2 <= length <= max(2 * middle, _LONG) for length in lengths]
