"""What of a table is not printed: the one thing that all its figures are asked of before they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Position = tuple[int, int]
"""A row and a group of a crosstab."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """What of one table is not printed, because of all that is printed with it.

    Every figure that is made of a cell (its percentage, an interval, a weighted share, a letter, a rank, a
    bar) is withheld with it.
    """

    cells: frozenset[Position] = frozenset()
    """Cells of its crosstab."""
    weighted: frozenset[Position] = frozenset()
    """Cells that lose their weighted figures alone: these would tell whose weight is in a cell withheld."""
    mentions: frozenset[int] = frozenset()
    """Rows of which it is not told how many answers they count."""
    placeless: frozenset[int] = frozenset()
    """Rows that stand last, by name or as in the codebook: their place would tell of their count."""
    limit: int = 0
    """The highest limit of any table of the call; 0 where nothing can be kept back."""
    beside: bool = False
    """Whether it is for the sake of other tables alone that something is kept back here."""
    themes_too: bool = False
    """Whether any table of the call keeps back mentions of themes: codings added up would tell of them."""
    bases: frozenset[int] = frozenset()
    """Groups of which it is not told how many they are, nor any percentage of them."""
    weighted_bases: frozenset[int] = frozenset()
    """Groups that lose what goes by the weight of their base: these would tell who is in it."""

    @property
    def is_any(self) -> bool:
        """Whether any count or base of the table is withheld."""
        return bool(self.cells or self.bases)

    @property
    def columns(self) -> frozenset[int]:
        """The groups of which anything is withheld that all percentages of them are made of."""
        return self.bases | self.weighted_bases

    def with_cells(self, cells: Iterable[Position]) -> Withheld:
        """Return the same with more cells withheld."""
        return replace(self, cells=self.cells.union(cells))

    def conceals(self, row: int, group: int) -> bool:
        """Tell whether a cell, and all that is made of it, is withheld."""
        return (row, group) in self.cells

    def conceals_total(self, row: int) -> bool:
        """Tell whether so much of a row is withheld that its place among the rows would tell more."""
        return row in self.placeless

    def conceals_of(self, row: int) -> bool:
        """Tell whether anything of a row is withheld: what is made of all its cells is not printed then."""
        return any(number == row for number, _ in self.cells | self.weighted)


NOTHING_WITHHELD = Withheld()
