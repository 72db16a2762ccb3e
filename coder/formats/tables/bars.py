"""The bars beside the rows of a printed table, and the scale that they are drawn to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedTable

LONGEST = 50
"""Cells that a bar takes at most, however wide the line is: longer ones are no easier to compare."""
SHORTEST = 8
"""Cells that a scale needs; where fewer are left, there are no bars."""


class Bars(NamedTuple):
    """How long each row's bar is, and of what."""

    shares: Sequence[float]
    """Of the scale, from 0 to 1; 0 for rows without a bar."""
    limit: str
    """What the whole scale stands for: `50%`, `30`."""

    def scale(self, cells: int) -> str:
        """Return the heading of bars that are so many cells long at most: `0      50%`."""
        return f"0{self.limit:>{cells - 1}}"


def bars_of(table: PrintedTable) -> Bars | None:
    """Return the bars of a table, by percentages where there are any, else by counts.

    The scale ends at the next round number: what is largest does not fill it for being so. None where columns
    have groups, or nothing is counted.
    """
    kinds = [column.kind for column in table.columns]
    several = kinds.count("percent") > 1 or any(column.group for column in table.columns)
    if several or not {"percent", "count"} & {*kinds}:
        return None
    index = kinds.index("percent") if "percent" in kinds else 0
    numbers = [0 if row.kind in {"total", "base"} else row.cells[index].value or 0 for row in table.rows]
    largest = max(numbers, default=0)
    if not largest:
        return None
    limit = round_up(largest)
    sign = "%" if kinds[index] == "percent" else ""
    return Bars([number / limit for number in numbers], f"{limit:,g}{sign}")


def room_for_bars(cells: int) -> int:
    """Return how many of these cells the bars take: as many as help, or none."""
    return min(cells, LONGEST) if cells >= SHORTEST else 0


def round_up(number: float) -> float:
    """Return the next number with a single digit that is not nought: 50 for 41.5, 30 for 22."""
    unit = 10.0 ** math.floor(math.log10(number))
    return math.ceil(number / unit) * unit
