"""Counts in rows and columns, and how they become a printed table.

The one form between what was counted and what is printed: what is kept back, and whether groups differ, is
worked out on whole numbers with their bases, alike for themes and for closed questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.tables.printed import PrintedRow
from coder.domain.tables.weights import NOBODY
from coder.tables.figures.cell_figures import NO_LETTERS, Share, figure_columns, figures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.tables.printed import PrintedColumn, PrintedRowKind
    from coder.domain.tables.weights import WeightedSize
    from coder.tables.figures.cell_figures import ColumnLetters, Concealed, FigureStyle
    from coder.tables.keeping_back.withheld import Withheld

TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class CrosstabRow:
    """One row's counts."""

    label: str
    kind: PrintedRowKind
    counts: tuple[int, ...]
    """One for each of the crosstab's groups."""
    level: int = 0
    """How many nets stand above it in the table."""
    key: str = ""
    """The theme's id, or the value counted."""
    respondents: int = 0
    """Of a row of themes, in all, with `mentions`; whichever of the two the table counts."""
    mentions: int = 0
    weights: tuple[int, ...] = ()
    """What the respondents counted weigh, for each of the groups; empty where the table is not weighted."""
    size: WeightedSize = NOBODY
    """Of an answer to a closed question: all who gave it, where percentages may be of them."""


@dataclass(frozen=True, slots=True)
class Crosstab:
    """Counts in rows, by groups of respondents."""

    groups: tuple[str, ...]
    """A name for each: a value of the attribute, or `Total`; one empty name if there is one group."""
    bases: tuple[int, ...]
    """How many the percentages of each group are of."""
    rows: tuple[CrosstabRow, ...]
    has_total: bool = False
    """Whether the last group is all the others together."""
    weighed: tuple[WeightedSize, ...] = ()
    """The bases with their weights; empty where the table is not weighted."""

    @property
    def sizes(self) -> list[tuple[str, float]]:
        """The groups, each with how many its percentages are of; effective bases where they are weighted."""
        bases = [round(size.effective, 1) for size in self.weighed] or self.bases
        return list(zip(self.groups, bases, strict=True))

    @property
    def weighed_bases(self) -> list[tuple[int, WeightedSize]]:
        """The bases of a weighted table, without and with weights."""
        return list(zip(self.bases, self.weighed, strict=True))

    def share(self, row: CrosstabRow, group: int) -> Share:
        """Return how many of a group's base are counted in a row."""
        if not self.weighed:
            return Share(row.counts[group], self.bases[group])
        return Share(row.counts[group], self.bases[group], row.weights[group], self.weighed[group])

    def concealed(self, position: tuple[int, int], withheld: Withheld) -> Concealed:
        """Return what of a cell is kept back.

        Args:
            position: Its row and group.
            withheld: What of the table is not printed.
        """
        row, group = position
        is_of_base = self.rows[row].kind == "total" and group in withheld.bases
        if is_of_base or withheld.conceals(row, group):
            return "everything"
        if group in withheld.bases:
            return "percentages"
        is_total = self.has_total and group == len(self.groups) - 1
        is_of_cells = (is_total and withheld.conceals_of(row)) or group in withheld.weighted_bases
        return "weighted figures" if is_of_cells or position in withheld.weighted else "nothing"


def placeless_last(
    rows: Sequence[CrosstabRow], withheld: Withheld, name_of: Callable[[int], object]
) -> list[int]:
    """Return the numbers of rows in the order in which they are printed.

    Rows whose place would tell of their count stand behind the others under the same net, by something that
    does not; a row that joins several, or is for all, keeps its place at the end.

    Args:
        rows: In the order of their counts.
        withheld: What is not printed.
        name_of: From the number of a row to that by which those stand that are behind the others.
    """

    def rank(numbers: Sequence[int]) -> tuple[object, ...]:
        top = rows[numbers[0]]
        if top.kind in ("other", "total"):
            return (2,)
        return (1, name_of(numbers[0])) if withheld.conceals_total(numbers[0]) else (0,)

    def arranged(numbers: Sequence[int]) -> list[int]:
        blocks: list[list[int]] = []
        for number in numbers:
            if rows[number].level == rows[numbers[0]].level:
                blocks.append([])
            blocks[-1].append(number)
        blocks.sort(key=rank)
        return [number for block in blocks for number in (block[0], *arranged(block[1:]))]

    return arranged(range(len(rows)))


def printed_columns(
    crosstab: Crosstab, style: FigureStyle, withheld: Withheld, letters: ColumnLetters = NO_LETTERS
) -> tuple[PrintedColumn, ...]:
    """Return the printed columns: for each group its counts and their percentages.

    Args:
        crosstab: The counts.
        style: How they are printed.
        withheld: What is not printed.
        letters: Of the columns.
    """
    return tuple(
        column
        for group, name in enumerate(crosstab.groups)
        for base in [None if group in withheld.bases else crosstab.bases[group]]
        for column in figure_columns(style, name, base, letters.of_group.get(group, ""))
    )


def printed_rows(
    crosstab: Crosstab,
    style: FigureStyle,
    withheld: Withheld,
    order: Sequence[int],
    letters: ColumnLetters = NO_LETTERS,
) -> tuple[PrintedRow, ...]:
    """Return the printed rows.

    Args:
        crosstab: The counts.
        style: How they are printed.
        withheld: What is not printed.
        order: The numbers of the rows, in the order in which they are printed.
        letters: Of the columns, and in the cells.
    """
    return tuple(
        PrintedRow(
            row.label,
            row.kind,
            tuple(
                cell
                for group in range(len(crosstab.groups))
                for cell in figures(
                    style,
                    crosstab.share(row, group),
                    crosstab.concealed((number, group), withheld),
                    letters.in_cell.get((number, group), ""),
                )
            ),
            row.level,
            row.key,
        )
        for number in order
        for row in [crosstab.rows[number]]
    )
