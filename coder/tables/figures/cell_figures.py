"""Everything that is printed of one cell: the only place where a count becomes figures.

A cell that is kept back loses all of them here, whatever else is printed of cells one day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from coder.domain.tables.printed import Cell, PrintedColumn
from coder.tables.figures.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.tables.printed import CellMark, IntervalEnd
    from coder.domain.tables.weights import WeightedSize

NONE = Cell(None)
KEPT_BACK = Cell(None, "suppressed")
NO_FIGURE = Cell(None, "blank")

WEIGHTED = "Weighted %"
"""What stands above percentages of weights."""
INTERVAL = ("95% from", "95% to")
"""The columns with the ends of an interval."""
_ENDS: tuple[IntervalEnd, ...] = ("from", "to")

Concealed = Literal["nothing", "weighted figures", "percentages", "everything"]
"""What of a cell is kept back. Percentages go where they are of what is kept back. Whoever knows the weights
could split the total of a row, in which other cells are kept back, by the weighted one: there it goes, while
the total's count stays."""


@dataclass(frozen=True, slots=True)
class ColumnLetters:
    """The letters of a table's columns, and those in its cells."""

    of_group: Mapping[int, str] = field(default_factory=dict)
    """Of the groups that are compared."""
    in_cell: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """By row and group, of the columns than which it is higher: `A C`; only where there are any."""
    note: str = ""


NO_LETTERS = ColumnLetters()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a base are counted in a cell, and what they weigh."""

    count: int
    base: int
    weight: int = 0
    """Of those counted."""
    size: WeightedSize | None = None
    """Of the base; None where shares are not weighted."""
    is_whole: bool = False
    """Whether it is 100 % by what it is of, whatever was answered: chance has no part in it."""

    @property
    def percent(self) -> float | None:
        """What is counted, as a percentage of its base; None of an empty base."""
        part, whole = (self.count, self.base) if self.size is None else (self.weight, self.size.weight)
        return 100 * part / whole if whole else None

    @property
    def effective_base(self) -> float:
        """So many respondents of equal weight would tell as much."""
        return self.base if self.size is None else self.size.effective


@dataclass(frozen=True, slots=True)
class FigureStyle:
    """Which figures of a cell are printed."""

    heading: str
    """What is counted: `Councils`."""
    count: bool = True
    percent: bool = True
    decimals: int = 0
    low: int = 0
    """Percentages of fewer than these are marked."""
    lone_names: bool = False
    """Whether a figure that has its group to itself is called like that."""
    weighted: bool = False
    intervals: bool = False

    @property
    def percent_heading(self) -> str:
        """What stands above percentages."""
        return WEIGHTED if self.weighted else "%"

    @property
    def width(self) -> int:
        """How many figures a cell has."""
        return self.count + self.percent * (1 + 2 * self.intervals)


def figure_columns(style: FigureStyle, group: str, base: int | None, letter: str = "") -> list[PrintedColumn]:
    """Return the columns of a group of cells, one for each figure.

    Args:
        style: Which figures there are.
        group: The heading that stands above them; empty for none.
        base: How many their percentages are of, if that is to stand above them.
        letter: By which letters in other columns refer to it; empty for none.
    """
    alone = bool(group) and style.lone_names and style.width == 1
    columns = []
    if style.count:
        columns.append(
            PrintedColumn(group if alone else style.heading, "count", group, alone=alone, letter=letter)
        )
    if style.percent:
        name = group if alone else style.percent_heading
        columns.append(
            PrintedColumn(name, "percent", group, base, style.decimals, alone=alone, letter=letter)
        )
        if style.intervals:
            columns += [
                PrintedColumn(name, "number", group, decimals=style.decimals, letter=letter, end=end)
                for name, end in zip(INTERVAL, _ENDS, strict=True)
            ]
    return columns


def figures(
    style: FigureStyle, share: Share, concealed: Concealed = "nothing", letters: str = ""
) -> list[Cell]:
    """Return the figures of one cell, in the order of their columns.

    Args:
        style: Which figures there are.
        share: The cell.
        concealed: What of it is kept back.
        letters: Of the columns than which its percentage is higher.
    """
    if concealed == "everything":
        return [KEPT_BACK] * style.width
    cells = [Cell(share.count)] * style.count
    if not style.percent:
        return cells
    if concealed == "percentages" or (concealed == "weighted figures" and style.weighted):
        return [*cells, *[KEPT_BACK] * (style.width - style.count)]
    percent = share.percent
    if percent is None:
        return [*cells, *[NONE] * (style.width - style.count)]
    # As it is printed: a base of 9.96 reads 10.0, and is not called under ten.
    mark: CellMark = "low" if round(share.effective_base, 1) < style.low else ""
    cells.append(Cell(percent, mark, letters=letters))
    if style.intervals and share.is_whole:
        cells += [NO_FIGURE] * len(INTERVAL)
    elif style.intervals:
        cells += [Cell(100 * end) for end in wilson(percent / 100, share.effective_base)]
    return cells
