"""The headings of a table that has rows and columns of cells, as documents and slides have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.formats.tables.cells import has_groups, heading_groups, tied_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.tables.printed import PrintedTable


class GridHead(NamedTuple):
    """A heading, and the cells that it stands over, merged into one: rows and columns from 0."""

    text: str
    top: int
    bottom: int
    left: int
    right: int


def head_rows(table: PrintedTable) -> int:
    """Return how many rows of cells the headings take."""
    return 2 if has_groups(heading_groups(table)) else 1


def grid_heads(table: PrintedTable) -> Iterator[GridHead]:
    """Yield the headings, that of the labels first; groups above their columns, the rest over all rows."""
    bottom = head_rows(table) - 1
    yield GridHead(table.stub, 0, bottom, 0, 0)
    left = 1
    for group in heading_groups(table):
        right = left + len(group.columns) - 1
        if group.heading:
            yield GridHead(tied_base(group.heading), 0, 0, left, right)
        for place, column in enumerate(group.columns, start=left):
            yield GridHead(tied_base(column), bottom if group.heading else 0, bottom, place, place)
        left = right + 1
