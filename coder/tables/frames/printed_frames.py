"""Printed tables as frames: one as it is printed, or any number as rows for programs.

Numbers are rounded as they are printed, so a frame never says more than the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.tables.tidy_rows import cell_value, has_letters, tidy_rows
from coder.tables.frames.categories import categorical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from coder.domain.tables.printed import Cell, PrintedTable

_CATEGORIES = ("table", "question", "theme", "kind", "theme_id", "group", "mark")


def printed_frame(table: PrintedTable) -> pd.DataFrame:
    """Return a table as it is printed: its labels as index, a column for each of its own.

    Where columns stand in groups, they have two levels. Numbers that are kept back, or that there are none
    of, are missing. `attrs` has the table's number, title, notes and source, and under `marks` the row,
    column and mark of every cell that has one. Where groups have letters, `letters` has them by group, and
    `higher_than` row, column and the letters of those that a cell is higher than.
    """
    import pandas as pd

    columns = {
        place: _numbers([cell_value(column, row.cells[place]) for row in table.rows])
        for place, column in enumerate(table.columns)
    }
    index = pd.Index([row.label for row in table.rows], name=table.stub, dtype="str")
    frame = pd.DataFrame(columns, index=index)
    frame.columns = _column_index(table)
    frame.attrs = {
        "number": table.number,
        "title": table.title,
        "notes": table.notes,
        "source": str(table.provenance),
        "marks": _of_cells(table, lambda cell: cell.mark),
    }
    if has_letters(table):
        frame.attrs |= {
            "letters": _letters(table),
            "higher_than": _of_cells(table, lambda cell: cell.letters),
        }
    return frame


def _numbers(cells: list[Any]) -> Any:
    """Return a column of whole numbers where all are, else of any numbers; in both some may be missing."""
    import pandas as pd

    is_whole = all(cell is None or isinstance(cell, int) for cell in cells)
    return pd.array(cells, dtype="Int64" if is_whole else "Float64")


def _column_index(table: PrintedTable) -> pd.Index[Any]:
    import pandas as pd

    if any(column.group for column in table.columns):
        pairs = [(column.group, column.name) for column in table.columns]
        return pd.MultiIndex.from_tuples(pairs, names=[table.by or None, None])
    return pd.Index([column.name for column in table.columns])


def _of_cells(table: PrintedTable, text_of: Callable[[Cell], str]) -> tuple[tuple[str, str, str], ...]:
    """Return row, column and text of every cell that has one."""
    return tuple(
        (row.label, ": ".join(filter(None, (column.group, column.name))), text)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if (text := text_of(cell))
    )


def _letters(table: PrintedTable) -> dict[str, str]:
    """Return the letters of groups, be they columns or, in turned tables, rows."""
    of_columns = {column.group or column.name: column.letter for column in table.columns if column.letter}
    return of_columns | {row.label: row.letter for row in table.rows if row.letter}


def tidy_frame(tables: Sequence[PrintedTable]) -> pd.DataFrame:
    """Return tables as one frame: a row for each row and group of columns, with the columns of the CSV.

    Tables, themes, groups and marks are categories in the order of print. Columns that are neither a count
    nor its percentage have their own names.
    """
    import pandas as pd

    records = list(tidy_rows(tables))
    cells: dict[str, list[Any]] = {
        "table": [record.table.number for record in records],
        "question": [record.table.subject for record in records],
        "theme": [record.row.label for record in records],
        "count": [record.count for record in records],
        "percent": [record.percent for record in records],
        "base": [record.base for record in records],
        "respondents": [record.row.respondents for record in records],
        "mentions": [record.row.mentions for record in records],
        "kind": [record.row.kind for record in records],
        "theme_id": [record.row.key for record in records],
        "group": [record.group for record in records],
        "mark": [record.mark for record in records],
    }
    further = dict.fromkeys(name for record in records for name in record.further)
    cells |= {name: [record.further.get(name) for record in records] for name in further}
    cells["source"] = [str(record.table.provenance) for record in records]
    frame = pd.DataFrame({name: _column(name, column) for name, column in cells.items()})
    frame.attrs["notes"] = tuple(f"{table.heading}: {note}" for table in tables for note in table.notes)
    return frame


def _column(name: str, cells: list[Any]) -> Any:
    import pandas as pd

    if name in _CATEGORIES:
        return categorical(cells)
    if any(isinstance(cell, str) for cell in cells):
        return pd.array(cells, dtype="string")
    return pd.array(cells, dtype="Float64") if name == "percent" else _numbers(cells)
