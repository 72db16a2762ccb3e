"""Codings that a model fitted without them would not have suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.second_look import Doubted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from coder.suggest.arrays import Floats

FEWEST = 50
"""Finished responses that a second look needs at least."""


class Finished:
    """The numbers of the responses whose coder was done, in the order of the rows of `out_of_fold`."""

    def __init__(self) -> None:
        self._numbers: dict[int, None] = {}

    def __contains__(self, number: int) -> bool:
        """Tell whether a response's coder was done."""
        return number in self._numbers

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    def numbers(self) -> list[int]:
        """Return the numbers in the order of the rows."""
        return list(self._numbers)

    def drop(self, numbers: Iterable[int]) -> None:
        """Take responses out."""
        for number in numbers:
            self._numbers.pop(number, None)

    def put(self, numbers: Collection[int], *, complete: bool) -> None:
        """Add responses that were learned, at the end; if not complete, take them out."""
        self.drop(numbers)
        if complete:
            self._numbers |= dict.fromkeys(numbers)


def strengths(probabilities: Floats, coded: Floats) -> Floats:
    """Return (n, K) numbers in (0, 1): how strongly the models contradict what the coder chose.

    For a theme that was not chosen: its probability p. For one that was: sqrt(b) / (sqrt(b) + p), where b
    is its share of the responses. A rare theme has a low p even where it is right: the root of b makes up for
    half of that on a logarithmic scale.

    Args:
        probabilities: (n, K), by models fitted without the row.
        coded: (n, K), 1 where the theme stands.
    """
    import numpy as np

    base = np.sqrt((coded.sum(axis=0) + 0.5) / (len(coded) + 1))
    against: Floats = np.where(coded > 0, base / (base + probabilities), probabilities)
    return against


def doubted(
    probabilities: Floats, coded: Floats, numbers: Sequence[int], theme_ids: Sequence[str], most: int
) -> list[Doubted]:
    """Return the cells of a table of codings that are most worth checking, the most doubtful first.

    Args:
        probabilities: (n, K), by models fitted without the row.
        coded: (n, K), 1 where the theme stands.
        numbers: The n responses.
        theme_ids: The K themes.
        most: At most so many.
    """
    against = strengths(probabilities, coded)
    best = (-against).ravel().argsort(kind="stable")[:most]
    cells = (divmod(int(cell), len(theme_ids)) for cell in best)
    return [
        Doubted(
            numbers[row],
            theme_ids[column],
            "wrong" if coded[row, column] else "missing",
            float(against[row, column]),
            float(probabilities[row, column]),
        )
        for row, column in cells
    ]
