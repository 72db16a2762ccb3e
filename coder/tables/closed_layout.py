"""How the counts of a closed question are laid out: turned or not, and what their percentages are of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow
from coder.tables.figures.base_figures import base_cells, base_columns, base_rows
from coder.tables.figures.cell_figures import (
    KEPT_BACK,
    NO_LETTERS,
    ColumnLetters,
    FigureStyle,
    figure_columns,
    figures,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.study_settings import TableLayout
    from coder.domain.tables.weights import WeightedSize
    from coder.tables.closed_shares import ClosedShares
    from coder.tables.crosstab import CrosstabRow


@dataclass(frozen=True, slots=True)
class ClosedLayout:
    """A closed question's shares, and how they are laid out."""

    shares: ClosedShares
    style: FigureStyle
    letters: ColumnLetters = NO_LETTERS

    @property
    def layout(self) -> TableLayout:
        """How the table is laid out, where it is not as most are."""
        return self.shares.layout

    @property
    def noted_bases(self) -> tuple[tuple[str, WeightedSize], ...]:
        """The bases of a weighted table, by label, where no row or column has them."""
        return tuple(self.shares.weighed_sizes()) if self._bases_shown == "note" else ()

    @property
    def _bases_shown(self) -> Literal["none", "rows", "columns", "note"]:
        """Where a weighted table says how many its percentages are of: in rows or columns, or in a note."""
        if not self.shares.crosstab.weighed:
            return "none"
        if self.shares.of_all:
            return "note"
        # What rows are of: the groups of a turned table, or else the values.
        if self.layout.turn != self.shares.of_values:
            return "note" if self.layout.heads else "columns"
        is_column_of_counts = self.style.count and self.layout.show_n == "total" and not self.layout.turn
        return "rows" if is_column_of_counts else "note"

    def columns(self) -> tuple[PrintedColumn, ...]:
        """Return the columns."""
        bases = base_columns() if self._bases_shown == "columns" else ()
        if not self.layout.turn:
            of_groups = (
                column
                for group in self.shares.groups()
                for column in figure_columns(
                    self.style,
                    self.shares.crosstab.groups[group],
                    self._base_above(group),
                    self.letters.of_group.get(group, ""),
                )
            )
            return (*of_groups, *bases)
        base = [PrintedColumn(self.style.heading, "count")] if self.layout.show_n == "count" else []
        rows = self.shares.rows(total=self.layout.show_n == "total")
        of_values = (
            column for row in rows for column in figure_columns(self.style, row.label, self._size_above(row))
        )
        return (*base, *of_values, *bases)

    def rows(self) -> tuple[PrintedRow, ...]:
        """Return the rows."""
        total = self.layout.show_n == "total"
        groups = self.shares.groups()
        if self.layout.turn:
            return tuple(self._turned(group, list(self.shares.rows(total=total))) for group in groups)
        rows = tuple(
            PrintedRow(
                row.label,
                row.kind,
                (*self._cells((row, group) for group in groups), *self._bases_of(row)),
                key=row.key,
                base=self._base_of(row),
            )
            for row in self.shares.rows(total=total)
        )
        if self._bases_shown != "rows":
            return rows
        sizes = [self.shares.crosstab.weighed_bases[group] for group in groups]
        return (*rows, *base_rows(sizes, self.style, self.shares.withheld, unweighted=False))

    def _turned(self, group: int, rows: Sequence[CrosstabRow]) -> PrintedRow:
        crosstab = self.shares.crosstab
        name, base = crosstab.groups[group], self.shares.base(group)
        of_all = crosstab.has_total and group == len(crosstab.groups) - 1
        label = name or self.style.heading
        letter = self.letters.of_group.get(group, "")
        if letter:
            label = f"{label} ({letter})"
        if self.layout.show_n == "labels" and base is not None:
            label = f"{label} (n={base:,})"
        cells = self._cells((row, group) for row in rows)
        if self._bases_shown == "columns" and group in self.shares.withheld.columns:
            cells += (KEPT_BACK,) * len(base_columns())
        elif self._bases_shown == "columns":
            cells += base_cells(crosstab.weighed[group])
        return PrintedRow(
            label,
            "total" if of_all else "value",
            (KEPT_BACK if base is None else Cell(base), *cells) if self.layout.show_n == "count" else cells,
            key="" if of_all else name,
            base=self.shares.everybody if self.shares.of_all else None if self.shares.of_values else base,
            letter=letter,
        )

    def _base_of(self, row: CrosstabRow) -> int | None:
        """Return how many all percentages in a row are of; None where its columns differ in that."""
        if self.shares.of_all:
            return self.shares.everybody
        if self.shares.of_values:
            return self.shares.in_row(row)
        return self.shares.crosstab.bases[0] if len(self.shares.crosstab.groups) == 1 else None

    def _base_above(self, group: int) -> int | None:
        """Return how many the percentages in a column are of, if that is to stand above it."""
        by_group = not self.shares.of_values and not self.shares.of_all
        return self.shares.base(group) if by_group and self.layout.show_n != "notes" else None

    def _size_above(self, row: CrosstabRow) -> int | None:
        is_above = self.shares.of_values and self.layout.show_n != "notes"
        return self.shares.in_row(row) if is_above else None

    def _cells(self, positions: Iterator[tuple[CrosstabRow, int]]) -> tuple[Cell, ...]:
        return tuple(
            cell
            for row, group in positions
            for cell in figures(
                self.style,
                self.shares.share(row, group),
                self.shares.concealed(row, group),
                self.letters.in_cell.get((self.shares.crosstab.rows.index(row), group), ""),
            )
        )

    def _bases_of(self, row: CrosstabRow) -> tuple[Cell, ...]:
        if self._bases_shown != "columns":
            return ()
        return (KEPT_BACK,) * len(base_columns()) if self.shares.hides(row) else base_cells(row.size)


def closed_style(heading: str, layout: TableLayout) -> FigureStyle:
    """Return which figures of a cell a layout has."""
    return FigureStyle(
        heading, count=layout.numbers != "percent", percent=layout.numbers != "count", lone_names=True
    )


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
