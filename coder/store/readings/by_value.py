"""Counting respondents by their values of an attribute, a million mentions in a fraction of a second."""

from __future__ import annotations

from collections import Counter, deque
from itertools import compress, repeat
from typing import TYPE_CHECKING

from coder.domain.tables.counts import CellCount

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SPARSE = 8
"""From so many numbers for each respondent on, their places are looked up by key."""


class ByValue:
    """A study's respondents, those with the same value of an attribute side by side.

    Who is counted is a byte for each of them: counting those of a value, and adding their weights up, is then
    done over a stretch of memory. That is several times quicker than to look each one up.

    Args:
        value_of: Each respondent's value, by their number.
        weights: What each counts in percentages, by their number; None: all alike.
    """

    def __init__(self, value_of: Mapping[int, str], weights: Mapping[int, int] | None) -> None:
        order = sorted(value_of, key=value_of.__getitem__)
        self._size = len(order)
        self._place = _places(order)
        self._value_at = [value_of[number] for number in order]
        self._weight_at = [weights[number] for number in order] if weights else []
        self._stretches: dict[str, slice] = {}
        start = 0
        for attribute_value, times in Counter(self._value_at).items():
            self._stretches[attribute_value] = slice(start, start + times)
            start += times

    def counted(self, respondents: Sequence[int]) -> dict[str, CellCount]:
        """Count respondents, mentions and weights for each value that any of them has.

        Args:
            respondents: Their numbers, once for each mention.

        Raises:
            LookupError: There is no such respondent.
            TypeError: Something else than numbers.
        """
        if respondents and min(respondents) < 0:
            raise LookupError(min(respondents))
        marks = bytearray(self._size)
        deque(map(marks.__setitem__, map(self._place, respondents), repeat(1)), maxlen=0)
        people = {
            attribute_value: times
            for attribute_value, stretch in self._stretches.items()
            if (times := marks.count(1, stretch.start, stretch.stop))
        }
        mentions: Mapping[str, int] = people
        if sum(people.values()) < len(respondents):
            mentions = Counter(map(self._value_at.__getitem__, map(self._place, respondents)))
        return {
            attribute_value: CellCount(times, mentions[attribute_value], self._weight(attribute_value, marks))
            for attribute_value, times in people.items()
        }

    def _weight(self, attribute_value: str, marks: bytearray) -> int:
        stretch = self._stretches[attribute_value]
        return sum(compress(self._weight_at[stretch], marks[stretch])) if self._weight_at else 0


def _places(order: Sequence[int]) -> Callable[[int], int]:
    """Return what gives a respondent's place in an order; LookupError where there is no such respondent."""
    highest = max(order, default=0)
    if highest > _SPARSE * (len(order) + 1) or min(order, default=0) < 0:
        return {number: place for place, number in enumerate(order)}.__getitem__
    # The place of nobody is beyond all marks.
    places = [len(order)] * (highest + 1)
    for place, number in enumerate(order):
        places[number] = place
    return places.__getitem__
