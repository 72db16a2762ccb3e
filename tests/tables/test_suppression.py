"""What is kept back of one table cannot be worked out, even by who knows all totals: an integer solver tries.

Several tables together are tried in tests/workflows/tables/test_kept_back_of_all.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from theme_counting import theme_counts

from coder.domain.codebook import Codebook, Theme
from coder.domain.responses import Attribute, Question
from coder.domain.study_settings import Settings, TableSetting
from coder.domain.tables.counts import CellCount
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.errors import CoderError
from coder.tables.attribute_values import ShownValues
from coder.tables.closed_counts import ClosedCounts
from coder.tables.closed_tables import closed_crosstab_of
from coder.tables.job import TableJob
from coder.tables.keeping_back.decision import Call, is_anything_small, withheld_in_call
from coder.tables.keeping_back.persons import CountedPerson
from coder.tables.theme_tables import theme_crosstab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.tables.counting_words import BaseKind
    from coder.tables.crosstab import Crosstab
    from coder.tables.keeping_back.withheld import Position

LEVELS = ((0,), (0, 0), (0, 0, 0), (0, 1), (0, 1, 1), (0, 1, 1, 0), (0, 1, 2, 2, 1, 0), (0, 1, 1, 0, 1, 1))
"""How deep the rows of a table stand: each row is a net of those under it."""
LIMITS = st.integers(1, 4)
FEWEST = 3
"""The base from which on a table is never refused."""


def net_of(levels: tuple[int, ...], row: int) -> int | None:
    """Return the row of the net that a row stands under."""
    above = (each for each in range(row - 1, -1, -1) if levels[each] < levels[row])
    return next(above, None)


def codebook_of(levels: tuple[int, ...]) -> Codebook:
    """Return a theme for each row, under the net that it stands under."""
    nets = [net_of(levels, row) for row in range(len(levels))]
    return Codebook(
        tuple(
            Theme(f"t{row}", f"row {row}", parent=None if net is None else f"t{net}", codable=row not in nets)
            for row, net in enumerate(nets)
        )
    )


class Table(NamedTuple):
    """The counts of a table, and the call that it is all of."""

    crosstab: Crosstab
    call: Call


def themes_of(
    levels: tuple[int, ...],
    answers: list[tuple[int, frozenset[int]]],
    columns: int,
    limit: int,
    base: BaseKind,
) -> Table:
    """Count who mentions each theme and net, in each column and in all."""
    several = columns > 1
    codebook, names = codebook_of(levels), [f"c{column}" for column in range(columns)] if several else [""]
    counted = {theme.id: dict.fromkeys(names, CellCount()) for theme in codebook}
    for column, chosen in answers:
        keys = {key for row in chosen for key in (f"t{row}", *codebook.ancestors(f"t{row}"))}
        for key in keys:
            counted[key][names[column]] = CellCount(counted[key][names[column]].respondents + 1, 1)
    is_net = {theme.id for theme in codebook if codebook.is_net(theme.id)}
    bases = tuple(sum(number == column for number, _ in answers) for column in range(columns))
    job = TableJob(
        TableSetting("Q1", by="group" if several else "", suppress=limit),
        (Question("Q1"),),
        TableRequest(options=TableOptions(base=base, nets=True, order="codebook", zeros=True)),
        Settings("Small"),
        "",
        "",
    )
    counts = replace(
        theme_counts(codebook),
        by=Attribute("group") if several else None,
        columns=tuple(names),
        name_of=dict(zip(names, names, strict=True)),
        themes={key: by for key, by in counted.items() if key not in is_net},
        nets={key: by for key, by in counted.items() if key in is_net},
        rows=tuple(theme for theme in codebook if theme.id not in is_net),
        bases=dict.fromkeys(("asked", "answered", base), bases),
    )
    people = [
        CountedPerson(
            {"group": names[column]} if several else {},
            {(0, "Q1"): {f"t{row}": 1 for row in sorted(chosen)}},
            frozenset({0}),
            frozenset({"Q1"}),
        )
        for column, chosen in answers
    ]
    return Table(theme_crosstab(job, counts), Call([job], [counts], people, {0: 0}))


def closed_of(rows: int, answers: list[tuple[int, int]], columns: int, limit: int) -> Table:
    """Count who ticked each answer, in each column and in all."""
    names, texts = [f"c{column}" for column in range(columns)], [f"a{row}" for row in range(rows)]
    several = columns > 1
    job = TableJob(
        TableSetting("q", by="group" if several else "", suppress=limit),
        (),
        TableRequest(),
        Settings("Small"),
        "",
        "",
    )
    pairs = [(texts[row], names[column] if several else "", 1) for column, row in answers]
    counts = ClosedCounts(
        Attribute("q"),
        Attribute("group") if several else None,
        ShownValues(tuple(texts), {text: text for text in texts}),
        ShownValues(tuple(names), {name: name for name in names})
        if several
        else ShownValues(("",), {"": ""}),
        pairs,
    )
    people = [
        CountedPerson(
            {"q": texts[row], **({"group": names[column]} if several else {})}, {}, frozenset(), frozenset()
        )
        for column, row in answers
    ]
    crosstab = closed_crosstab_of(job, counts)
    return Table(replace(crosstab, rows=crosstab.rows[:-1]), Call([job], [counts], people, {}))


@st.composite
def surveys(draw: st.DrawFn, base: BaseKind = "answered") -> Table:
    """Draw who mentions what among a few respondents in one to three columns."""
    levels = draw(st.sampled_from(LEVELS))
    columns = draw(st.integers(1, 3))
    leaves = [
        row for row in range(len(levels)) if row not in {net_of(levels, each) for each in range(len(levels))}
    ]
    chosen = st.frozensets(st.sampled_from(leaves), min_size=base == "coded")
    answer = st.tuples(st.integers(0, columns - 1), chosen)
    return themes_of(levels, draw(st.lists(answer, max_size=14)), columns, draw(LIMITS), base)


@st.composite
def closed_questions(draw: st.DrawFn) -> Table:
    """Draw answers that exclude each other."""
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    answer = st.tuples(st.integers(0, columns - 1), st.integers(0, rows - 1))
    return closed_of(rows, draw(st.lists(answer, max_size=14)), columns, draw(LIMITS))


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


def worked_out(table: Table, *, exclusive: bool = False, covered: bool = False) -> list[Position]:
    """Return the cells kept back that an adversary can work out; none where the table is refused.

    Values are safe even from one who knows every total: a table elsewhere may print them.
    """
    crosstab, call = table
    if not is_anything_small(call.jobs, call.counts):
        return []
    try:
        hidden = withheld_in_call(call)[0].cells
    except CoderError:
        # Of so few no other survey would be printed as this one.
        assert crosstab.bases[-1] <= FEWEST
        return []
    total = len(crosstab.groups) - 1 if crosstab.has_total else None
    several = sum(base > 0 for base in crosstab.bases) > 2
    knowing = Adversary(crosstab, hidden, exclusive=exclusive, covered=covered, totals=several)
    reading = Adversary(crosstab, hidden, exclusive=exclusive, covered=covered, totals=False)
    return [place for place in sorted(hidden) if (reading if place[1] == total else knowing).pins(place)]


@given(surveys())
@settings(max_examples=300)
def test_nothing_kept_back_can_be_worked_out(table: Table) -> None:
    """Across columns, totals, nets and bases, for themes of any depth."""
    assert worked_out(table) == []


@given(closed_questions())
@settings(max_examples=200)
def test_no_answer_kept_back_can_be_worked_out(table: Table) -> None:
    """Rows that exclude each other add up to the base; that does not give them away."""
    assert worked_out(table, exclusive=True) == []


@given(surveys("coded"))
@settings(max_examples=200)
def test_a_base_of_all_with_a_theme_gives_nothing_away(table: Table) -> None:
    """Where everybody has at least one theme, that is known as well."""
    assert worked_out(table, covered=True) == []
