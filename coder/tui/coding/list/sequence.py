"""A list that is not in the order of the file: what comes where, and what comes next."""

from __future__ import annotations

from array import array
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

_FIRST_LOOK = 200
_FURTHER = 5000


class Sequenced:
    """Responses in an order.

    Args:
        numbers: Each once.
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = array("l", numbers)

    @cached_property
    def _place(self) -> Mapping[int, int]:
        return {number: place for place, number in enumerate(self._numbers)}

    def arranged(self, listed: Collection[int]) -> array[int]:
        """Return the listed in this order; those that it lacks come last, as they came."""
        wanted = set(listed)
        known = array("l", (number for number in self._numbers if number in wanted))
        known.extend(number for number in listed if number not in self._place)
        return known

    def next_after(self, number: int, passing: Callable[[Sequence[int]], Collection[int]]) -> int | None:
        """Return the first after a response that passes; from the first on where it lacks the response.

        Args:
            number: The response.
            passing: Returns which of some responses pass. It is asked about few at first.
        """
        rest = islice(self._numbers, self._place.get(number, -1) + 1, None)
        size = _FIRST_LOOK
        while some := list(islice(rest, size)):
            passed = passing(some)
            found = next((each for each in some if each in passed), None)
            if found is not None:
                return found
            size = _FURTHER
        return None

    def followed_by(self, numbers: Iterable[int], here: int) -> Sequenced:
        """Return a newer order that leaves everything up to a response where it is."""
        kept = self._numbers[: self._place.get(here, -1) + 1]
        before = set(kept)
        return Sequenced([*kept, *(number for number in numbers if number not in before)])
