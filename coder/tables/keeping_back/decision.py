"""What is kept back of all tables of one call, decided together: whoever has one of them has the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.tables.closed_counts import ClosedCounts, RateCounts
from coder.tables.closed_tables import closed_crosstab_of
from coder.tables.keeping_back.closed_figures import ClosedFigures, RateFigures
from coder.tables.keeping_back.figures import CallFigures, counted_in
from coder.tables.keeping_back.possible_changes import PossibleChanges
from coder.tables.keeping_back.small_cells import small_cells, small_rates
from coder.tables.keeping_back.theme_figures import ThemeFigures
from coder.tables.keeping_back.withheld import Position, Withheld
from coder.tables.keeping_back.witnesses import Witnesses
from coder.tables.theme_tables import theme_crosstab

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.tables.building import TableCounts
    from coder.tables.job import TableJob
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
    crossed: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """For tables with crossed columns, the attributes these are of: another value moves somebody there."""


def is_anything_small(jobs: Sequence[TableJob], counts: Sequence[TableCounts]) -> bool:
    """Tell whether any table has a cell that is kept back for its own sake."""
    if not any(job.suppress for job in jobs):
        return False
    call = Call(jobs, counts, (), defaultdict(int))
    return any(any(_small(table)) for table in _tables(call, CallFigures(), range(len(jobs))))


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
        self._tables = _tables(call, self._figures, numbers)
        crossed = frozenset[str]().union(*(call.crossed.get(number, ()) for number in numbers))
        changes = PossibleChanges(call.people, self._tables, crossed)
        digits = counted_in(map(changes.counted, call.people))
        for table in self._tables:
            _refuse_other_counts(table, digits)
        small = 0
        for table in self._tables:
            for row, group in _small(table):
                small |= self._figures.cell(table.number, row, group)
        self._hidden, unprotected = Witnesses(self._tables, self._figures, changes, digits).kept_back(small)
        self.unprotected = {table for _, table, *_ in self._figures.keys_in(unprotected)}

    def withheld(self) -> list[Withheld]:
        """Return what of each table is not printed."""
        cells, weighted = defaultdict[int, set[Position]](set), defaultdict[int, set[Position]](set)
        rows: dict[tuple[str, int], set[int]] = defaultdict(set)
        for kind, table, row, *more in self._figures.keys_in(self._hidden):
            rows[kind, table].add(row)
            if kind in ("cell", "weighted"):
                (cells if kind == "cell" else weighted)[table].add((row, more[0]))
        themes_too = any(cells[table.number] for table in self._tables if isinstance(table, ThemeFigures))
        return [
            Withheld(
                frozenset(cells[table.number]),
                frozenset(weighted[table.number]),
                frozenset(rows["mentions", table.number]),
                _placeless(table, cells[table.number]) | rows["order", table.number],
                self._limit,
                beside=not table.limit,
                themes_too=themes_too,
            )
            for table in self._tables
        ]


def _placeless(table: TableFigures, cells: set[Position]) -> frozenset[int]:
    """Return the rows whose place would tell of what is withheld: a total, or a cell where none is."""
    crosstab = table.crosstab
    total = len(crosstab.groups) - 1
    by_total = crosstab.has_total or not total
    return frozenset(
        row for row, group in cells if table.stands_by_count(row) and (group == total or not by_total)
    )


def _tables(call: Call, figures: CallFigures, numbers: Iterable[int]) -> list[TableFigures]:
    tables: list[TableFigures] = []
    for number in numbers:
        job, counts = call.jobs[number], call.counts[number]
        if isinstance(counts, ClosedCounts):
            tables.append(ClosedFigures(number, job, counts, closed_crosstab_of(job, counts), figures))
        elif isinstance(counts, RateCounts):
            tables.append(RateFigures(number, job, counts, figures))
        else:
            crosstab = theme_crosstab(job, counts)
            tables.append(ThemeFigures(number, job, counts, crosstab, figures, call.countings[number]))
    return tables


def _small(table: TableFigures) -> Iterator[Position]:
    if isinstance(table, RateFigures):
        return small_rates([row.counts[0] for row in table.crosstab.rows], table.asked, table.limit)
    small = small_cells(table.crosstab, table.limit)
    # Where nobody answered, it is no answer that would be kept back.
    return (
        (cell for cell in small if table.has_answers(cell[1])) if isinstance(table, ThemeFigures) else small
    )


def _refuse_other_counts(table: TableFigures, digits: list[int]) -> None:
    """Refuse a table whose respondents, one by one, do not add up to its cells: what it tells is not known.

    Raises:
        CoderError: It is such a table.
    """
    for number, row in enumerate(table.crosstab.rows):
        for group, count in enumerate(row.counts):
            if row.kind != "total" and table.count_in(number, group, digits) != count:
                msg = f"{table.job.name}: what would have to be kept back of this table is not known."
                raise CoderError(msg, "Leave it out, or ask for it alone and without suppress.")


def _refusal(call: Call, number: int) -> CoderError:
    """Return why a set of tables is refused, and what to leave out."""
    name, limit = call.jobs[number].name, call.jobs[number].suppress
    msg = (
        f"{name}: counts under {limit} that it would keep back can be worked out from what stands beside it."
    )
    for beside in range(len(call.jobs)):
        without = [table for table in range(len(call.jobs)) if table != beside]
        if beside != number and number not in _Decided(call, without).unprotected:
            return CoderError(msg, f"Leave out {call.jobs[beside].name}, or {name}.")
    return CoderError(msg, f"Leave out {name}.")
