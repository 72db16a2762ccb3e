"""Answers in an order that is not the file's: which comes where, and which comes next."""

from __future__ import annotations

from array import array
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

_FIRST_LOOK = 200
_FURTHER = 5000


class Sequenced:
    """Responses in an order.

    Args:
        numbers: Their numbers, without repeats.
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = array("l", numbers)

    @cached_property
    def _index(self) -> Mapping[int, int]:
        return {number: index for index, number in enumerate(self._numbers)}

    def arranged(self, listed: Collection[int]) -> array[int]:
        """Return listed responses in this order; those that it lacks come last, as they came."""
        among = set(listed)
        arranged = array("l", (number for number in self._numbers if number in among))
        arranged.extend(number for number in listed if number not in self._index)
        return arranged

    def followed_by(self, numbers: Iterable[int], here: int) -> Sequenced:
        """Return a newer order that leaves everything up to a response where it is."""
        unmoved = self._numbers[: self._index.get(here, -1) + 1]
        up_to_here = set(unmoved)
        return Sequenced([*unmoved, *(number for number in numbers if number not in up_to_here)])


def first_passing(numbers: Iterator[int], passing: Callable[[Sequence[int]], Collection[int]]) -> int | None:
    """Return the first of some responses that passes, or None.

    Args:
        numbers: The responses, in order.
        passing: Returns which of some responses pass. It is called with few at first.
    """
    size = _FIRST_LOOK
    while batch := list(islice(numbers, size)):
        passed = passing(batch)
        first_passed = next((number for number in batch if number in passed), None)
        if first_passed is not None:
            return first_passed
        size = _FURTHER
    return None
