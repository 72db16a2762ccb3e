"""The columns of a printed table on the screen: what stands in each, how wide it is, which have room."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len

from coder.formats.tables.cells import LOW, cell_text
from coder.tables.figures.base_figures import DESIGN_EFFECT, EFFECTIVE
from coder.tables.figures.cell_figures import INTERVAL
from coder.text.inert import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedColumn, PrintedRow, PrintedTable

GAP = 2
"""Cells between columns; the latter holds the mark of the cell at the cursor."""
_NARROWEST, _WIDEST = 6, 14
_SHOWN_NUMBERS = frozenset({*INTERVAL, EFFECTIVE, DESIGN_EFFECT})
_HEADS = 3
"""Lines of a heading, the base aside; a column is as wide as that takes, within limits."""


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column as it is shown."""

    group: str
    """The heading over it in the table; empty where columns have none."""
    index: int
    """Which column of the table it is."""
    heading: tuple[str, ...]
    """Its lines; the latest, where the column is a group's, its base."""
    texts: tuple[str, ...]
    """What stands in each row."""
    width: int
    has_base: bool = False
    """Whether the final line of its heading is whom its percentages are of."""


def shown_columns(table: PrintedTable, *, percents: bool) -> list[ShownColumn]:
    """Return the columns of a table: all of them or, where they have groups, one for each group.

    Args:
        table: The table.
        percents: Whether a group shows its percentages, if it has any, rather than its counts.
    """
    columns: list[ShownColumn] = []
    for group, in_group in groupby(enumerate(table.columns), key=lambda pair: pair[1].group):
        indexes = [index for index, _ in in_group]
        if group:
            preferred = [index for index in indexes if (table.columns[index].kind == "percent") == percents]
            indexes = [*preferred, *indexes][:1]
        else:
            indexes = [index for index in indexes if not _is_left_out(table.columns[index])]
        columns += [_column(table, index, group) for index in indexes]
    return columns


def _is_left_out(column: PrintedColumn) -> bool:
    """Tell whether a number is not worth the room, as a rank: it is said of the row at the cursor."""
    return column.kind == "number" and column.name not in _SHOWN_NUMBERS


def _column(table: PrintedTable, index: int, group: str) -> ShownColumn:
    column = table.columns[index]
    # Bases stand in the first of a group's columns: they are shown whichever of these is.
    base_index = [other.group for other in table.columns].index(group) if group else index
    texts = tuple(_text(table, row, base_index if row.kind == "base" else index) for row in table.rows)
    widest = max((cell_len(text) for text in texts), default=0)
    has_base = bool(group) and any(other.base is not None for other in table.columns)
    base = [_base(table, group)] if has_base else []
    least = max([widest, *map(cell_len, base), _NARROWEST])
    heading = [
        *_wrapped(inert(column.own_heading if column.alone else column.group_heading or column.name), least),
        *base,
    ]
    return ShownColumn(group, index, tuple(heading), texts, max(least, *map(cell_len, heading)), has_base)


def _text(table: PrintedTable, row: PrintedRow, index: int) -> str:
    return cell_text(table.columns[index], row.cells[index])


def _wrapped(name: str, least: int) -> list[str]:
    """Break a heading so that it takes few lines, and is not wider than need be."""
    for width in range(least, _WIDEST):
        lines = textwrap.wrap(name, width, break_long_words=False)
        if len(lines) <= _HEADS and all(cell_len(line) <= width for line in lines):
            return lines
    lines = textwrap.wrap(name, _WIDEST)
    return lines if len(lines) <= _HEADS else [*lines[: _HEADS - 1], lines[_HEADS - 1][: _WIDEST - 1] + "…"]


def _base(table: PrintedTable, group: str) -> str:
    """Return `6 [u]`: whom the percentages of a group are of, and that they are few."""
    indexes = [index for index, column in enumerate(table.columns) if column.group == group]
    sizes = [base for index in indexes if (base := table.columns[index].base) is not None]
    if not sizes:
        return ""
    low = any(row.cells[index].mark == "low" for row in table.rows for index in indexes)
    return f"{sizes[0]:,}{f' {LOW}' if low else ''}"


def in_view(columns: Sequence[ShownColumn], start: int, room: int) -> range:
    """Return which columns have room from one of them on: that one at least."""
    end = start
    while end < len(columns) and (end == start or room >= GAP + columns[end].width):
        room -= GAP + columns[end].width
        end += 1
    return range(start, end)


def first_in_view(columns: Sequence[ShownColumn], start: int, cursor: int, room: int) -> int:
    """Return from which column on to show them so that the one at the cursor is in view.

    Args:
        columns: All columns.
        start: From which on they were shown so far; that changes as little as may be.
        cursor: Where the cursor is.
        room: How many cells there are.
    """
    start = min(start, cursor)
    while cursor not in in_view(columns, start, room):
        start += 1
    # Room that remains at the right end shows more columns on the left.
    while start and len(columns) - 1 in in_view(columns, start - 1, room):
        start -= 1
    return start
