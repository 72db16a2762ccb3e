"""Which answers of a list are ticked: what is decided next is about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Ticks:
    """The answers ticked in a list, by the number that their row shows."""

    def __init__(self) -> None:
        self._numbers: dict[int, None] = {}

    def __contains__(self, number: int) -> bool:
        """Tell whether an answer is ticked."""
        return number in self._numbers

    def __len__(self) -> int:
        """Return how many rows are ticked."""
        return len(self._numbers)

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of those ticked, in the order in which they were."""
        return list(self._numbers)

    def toggle(self, number: int) -> None:
        """Tick an answer, or take its tick away."""
        if number in self._numbers:
            del self._numbers[number]
        else:
            self._numbers[number] = None

    def add(self, numbers: Iterable[int]) -> None:
        """Tick answers; those that are ticked stay so."""
        self._numbers |= dict.fromkeys(numbers)

    def drop(self) -> None:
        """Take all ticks away."""
        self._numbers.clear()
