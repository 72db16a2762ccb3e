"""All figures that one call prints, each a bit: a set of figures is a whole number.

So what a respondent is counted in is one number, and what a change of a respondent does to all tables of a
call is two: the figures that become one more, and those that become one less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    FigureKey = tuple[Any, ...]


class FigureChange(NamedTuple):
    """What another answer of a respondent, or of two, does to the figures of a call."""

    plus: int
    """The figures that become one more."""
    minus: int
    """Those that become one less."""
    weights: tuple[int, ...] = ()
    """What the respondent weighs, by each attribute that holds weights; of two respondents the first."""

    @property
    def figures(self) -> int:
        """All figures that it changes."""
        return self.plus | self.minus

    def with_change(self, change: FigureChange, by_weight: int = 0) -> FigureChange:
        """Return both together; what one adds and the other takes away stays as it is.

        Args:
            change: Of another respondent.
            by_weight: The figures that go by weights: of these, different weights do not make up for another.
        """
        plus = (self.plus & ~change.minus) | (change.plus & ~self.minus)
        minus = (self.minus & ~change.plus) | (change.minus & ~self.plus)
        if self.weights != change.weights:
            plus |= (self.plus | change.plus) & by_weight
            minus |= (self.minus | change.minus) & by_weight
        return FigureChange(plus, minus, self.weights)


def change_between(figures: int, changed: int, weights: tuple[int, ...] = ()) -> FigureChange:
    """Return the change from what a respondent is counted in to what they would be counted in."""
    return FigureChange(changed & ~figures, figures & ~changed, weights)


class CallFigures:
    """The figures of a call, each by a key: `("cell", table, row, group)`."""

    def __init__(self) -> None:
        self._bits: dict[FigureKey, int] = {}
        self._keys: list[FigureKey] = []
        self.cells = 0
        """Those in cells of tables, which can be kept back."""
        self.bases = 0
        """How many columns are of that nobody can look up: can be kept back, with their percentages."""
        self.orders = 0
        """How many of all respondents a row is of: rows are ordered by that. Kept back with its place."""
        self.weighted = 0
        """What those weigh who are in a cell, or in a base: weighted figures are made of it."""
        self.by_weight = 0
        """The same with those that are always printed."""
        self.fixed = 0
        """Those that are always printed: bases, and themes without a row, which are nought."""
        self.at_most = 0
        """Those that cannot become one more: the table would not be made as it is."""
        self.at_least = 0
        """Those that cannot become one less."""
        self.telling = FigureChange(0, 0)
        """Those that, one more or one less, would be of everybody or nobody: such rows are not kept back."""

    def bit(self, key: FigureKey) -> int:
        """Return the bit of a figure."""
        bit = self._bits.get(key)
        if bit is None:
            bit = self._bits[key] = 1 << len(self._keys)
            self._keys.append(key)
        return bit

    def cell(self, table: int, row: int, group: int, times: int = 1) -> int:
        """Return the bit of a cell, which can be kept back; those who count several times have others."""
        bit = self.bit(("cell", table, row, group, times))
        self.cells |= bit
        return bit

    def weighted_cell(self, table: int, row: int, group: int, weight: int) -> int:
        """Return the bit of what those in a cell weigh; none for whoever weighs nothing."""
        if not weight:
            return 0
        bit = self.bit(("weighted", table, row, group))
        self.weighted |= bit
        self.by_weight |= bit
        return bit

    def base(self, table: int, group: int) -> int:
        """Return the bit of the base of a column that can be kept back."""
        bit = self.bit(("base", table, group))
        self.bases |= bit
        return bit

    def weighted_base(self, table: int, group: int, weight: int, *, is_fixed: bool) -> int:
        """Return the bit of what a column's base weighs; none for whoever weighs nothing."""
        if not weight:
            return 0
        bit = self.bit(("weighted base", table, group))
        self.by_weight |= bit
        if is_fixed:
            self.fixed |= bit
        else:
            self.weighted |= bit
        return bit

    def kept_back_with(self, change: FigureChange) -> int:
        """Return the figures that are kept back for the sake of a change, with what goes with them."""
        hidden = change.figures & (self.cells | self.bases | self.orders | self.weighted)
        for kind, *place in self.keys_in(change.figures & (self.cells | self.bases)):
            if kind == "cell":
                hidden |= self._bits.get(("weighted", *place[:3]), 0)
            elif kind == "base":
                hidden |= self._bits.get(("weighted base", *place), 0)
        return hidden

    def is_fixed(self, key: FigureKey) -> int:
        """Return the bit of a figure that is always printed."""
        bit = self.bit(key)
        self.fixed |= bit
        return bit

    def keys_in(self, figures: int) -> Iterator[FigureKey]:
        """Yield the keys of a set of figures."""
        return (self._keys[bit.bit_length() - 1] for bit in bits_of(figures))

    def allows(self, change: FigureChange) -> bool:
        """Tell whether all tables would still be made as they are, and print the same bases."""
        return not (change.figures & self.fixed or change.plus & self.at_most or change.minus & self.at_least)

    def allows_by_rule(self, change: FigureChange) -> bool:
        """Tell whether the rule for whole rows would still keep back the same ones."""
        return not (change.plus & self.telling.plus or change.minus & self.telling.minus)

    def bound(self, bit: int, count: int, lowest: int, highest: int) -> None:
        """Note between which numbers a figure lies that is so many now."""
        if count <= lowest:
            self.at_least |= bit
        if count >= highest:
            self.at_most |= bit

    def tells(self, bit: int, count: int, everybody: int) -> None:
        """Note that the figure of a whole row would tell all if it were of nobody or everybody, or does."""
        plus, minus = bit * (count >= everybody - 1), bit * (count <= 1 or count == everybody)
        self.telling = FigureChange(self.telling.plus | plus, self.telling.minus | minus)


def bits_of(figures: int) -> Iterator[int]:
    """Yield the figures of a set one by one."""
    while figures:
        bit = figures & -figures
        yield bit
        figures ^= bit


def counted_in(people: Iterable[int]) -> list[int]:
    """Count of how many each figure is: binary digits, lowest first, each the set of figures that have it."""
    digits: list[int] = []
    for figures in people:
        carried, position = figures, 0
        while carried:
            if position == len(digits):
                digits.append(0)
            digits[position], carried = digits[position] ^ carried, digits[position] & carried
            position += 1
    return digits


def count_of(digits: list[int], bit: int) -> int:
    """Return how many are counted in a figure."""
    return sum(1 << position for position, digit in enumerate(digits) if digit & bit)
