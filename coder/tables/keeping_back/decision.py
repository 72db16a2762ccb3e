"""What is kept back of all tables of one call, decided together: whoever has one of them has the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.tables.closed_counts import ClosedCounts, RateCounts
from coder.tables.closed_tables import closed_crosstab_of
from coder.tables.keeping_back.closed_figures import ClosedFigures, RateFigures
from coder.tables.keeping_back.coded_values import NO_RULES, CrossedRule
from coder.tables.keeping_back.column_bases import Uncertain
from coder.tables.keeping_back.figures import CallFigures, count_of, counted_in
from coder.tables.keeping_back.possible_changes import PossibleChanges
from coder.tables.keeping_back.theme_figures import ThemeFigures
from coder.tables.keeping_back.values_had import ValuesHad
from coder.tables.keeping_back.withheld import Position, Withheld
from coder.tables.keeping_back.witnesses import Witnesses
from coder.tables.theme_tables import theme_crosstab

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.tables.building import TableCounts
    from coder.tables.job import TableJob
    from coder.tables.keeping_back.coded_values import ValueRule
    from coder.tables.keeping_back.persons import CountedPerson
    from coder.tables.keeping_back.possible_changes import TableFigures


@dataclass(frozen=True, slots=True)
class Call:
    """The tables that are printed together, and the respondents that they count."""

    jobs: Sequence[TableJob]
    counts: Sequence[TableCounts]
    people: Sequence[CountedPerson]
    countings: Mapping[int, int]
    """For each table of themes, by its number, in which way it counts codings: whose, agreed how, when."""
    rules: Sequence[ValueRule] = NO_RULES
    """By which values of respondents follow from what they mention."""
    settled: frozenset[str] = frozenset()
    """Attributes from which others are worked out by no rule that is known here: nobody has another value."""


def is_anything_small(
    jobs: Sequence[TableJob], counts: Sequence[TableCounts], rules: Sequence[ValueRule] = NO_RULES
) -> bool:
    """Tell whether any table has a cell that is kept back for its own sake, or the base of a column."""
    if not any(job.suppress for job in jobs):
        return False
    call = Call(jobs, counts, (), defaultdict(int), rules)
    tables = _tables(call, CallFigures(), range(len(jobs)), uncertain_in(call))
    return any(any(table.small_cells()) or any(_small_bases(table)) for table in tables)


def uncertain_in(call: Call) -> Uncertain:
    """Return what of respondents nobody can look up, since the tables of a call count it."""
    return _uncertain(call, range(len(call.jobs)))


def withheld_in_call(call: Call) -> list[Withheld]:
    """Return what of each table is not printed.

    Raises:
        CoderError: What is kept back could be worked out, whatever else is kept back with it.
    """
    everything = range(len(call.jobs))
    decided = _Decided(call, everything)
    if decided.unprotected:
        raise _refusal(call, min(decided.unprotected))
    return decided.withheld()


class _Decided:
    """What is decided of some of the tables of a call."""

    def __init__(self, call: Call, numbers: Sequence[int]) -> None:
        self._figures = CallFigures()
        self._limit = max(job.suppress for job in call.jobs)
        self._uncertain = _uncertain(call, numbers)
        self._tables = _tables(call, self._figures, numbers, self._uncertain)
        shown = {name for table in self._tables for name in _attributes_shown(table)}
        values_had = ValuesHad(call.people, self._figures, self._uncertain, shown)
        changes = PossibleChanges(call.people, self._tables, values_had, call.settled)
        digits = counted_in(map(changes.counted, call.people))
        for table in self._tables:
            _refuse_other_counts(table, self._figures, digits)
        small = 0
        for table in self._tables:
            for row, group in table.small_cells():
                small |= self._figures.cell(table.number, row, group)
            for group in _small_bases(table):
                small |= self._figures.base(table.number, group)
        witnesses = Witnesses(self._tables, self._figures, changes, digits, self._uncertain)
        self._hidden, unprotected = witnesses.kept_back(small)
        self.unprotected = {table for _, table, *_ in self._figures.keys_in(unprotected)}

    def withheld(self) -> list[Withheld]:
        """Return what of each table is not printed."""
        places = defaultdict[tuple[str, int], set[Position]](set)
        rows = defaultdict[tuple[str, int], set[int]](set)
        for kind, table, row, *more in self._figures.keys_in(self._hidden):
            rows[kind, table].add(row)
            if more:
                places[kind, table].add((row, more[0]))
        themes_too = any(map(self._tells_of_codings, self._tables))
        return [
            Withheld(
                frozenset(places["cell", table.number]),
                frozenset(places["weighted", table.number]),
                frozenset(rows["mentions", table.number]),
                _placeless(table, places["cell", table.number]) | rows["order", table.number],
                self._limit,
                beside=not table.limit,
                themes_too=themes_too,
                bases=frozenset(rows["base", table.number]),
                weighted_bases=frozenset(rows["weighted base", table.number]),
            )
            for table in self._tables
        ]

    def _tells_of_codings(self, table: TableFigures) -> bool:
        """Tell whether something of a table is kept back that codings, added up, would tell of."""
        kinds = {kind for kind, number, *_ in self._figures.keys_in(self._hidden) if number == table.number}
        is_of_codings = isinstance(table, ThemeFigures) or self._uncertain.of_codings(table.attribute)
        return "base" in kinds or ("cell" in kinds and bool(is_of_codings))


def _attributes_shown(table: TableFigures) -> Iterator[str]:
    """Yield the attributes whose values are rows or columns of a table, for all values that occur."""
    if isinstance(table, ClosedFigures):
        yield table.attribute
    if not isinstance(table, RateFigures):
        yield table.columns.attribute


def _placeless(table: TableFigures, cells: set[Position]) -> frozenset[int]:
    """Return the rows whose place would tell of what is withheld: a total, or a cell where none is."""
    crosstab = table.crosstab
    total = len(crosstab.groups) - 1
    by_total = crosstab.has_total or not total
    return frozenset(
        row for row, group in cells if table.stands_by_count(row) and (group == total or not by_total)
    )


def _uncertain(call: Call, numbers: Iterable[int]) -> Uncertain:
    """Return the attributes that nobody can look up: these tables count their values, or codings decide."""
    counted = {rule.name for rule in call.rules if not isinstance(rule, CrossedRule)}
    for counts in map(call.counts.__getitem__, numbers):
        if isinstance(counts, ClosedCounts):
            counted.add(counts.question.name)
        elif isinstance(counts, RateCounts):
            counted.add(counts.by.name)
    counted -= call.settled
    crossed = (rule for rule in call.rules if isinstance(rule, CrossedRule))
    return Uncertain(
        frozenset(counted).union(rule.name for rule in crossed if not counted.isdisjoint(rule.parts)),
        tuple(call.rules),
    )


def _tables(
    call: Call, figures: CallFigures, numbers: Iterable[int], uncertain: Uncertain
) -> list[TableFigures]:
    tables: list[TableFigures] = []
    for number in numbers:
        job, counts = call.jobs[number], call.counts[number]
        if isinstance(counts, ClosedCounts):
            tables.append(
                ClosedFigures(number, job, counts, closed_crosstab_of(job, counts), figures, uncertain)
            )
        elif isinstance(counts, RateCounts):
            tables.append(RateFigures(number, job, counts, figures))
        else:
            crosstab = theme_crosstab(job, counts)
            counting = call.countings[number]
            tables.append(ThemeFigures(number, job, counts, crosstab, figures, counting, uncertain))
    return tables


def _small_bases(table: TableFigures) -> Iterator[int]:
    """Yield the columns by codings that are of few, where a table has any."""
    return iter(()) if isinstance(table, RateFigures) else table.columns.small(table.limit)


def _refuse_other_counts(table: TableFigures, figures: CallFigures, digits: list[int]) -> None:
    """Refuse a table whose respondents, one by one, do not add up to its cells: what it tells is not known.

    Raises:
        CoderError: It is such a table.
    """
    cells = [
        (table.count_in(number, group, digits), count)
        for number, row in enumerate(table.crosstab.rows)
        if row.kind != "total"
        for group, count in enumerate(row.counts)
    ]
    if not isinstance(table, RateFigures) and table.columns.can_be_kept_back:
        sizes = enumerate(table.columns.sizes)
        cells += [(count_of(digits, figures.base(table.number, group)), size) for group, size in sizes]
    if any(counted != count for counted, count in cells):
        msg = f"{table.job.name}: what would have to be kept back of this table is not known."
        raise CoderError(msg, "Leave it out, or ask for it alone and without suppress.")


def _refusal(call: Call, number: int) -> CoderError:
    """Return why a set of tables is refused, and what to leave out."""
    name, limit = call.jobs[number].name, call.jobs[number].suppress
    names = [job.name for job in call.jobs]
    msg = f"{name}: counts under {limit} that it would keep back can be worked out from "
    msg += "what stands beside it." if len(set(names)) > 1 else "what it prints."
    for beside in dict.fromkeys(names):
        without = [table for table, called in enumerate(names) if called != beside]
        if beside != name and name not in {names[table] for table in _Decided(call, without).unprotected}:
            return CoderError(msg, f"Leave out {_in_sentence(beside)}, or {_in_sentence(name)}.")
    return CoderError(msg, f"Leave out {_in_sentence(name)}.")


def _in_sentence(name: str) -> str:
    return f"the{name[3:]}" if name.startswith("The ") else name
