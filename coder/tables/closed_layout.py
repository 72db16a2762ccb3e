"""How the counts of a closed question are laid out: turned or not, and what their percentages are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow
from coder.tables.crosstab import KEPT_BACK, NONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from coder.domain.study_settings import TableLayout
    from coder.domain.tables.printed import CellMark
    from coder.tables.crosstab import Crosstab, CrosstabRow
    from coder.tables.suppression import Position


@dataclass(frozen=True, slots=True)
class ClosedLayout:
    """A crosstab of a closed question, and how it is laid out."""

    crosstab: Crosstab
    """Its groups are the values of another attribute, its rows the question's; the final row is for all."""
    layout: TableLayout
    heading: str
    """What is counted: `Councils`."""
    low: int
    """Percentages of fewer than these are marked."""
    kept_back: Collection[Position]
    total: bool
    """Whether all groups together are shown where there are several."""

    @property
    def percents_of_values(self) -> bool:
        """Whether percentages are of those with a value of the question, rather than of a group."""
        return self.layout.percents == ("columns" if self.layout.turn else "rows")

    @property
    def sizes(self) -> list[tuple[str, int]]:
        """What the percentages are of: labels, and how many respondents."""
        if self.layout.percents == "all":
            return [("", self._everybody)]
        if self.percents_of_values:
            return [(row.label, self._in_row(row)) for row in self._rows()]
        return [(self.crosstab.groups[group], self.crosstab.bases[group]) for group in self._groups()]

    def columns(self) -> tuple[PrintedColumn, ...]:
        """Return the columns."""
        if not self.layout.turn:
            return tuple(
                column
                for group in self._groups()
                for column in self._of_group(self.crosstab.groups[group], self._base_above(group))
            )
        base = [PrintedColumn(self.heading, "count")] if self.layout.show_n == "count" else []
        rows = self._rows(total=self.layout.show_n == "total")
        of_values = (column for row in rows for column in self._of_group(row.label, self._size_above(row)))
        return (*base, *of_values)

    def rows(self) -> tuple[PrintedRow, ...]:
        """Return the rows."""
        total = self.layout.show_n == "total"
        if not self.layout.turn:
            return tuple(
                PrintedRow(
                    row.label,
                    row.kind,
                    self._cells((row, group) for group in self._groups()),
                    key=row.key,
                    base=self._base_of(row),
                )
                for row in self._rows(total=total)
            )
        return tuple(self._turned(group, list(self._rows(total=total))) for group in self._groups())

    def _turned(self, group: int, rows: Sequence[CrosstabRow]) -> PrintedRow:
        name, base = self.crosstab.groups[group], self.crosstab.bases[group]
        of_all = self.crosstab.has_total and group == len(self.crosstab.groups) - 1
        label = name or self.heading
        if self.layout.show_n == "labels":
            label = f"{label} (n={base:,})"
        cells = self._cells((row, group) for row in rows)
        return PrintedRow(
            label,
            "total" if of_all else "value",
            (Cell(base), *cells) if self.layout.show_n == "count" else cells,
            key="" if of_all else name,
            base=self._everybody
            if self.layout.percents == "all"
            else None
            if self.percents_of_values
            else base,
        )

    def _base_of(self, row: CrosstabRow) -> int | None:
        """Return how many all percentages in a row are of; None where its columns differ in that."""
        if self.layout.percents == "all":
            return self._everybody
        if self.percents_of_values:
            return self._in_row(row)
        return self.crosstab.bases[0] if len(self.crosstab.groups) == 1 else None

    def _base_of_group(self, group: int) -> int | None:
        if self.layout.percents == "all":
            return self._everybody
        return None if self.percents_of_values else self.crosstab.bases[group]

    def _groups(self) -> range:
        hidden_total = self.crosstab.has_total and not self.total
        return range(len(self.crosstab.groups) - hidden_total)

    def _rows(self, *, total: bool = False) -> Iterator[CrosstabRow]:
        for row in self.crosstab.rows:
            if row.kind == "total":
                if total:
                    yield row
            elif row.key or self.layout.no_answer == "row":
                yield row

    def _of_group(self, name: str, base: int | None) -> Iterator[PrintedColumn]:
        """Yield the columns under a heading; a column alone there has that for its name."""
        alone = bool(name) and self.layout.numbers != "both"
        if self.layout.numbers != "percent":
            yield PrintedColumn(name if alone else self.heading, "count", name, alone=alone)
        if self.layout.numbers != "count":
            yield PrintedColumn(name if alone else "%", "percent", name, base, decimals=0, alone=alone)

    def _base_above(self, group: int) -> int | None:
        """Return how many the percentages in a column are of, if that is to stand above it."""
        by_group = not self.percents_of_values and self.layout.percents != "all"
        return self.crosstab.bases[group] if by_group and self.layout.show_n != "notes" else None

    def _size_above(self, row: CrosstabRow) -> int | None:
        return self._in_row(row) if self.percents_of_values and self.layout.show_n != "notes" else None

    def _cells(self, positions: Iterator[tuple[CrosstabRow, int]]) -> tuple[Cell, ...]:
        return tuple(cell for row, group in positions for cell in self._at(row, group))

    def _at(self, row: CrosstabRow, group: int) -> Iterator[Cell]:
        if (self.crosstab.rows.index(row), group) in self.kept_back:
            yield from [KEPT_BACK] * (2 if self.layout.numbers == "both" else 1)
            return
        count, size = row.counts[group], self._size(row, group)
        if self.layout.numbers != "percent":
            yield Cell(count)
        if self.layout.numbers != "count":
            mark: CellMark = "low" if size < self.low else ""
            yield Cell(100 * count / size, mark) if size else NONE

    def _size(self, row: CrosstabRow, group: int) -> int:
        """Return how many the percentage in a cell is of."""
        if self.layout.percents == "all":
            return self._everybody
        return self._in_row(row) if self.percents_of_values else self.crosstab.bases[group]

    def _in_row(self, row: CrosstabRow) -> int:
        return row.counts[-1] if self.crosstab.has_total else sum(row.counts)

    @property
    def _everybody(self) -> int:
        return self.crosstab.bases[-1] if self.crosstab.has_total else sum(self.crosstab.bases)


def crosstab_has_total(layout: TableLayout, *, total: bool) -> bool:
    """Tell whether readers learn how many of all groups have a value, which what is kept back allows for.

    They do where all together have a column or row, and where percentages are of them.
    """
    values_percents = layout.percents == ("columns" if layout.turn else "rows")
    return total or values_percents or layout.percents == "all"


def percents_note(layout: TableLayout, *, by: bool) -> str:
    """Return what percentages are of, where it is not the values that a table is by."""
    if layout.numbers == "count" or not by:
        return ""
    if layout.percents == "all":
        return "Percentages are of all in the table."
    if layout.percents == ("columns" if layout.turn else "rows"):
        return f"Percentages are of all in each {'column' if layout.turn else 'row'}."
    return ""
