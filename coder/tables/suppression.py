"""Which cells of a table are kept back, so that no small count can be read or worked out.

Primary suppression keeps back a cell that is true of few, or of all but few, of its column. Whoever knows
the bases, the totals, and that a net lies between its largest theme and the sum of its themes could still
work some of them out. Secondary suppression therefore goes on until every cell kept back has a witness:
another table that agrees with all that is printed, and in which the cell is one more or one less.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.tables.crosstab import Crosstab

Position = tuple[int, int]
"""A row and a column of the crosstab."""

Shift = dict[int, int]
"""Rows to +1 or -1: how they change in the first column of a move; in the second they change back."""


Signs = tuple[tuple[int, int], ...]
"""The columns of a move, one or two, with +1 or -1: what the shift is multiplied by there."""


class Move(NamedTuple):
    """The difference between the table and another that agrees with all that is printed of it."""

    cells: frozenset[Position]
    """Whose values change: all of them must be kept back."""
    totals: bool
    """Whether it changes totals of rows."""


@dataclass(frozen=True)
class _Counts:
    """The counts of a table without its totals, and what binds them.

    Attributes:
        rows: For each row its counts.
        bases: For each column, more than which no count can be.
        parents: For each row the row of the net above it, or None.
        exclusive: Whether the rows of each column add up to its base.
        covered: Whether each of a column's base is in at least one of its rows.
        total: The number of the column of totals; None if there is none.
    """

    rows: Sequence[Sequence[int]]
    bases: Sequence[int]
    parents: Sequence[int | None]
    exclusive: bool
    covered: bool
    total: int | None

    @cached_property
    def children(self) -> dict[int | None, list[int]]:
        """For each net the rows directly under it; for None those under no net."""
        rows_under: dict[int | None, list[int]] = {None: []}
        for row, parent in enumerate(self.parents):
            rows_under.setdefault(parent, []).append(row)
        return rows_under

    @cached_property
    def columns(self) -> list[int]:
        """The columns with at least one respondent."""
        return [column for column, base in enumerate(self.bases) if base]

    def moves(self, position: Position) -> list[Move]:
        """Return moves that change a cell: values without their totals, totals with one value each."""
        row, column = position
        columns = self.columns
        if column == self.total:
            possible: list[Signs] = [((changed, sign),) for changed in columns for sign in (1, -1)]
        elif len(columns) == 1:
            possible = [((column, 1),), ((column, -1),)]
        else:
            partners = [partner for partner in columns if partner != column]
            possible = [((column, sign), (partner, -sign)) for partner in partners for sign in (1, -1)]
        alone = self._possible([{row: 1}], possible)
        if alone:
            return alone
        beside = [sibling for above in self._above(row) for sibling in self.children[self.parents[above]]]
        return self._possible([{row: 1, sibling: -1} for sibling in beside if sibling != row], possible)

    def _above(self, row: int) -> Iterator[int]:
        """Yield a row and the nets it stands under."""
        above: int | None = row
        while above is not None:
            yield above
            above = self.parents[above]

    def _possible(self, shifts: Sequence[Shift], possible: Sequence[Signs]) -> list[Move]:
        moves = []
        for signs in possible:
            for shift in shifts:
                whole = self._completed(dict(shift), signs)
                if whole is not None:
                    moves.append(self._move(whole, signs))
        return moves

    def _move(self, shift: Iterable[int], signs: Signs) -> Move:
        cells = {(row, column) for row in shift for column, _ in signs}
        totals = len(signs) == 1
        if totals and self.total is not None:
            cells |= {(row, self.total) for row in shift}
        return Move(frozenset(cells), totals)

    def _completed(self, shift: Shift, signs: Signs) -> Shift | None:
        """Add rows to a shift until every net agrees with its themes; return None if that cannot be."""
        if not self._has_room(shift, signs):
            return None
        options = next(self._faults(shift, signs), None)
        if options is None:
            return shift if all(self._fits_base(column, sign, shift) for column, sign in signs) else None
        for row, change in options:
            whole = self._completed(shift | {row: change}, signs) if row not in shift else None
            if whole is not None:
                return whole
        return None

    def _value(self, row: int, column: int, sign: int, shift: Shift) -> int:
        return self.rows[row][column] + sign * shift.get(row, 0)

    def _fits_base(self, column: int, sign: int, shift: Shift) -> bool:
        if not (self.exclusive or self.covered):
            return True
        together = sum(self._value(row, column, sign, shift) for row in self.children[None])
        base = self.bases[column]
        return together == base if self.exclusive else together >= base

    def _faults(self, shift: Shift, signs: Signs) -> Iterator[list[tuple[int, int]]]:
        """Yield, for each net that would not agree with its themes, the changes of rows that may mend it."""
        nets = {net for row in shift for net in (row, self.parents[row]) if net is not None}
        for net in nets & self.children.keys():
            for column, sign in signs:
                yield from self._faults_of(net, column, sign, shift)

    def _has_room(self, shift: Shift, signs: Signs) -> bool:
        """Tell whether all changed counts stay between none and their base."""
        return all(
            0 <= self._value(row, column, sign, shift) <= self.bases[column]
            and (len(self.columns) == 1 or 0 < sum(self.rows[row]) < sum(self.bases))
            for row in shift
            for column, sign in signs
        )

    def _faults_of(self, net: int, column: int, sign: int, shift: Shift) -> Iterator[list[tuple[int, int]]]:
        count = self._value(net, column, sign, shift)
        themes = {row: self._value(row, column, sign, shift) for row in self.children[net]}
        for row, theme_count in themes.items():
            if theme_count > count:
                yield [(net, shift[row])] if row in shift else [(row, shift[net])]
        if count > sum(themes.values()):
            changes = {shift[row] for row in (net, *themes) if row in shift}
            yield [(row, change) for change in sorted(changes) for row in (net, *themes)]


def kept_back(
    crosstab: Crosstab, limit: int, *, exclusive: bool = False, covered: bool = False
) -> frozenset[Position]:
    """Return the cells of a crosstab to keep back.

    Args:
        crosstab: Counts of respondents.
        limit: Counts below it are kept back, and those that are so much below their base; 0 for none.
        exclusive: Whether each respondent is in one row (a closed question).
        covered: Whether each is in at least one row (themes of the respondents with a theme).
    """
    if not limit:
        return frozenset()
    numbers = [number for number, row in enumerate(crosstab.rows) if row.kind != "total"]
    columns = len(crosstab.groups) - crosstab.has_total
    rows = [crosstab.rows[number].counts[:columns] for number in numbers]
    total = columns if crosstab.has_total else None
    counts = _Counts(rows, crosstab.bases[:columns], _parents(crosstab), exclusive, covered, total)
    hidden = _secondary(counts, _primary(counts, limit))
    return frozenset((numbers[row], column) for row, column in hidden)


def _parents(crosstab: Crosstab) -> list[int | None]:
    """Return for each row that of the net above it, or None."""
    parents: list[int | None] = []
    above: list[int] = []
    for number, row in enumerate(row for row in crosstab.rows if row.kind != "total"):
        del above[row.level :]
        parents.append(above[-1] if above else None)
        above.append(number)
    return parents


def _primary(counts: _Counts, limit: int) -> set[Position]:
    hidden: set[Position] = set()
    everybody = sum(counts.bases)
    for number, row in enumerate(counts.rows):
        # Of what nobody does, or everybody, the total alone tells all: nothing is left to keep back.
        if not 0 < sum(row) < everybody:
            continue
        cells = list(zip(row, counts.bases, strict=True))
        if counts.total is not None:
            cells.append((sum(row), everybody))
        small = (column for column, (n, base) in enumerate(cells) if base and min(n, base - n) < limit)
        hidden |= {(number, column) for column in small}
    return hidden


def _secondary(counts: _Counts, primary: set[Position]) -> set[Position]:
    hidden, safe, waiting = set(primary), set[Position](), sorted(primary)
    # Where there is one column its values are their own totals.
    alone = len(counts.columns) == 1

    def cost(move: Move) -> tuple[int, int, list[Position]]:
        new = sorted(move.cells - hidden)
        lost = sum(counts.rows[row][column] for row, column in new if column != counts.total)
        return len(new), lost, new

    while waiting:
        position = waiting.pop()
        moves = [] if position in safe else counts.moves(position)
        if not moves:
            continue
        best = min(moves, key=cost)
        waiting += sorted(best.cells - hidden)
        hidden |= best.cells
        safe |= {cell for cell in best.cells if alone or best.totals == (cell[1] == counts.total)}
    return hidden
