"""In which figures of a table of a closed question, or of response rates, a respondent is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.filters import meets_all
from coder.tables.keeping_back.column_bases import ColumnBases, ColumnGroups
from coder.tables.keeping_back.figures import count_of
from coder.tables.keeping_back.small_cells import small_cells, small_rates
from coder.tables.rates import rates_crosstab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.tables.closed_counts import ClosedCounts, RateCounts
    from coder.tables.crosstab import Crosstab
    from coder.tables.job import TableJob
    from coder.tables.keeping_back.column_bases import Uncertain
    from coder.tables.keeping_back.figures import CallFigures
    from coder.tables.keeping_back.persons import CountedPerson
    from coder.tables.keeping_back.withheld import Position


class ClosedFigures:
    """The figures of one table of a closed question."""

    def __init__(
        self,
        number: int,
        job: TableJob,
        counts: ClosedCounts,
        crosstab: Crosstab,
        figures: CallFigures,
        uncertain: Uncertain,
    ) -> None:
        """Name the figures, among those of the whole call, which are added to."""
        self.number, self.job, self.crosstab = number, job, crosstab
        self.limit = job.suppress
        self.attribute = counts.question.name
        self._counts = counts
        self._figures = figures
        self._by = counts.by.name if counts.by else ""
        self._groups = {name: group for group, name in enumerate(counts.columns.names)}
        sizes = crosstab.bases[: len(self._groups)]
        columns = ColumnGroups(self._by, counts.columns.names, counts.columns.name_of, sizes)
        self.columns = ColumnBases(number, job, columns, figures, uncertain)
        self._rows = {row.key: n for n, row in enumerate(crosstab.rows) if row.kind != "total"}
        self._set_bounds()

    def small_cells(self) -> Iterator[Position]:
        """Yield the cells that are kept back for their own sake."""
        return small_cells(self.crosstab, self.limit, set(self.columns.open_columns()))

    def stands_by_count(self, row: int) -> bool:
        """Tell whether a row has its place by its count."""
        return self.crosstab.rows[row].key in self._counts.rows.by_count

    def values_in_row(self, row: int) -> list[str]:
        """Return the values of the question that a row counts."""
        return [text for text, name in self._counts.rows.name_of.items() if self._rows[name] == row]

    def other_values(self, row: int) -> list[str]:
        """Return the values of the question that other rows count."""
        return [text for text, name in self._counts.rows.name_of.items() if self._rows[name] != row]

    def counted(self, person: CountedPerson) -> int:
        """Return the figures that a respondent is counted in."""
        row_name = self._counts.rows.name_of.get(person.values.get(self.attribute, ""))
        group_name = self._counts.columns.name_of.get(person.values.get(self._by, "") if self._by else "")
        figures = 0
        if row_name in self._counts.rows.by_count:
            bit = self._figures.bit(("order", self.number, self._rows[row_name]))
            self._figures.orders |= bit
            figures |= bit
        if group_name in self._counts.columns.by_count:
            figures |= self._figures.is_fixed(("order of columns", self.number, group_name))
        if not meets_all(person.values, self.job.request.where):
            return figures
        figures |= self._told_in_notes(person)
        if row_name is None or group_name is None:
            return figures
        row, group = self._rows[row_name], self._groups[group_name]
        figures |= self.columns.counted(person, group)
        groups = {group, len(self.crosstab.groups) - 1} if self.crosstab.has_total else {group}
        for column in groups:
            figures |= self._figures.cell(self.number, row, column)
            if self.job.weights:
                weight = person.weights[self.job.weights.name]
                figures |= self._figures.weighted_cell(self.number, row, column, weight)
        return figures

    def _told_in_notes(self, person: CountedPerson) -> int:
        """Return what notes tell of all whom the table might be of: how many, and who did not answer."""
        figures = self._figures.is_fixed(("asked", self.number))
        for attribute, shown in ((self.attribute, self._counts.rows), (self._by, self._counts.columns)):
            if attribute not in person.values and "" not in shown.name_of:
                figures |= self._figures.is_fixed(("no value", self.number, attribute))
        return figures

    def count_in(self, row: int, group: int, digits: list[int]) -> int:
        """Return how many are counted in a cell."""
        return count_of(digits, self._figures.cell(self.number, row, group))

    def _set_bounds(self) -> None:
        if len(self.crosstab.groups) > 1 and not self.crosstab.has_total:
            return
        group = len(self.crosstab.groups) - 1
        everybody = self.crosstab.bases[-1]
        for row in self._rows.values():
            bit, count = self._figures.cell(self.number, row, group), self.crosstab.rows[row].counts[-1]
            self._figures.tells(bit, count, everybody)
            if not count:
                self._figures.fixed |= bit


class RateFigures:
    """The figures of one table of response rates: how many answered in each group."""

    def __init__(self, number: int, job: TableJob, counts: RateCounts, figures: CallFigures) -> None:
        """Name the figures, among those of the whole call, which are added to."""
        self.number, self.job = number, job
        self.limit = job.suppress
        self.attribute = counts.by.name
        self.crosstab = rates_crosstab(counts)
        self._figures = figures
        self._rows = {row.key: number for number, row in enumerate(self.crosstab.rows)}
        self.asked = [counts.asked[row.key] for row in self.crosstab.rows]
        for row, size in enumerate(self.asked):
            figures.bound(figures.cell(number, row, 0), self.crosstab.rows[row].counts[0], 0, size)

    def small_cells(self) -> Iterator[Position]:
        """Yield the groups that are kept back for their own sake."""
        return small_rates([row.counts[0] for row in self.crosstab.rows], self.asked, self.limit)

    def stands_by_count(self, _row: int) -> bool:
        """Tell whether rows stand in the order of their rates, but for those that are kept back."""
        return True

    def values_in_row(self, row: int) -> list[str]:
        """Return the value of the attribute that a row counts."""
        return [self.crosstab.rows[row].key]

    def other_values(self, row: int) -> list[str]:
        """Return the values of the attribute that other rows count; where there is one row, none."""
        return [text for text, number in self._rows.items() if number != row] or [""]

    def counted(self, person: CountedPerson) -> int:
        """Return the figures that a respondent is counted in."""
        row = self._rows.get(person.values.get(self.attribute, ""))
        if row is None:
            return 0
        cell = self._figures.cell(self.number, row, 0)
        # Of one group all is told by the total, which goes with it.
        return cell if len(self._rows) == 1 else cell | self._figures.is_fixed(("all", self.number))

    def count_in(self, row: int, group: int, digits: list[int]) -> int:
        """Return how many are counted in a cell."""
        return count_of(digits, self._figures.cell(self.number, row, group))
