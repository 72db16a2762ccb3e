"""What the percentages of a closed question's table are of, and what of them is kept back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.tables.weights import together
from coder.tables.crosstab import placeless_last
from coder.tables.figures.cell_figures import ColumnLetters
from coder.tables.figures.column_letters import column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.study_settings import TableLayout
    from coder.domain.tables.weights import WeightedSize
    from coder.tables.crosstab import Crosstab, CrosstabRow
    from coder.tables.figures.cell_figures import Concealed, Share
    from coder.tables.keeping_back.withheld import Withheld


@dataclass(frozen=True, slots=True)
class ClosedShares:
    """A crosstab of a closed question as shares of its groups, of its answers or of all."""

    crosstab: Crosstab
    """Its groups are the values of another attribute, its rows the question's; the final row is for all."""
    layout: TableLayout
    withheld: Withheld
    total: bool
    """Whether all groups together are shown where there are several."""

    @property
    def of_values(self) -> bool:
        """Whether percentages are of those with a value of the question, rather than of a group."""
        return self.layout.percents == ("columns" if self.layout.turn else "rows")

    @property
    def of_all(self) -> bool:
        """Whether percentages are of everybody in the table."""
        return self.layout.percents == "all"

    def groups(self) -> range:
        """Return which of the crosstab's groups are shown."""
        hidden_total = self.crosstab.has_total and not self.total
        return range(len(self.crosstab.groups) - hidden_total)

    def rows(self, *, total: bool = False) -> Iterator[CrosstabRow]:
        """Yield the rows that are shown, and the one for all if it is wanted."""
        order = placeless_last(
            self.crosstab.rows, self.withheld, lambda number: self.crosstab.rows[number].label
        )
        for row in map(self.crosstab.rows.__getitem__, order):
            if row.kind == "total":
                if total:
                    yield row
            elif row.key or self.layout.no_answer == "row":
                yield row

    def share(self, row: CrosstabRow, group: int) -> Share:
        """Return how many are counted in a cell, of how many its percentage is, and what both weigh."""
        share = self.crosstab.share(row, group)
        if self.of_all:
            base, size = self.everybody, self.everybody_weighed
        elif self.of_values:
            base, size = self._in_row(row), row.size
        else:
            return replace(share, is_whole=row.kind == "total")
        is_whole = self.of_values and group == len(self.crosstab.groups) - 1 and self.crosstab.has_total
        return replace(share, base=base, size=size if self.crosstab.weighed else None, is_whole=is_whole)

    def concealed(self, row: CrosstabRow, group: int) -> Concealed:
        """Return what of a cell is kept back; of weighted shares of more than a group, all of its row."""
        concealed = self.crosstab.concealed((self.crosstab.rows.index(row), group), self.withheld)
        if concealed != "everything" and self.of_values and self.in_row(row) is None:
            return "percentages"
        is_of_more = self.of_all or self.of_values
        return "weighted figures" if concealed == "nothing" and is_of_more and self.hides(row) else concealed

    def base(self, group: int) -> int | None:
        """Return how many a group is; None where that is kept back."""
        return None if group in self.withheld.bases else self.crosstab.bases[group]

    def letters(self) -> ColumnLetters:
        """Compare the groups, each with each; of shares of more than a group there is nothing to compare."""
        if self.of_all or self.of_values:
            return ColumnLetters(
                note="Letters: none, because percentages are not of each column's respondents."
            )
        return column_letters(self.crosstab, self.withheld, turned=self.layout.turn)

    def hides(self, row: CrosstabRow) -> bool:
        """Tell whether any cell of a row is kept back."""
        return self.withheld.conceals_of(self.crosstab.rows.index(row))

    def in_row(self, row: CrosstabRow) -> int | None:
        """Return how many have the value of a row; None where that is kept back."""
        total = len(self.crosstab.groups) - 1
        number = self.crosstab.rows.index(row)
        return None if self.withheld.conceals(number, total) else self._in_row(row)

    def _in_row(self, row: CrosstabRow) -> int:
        return row.counts[-1] if self.crosstab.has_total else sum(row.counts)

    @property
    def everybody(self) -> int:
        """How many are in the table."""
        return self.crosstab.bases[-1] if self.crosstab.has_total else sum(self.crosstab.bases)

    @property
    def everybody_weighed(self) -> WeightedSize:
        """The same with their weights."""
        weighed = self.crosstab.weighed
        return weighed[-1] if self.crosstab.has_total and weighed else together(weighed)

    def sizes(self) -> list[tuple[str, float]]:
        """Return what the percentages are of: labels, and how many; effectively where they are weighted."""
        if self.crosstab.weighed:
            return [(label, round(size.effective, 1)) for label, size in self.weighed_sizes()]
        if self.of_all:
            return [("", self.everybody)]
        if self.of_values:
            in_rows = ((row.label, self.in_row(row)) for row in self.rows())
            return [(label, number) for label, number in in_rows if number is not None]
        sizes = [(self.crosstab.groups[group], self.base(group)) for group in self.groups()]
        return [(label, size) for label, size in sizes if size is not None]

    def weighed_sizes(self) -> list[tuple[str, WeightedSize]]:
        """Return the same with their weights, but for answers with a cell that is kept back."""
        if self.of_all:
            return [("", self.everybody_weighed)]
        if self.of_values:
            return [(row.label, row.size) for row in self.rows() if not self.hides(row)]
        groups = [group for group in self.groups() if group not in self.withheld.columns]
        return [(self.crosstab.groups[group], self.crosstab.weighed[group]) for group in groups]
