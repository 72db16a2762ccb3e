"""How a person is told that a study's database holds what cannot be in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def damaged(fault: str) -> CoderError:
    """Return the error for something in a database that the program cannot have written.

    Args:
        fault: What it is, as a sentence.
    """
    hint = "Restore a copy of the study. To see all that is wrong with this one: coder check"
    return CoderError(f"The study's database is damaged. {fault}", hint)


def refuse_odd_cells(columns: Mapping[str, type], row: Sequence[object], table: str) -> None:
    """Raise CoderError if one of a row's cells is not of its column's type.

    SQLite takes a cell of any type into any column. What is not checked here would lead to an error wherever
    it is used first, be that in drawing.

    Args:
        columns: The type of each column by its name, in the order of the row; the first tells rows apart.
        row: The cells.
        table: Where they stand.
    """
    if tuple(map(type, row)) == tuple(columns.values()):
        return
    for (column, kind), cell in zip(columns.items(), row, strict=True):
        if type(cell) is not kind:
            fault = f"Row {row[0]} of '{table}' holds {cell!r:.40} as its '{column}', which cannot be."
            raise damaged(fault)
