"""Answers of the same words as one row of a list: which answer a row shows, and which others stand in it."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence


class EqualRows:
    """The answers of a list, those of the same words that are done, or not, in a row together.

    Args:
        numbers: The answers in the list's order; a row stands where the first of its answers would.
        groups: What answers of the same words share; those that stand alone are left out.
    """

    def __init__(self, numbers: Iterable[int] = (), groups: Mapping[int, Hashable] | None = None) -> None:
        self.numbers: Sequence[int] = array("l", numbers)
        """The answer that each row shows, from top to bottom."""
        self.answers = self.numbers
        """The answers of all the rows, in the list's order."""
        self._shown_by: dict[int, int] = {}
        """The others of each row, to the one that it shows."""
        self._counts: dict[int, int] = {}
        if groups:
            self._join(groups)

    def _join(self, groups: Mapping[int, Hashable]) -> None:
        shown: dict[Hashable, int] = {}
        rows = array("l")
        for number in self.numbers:
            group = groups.get(number)
            first = number if group is None else shown.setdefault(group, number)
            if first == number:
                rows.append(number)
            else:
                self._shown_by[number] = first
                self._counts[first] = self._counts.get(first, 1) + 1
        self.numbers = rows

    def shown_by(self, number: int) -> int:
        """Return the answer that the row of an answer shows: another, or itself."""
        return self._shown_by.get(number, number)

    def count(self, number: int) -> int:
        """Return how many answers stand in the row that shows one."""
        return self._counts.get(number, 1)
