"""What is kept back cannot be worked out: an adversary with an integer solver tries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from coder.tables.crosstab import TOTAL, Crosstab, CrosstabRow
from coder.tables.suppression import Position, kept_back

if TYPE_CHECKING:
    from collections.abc import Iterator

LEVELS = ((0,), (0, 0), (0, 0, 0), (0, 1), (0, 1, 1), (0, 1, 1, 0), (0, 1, 2, 2, 1, 0), (0, 1, 1, 0, 1, 1))
"""How deep the rows of a table stand: each row is a net of those under it."""
LIMITS = st.integers(1, 4)


def net_of(levels: tuple[int, ...], row: int) -> int | None:
    """Return the row of the net that a row stands under."""
    above = (each for each in range(row - 1, -1, -1) if levels[each] < levels[row])
    return next(above, None)


def crosstab_of(levels: tuple[int, ...], answers: list[tuple[int, frozenset[int]]], columns: int) -> Crosstab:
    """Count who mentions each row, in each column and in all; a net is mentioned with any of its rows."""
    counts = [[0] * columns for _ in levels]
    bases = [0] * columns
    for column, chosen in answers:
        mentioned = set(chosen)
        for row in sorted(chosen, reverse=True):
            above = net_of(levels, row)
            while above is not None:
                mentioned.add(above)
                above = net_of(levels, above)
        bases[column] += 1
        for row in mentioned:
            counts[row][column] += 1
    several = columns > 1
    rows = tuple(
        CrosstabRow(f"row {place}", "theme", (*row, *([sum(row)] if several else [])), level)
        for place, (row, level) in enumerate(zip(counts, levels, strict=True))
    )
    names = tuple(f"column {place}" for place in range(columns)) if several else ("",)
    return Crosstab(
        (*names, TOTAL) if several else names, (*bases, *([sum(bases)] if several else [])), rows, several
    )


@st.composite
def surveys(draw: st.DrawFn) -> Crosstab:
    """Draw who mentions what among a few respondents in one to three columns."""
    levels = draw(st.sampled_from(LEVELS))
    columns = draw(st.integers(1, 3))
    leaves = [
        row for row in range(len(levels)) if row not in {net_of(levels, each) for each in range(len(levels))}
    ]
    answer = st.tuples(st.integers(0, columns - 1), st.frozensets(st.sampled_from(leaves)))
    return crosstab_of(levels, draw(st.lists(answer, max_size=14)), columns)


@st.composite
def closed_questions(draw: st.DrawFn) -> Crosstab:
    """Draw answers that exclude each other."""
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    answer = st.tuples(
        st.integers(0, columns - 1), st.integers(0, rows - 1).map(lambda row: frozenset({row}))
    )
    return crosstab_of((0,) * rows, draw(st.lists(answer, max_size=14)), columns)


class Adversary:
    """Knows the bases, what is printed, and what rows mean; with `totals` also every total."""

    def __init__(
        self, crosstab: Crosstab, hidden: frozenset[Position], *, exclusive: bool, covered: bool, totals: bool
    ) -> None:
        self.crosstab = crosstab
        self.width = len(crosstab.groups)
        self.size = len(crosstab.rows) * self.width
        values = self.width - crosstab.has_total
        low, high = np.zeros(self.size), np.zeros(self.size)
        for row, each in enumerate(crosstab.rows):
            for column, count in enumerate(each.counts):
                known = (row, column) not in hidden or (totals and column == values)
                low[self.at(row, column)] = count if known else 0
                high[self.at(row, column)] = count if known else crosstab.bases[column]
        self.bounds = Bounds(low, high)
        self.rules = list(self._rules(values, exclusive=exclusive, covered=covered))

    def at(self, row: int, column: int) -> int:
        """Return the place of a cell among the unknowns."""
        return row * self.width + column

    def _rules(self, values: int, *, exclusive: bool, covered: bool) -> Iterator[LinearConstraint]:
        levels = tuple(row.level for row in self.crosstab.rows)
        nets = [net_of(levels, row) for row in range(len(levels))]
        if self.crosstab.has_total:
            for row in range(len(levels)):
                yield self._rule({(row, c): 1 for c in range(values)} | {(row, values): -1}, 0, 0)
        for column in range(values):
            for net in {each for each in nets if each is not None}:
                under = [row for row in range(len(levels)) if nets[row] == net]
                for row in under:
                    yield self._rule({(net, column): 1, (row, column): -1}, 0, np.inf)
                yield self._rule({(row, column): 1 for row in under} | {(net, column): -1}, 0, np.inf)
            if exclusive or covered:
                top = {(row, column): 1 for row in range(len(levels)) if nets[row] is None}
                base = self.crosstab.bases[column]
                yield self._rule(top, base, base if exclusive else np.inf)

    def _rule(self, weights: dict[Position, int], low: float, high: float) -> LinearConstraint:
        line = np.zeros(self.size)
        for (row, column), weight in weights.items():
            line[self.at(row, column)] = weight
        return LinearConstraint(line, low, high)

    def pins(self, place: Position) -> bool:
        """Tell whether the adversary can work a cell out."""
        found = []
        for sign in (1, -1):
            goal = np.zeros(self.size)
            goal[self.at(*place)] = sign
            best = milp(goal, integrality=np.ones(self.size), bounds=self.bounds, constraints=self.rules)
            assert best.success
            found.append(round(sign * best.fun))
        return len(set(found)) == 1


def worked_out(
    crosstab: Crosstab, limit: int, *, exclusive: bool = False, covered: bool = False
) -> list[Position]:
    """Return the cells kept back that an adversary can work out.

    Values are safe even from one who knows every total: the frequency table may print them.
    """
    hidden = kept_back(crosstab, limit, exclusive=exclusive, covered=covered)
    total = len(crosstab.groups) - 1 if crosstab.has_total else None
    several = sum(base > 0 for base in crosstab.bases) > 2
    knowing = Adversary(crosstab, hidden, exclusive=exclusive, covered=covered, totals=several)
    reading = Adversary(crosstab, hidden, exclusive=exclusive, covered=covered, totals=False)
    return [place for place in sorted(hidden) if (reading if place[1] == total else knowing).pins(place)]


@given(crosstab=surveys(), limit=LIMITS)
@settings(max_examples=300)
def test_nothing_kept_back_can_be_worked_out(crosstab: Crosstab, limit: int) -> None:
    """Across columns, totals, nets and bases, for themes of any depth."""
    assert worked_out(crosstab, limit) == []


@given(crosstab=closed_questions(), limit=LIMITS)
@settings(max_examples=200)
def test_no_answer_kept_back_can_be_worked_out(crosstab: Crosstab, limit: int) -> None:
    """Rows that exclude each other add up to the base; that does not give them away."""
    assert worked_out(crosstab, limit, exclusive=True) == []


@given(crosstab=surveys(), limit=LIMITS)
@settings(max_examples=200)
def test_a_base_of_all_with_a_theme_gives_nothing_away(crosstab: Crosstab, limit: int) -> None:
    """Where everybody has at least one theme, that is known as well."""
    answered = [max(row.counts[c] for row in crosstab.rows) for c in range(len(crosstab.groups))]
    if all(count == base for count, base in zip(answered, crosstab.bases, strict=True)):
        assert worked_out(crosstab, limit, covered=True) == []
