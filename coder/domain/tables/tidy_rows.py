"""Printed tables as programs read them: a row for each row and group of columns, numbers as printed.

The CSV of the command line and the frames of Python are both made of these rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.tables.printed import Cell, CellMark, PrintedColumn, PrintedRow, PrintedTable

_MARKS: tuple[CellMark, ...] = ("suppressed", "low")


@dataclass(frozen=True, slots=True)
class TidyRow:
    """What one row of a table says of one group of columns."""

    table: PrintedTable
    row: PrintedRow
    group: str
    count: int | float | None
    """The group's last count."""
    percent: int | float | None
    """Its last percentage."""
    percent_column: PrintedColumn | None
    base: int | None
    """How many the percentage is of."""
    mark: CellMark
    further: dict[str, int | float | str | None]
    """Every further column by its name."""


def cell_value(column: PrintedColumn, cell: Cell) -> int | float | None:
    """Return a cell's number, rounded as it is printed; None where there is none or it is kept back.

    Halves are rounded up, as reports and spreadsheets do: one of eight is 13 %.
    """
    if cell.value is None or cell.mark == "suppressed":
        return None
    decimals = decimals_of(column, cell)
    rounded = Decimal(str(cell.value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # What is less than nought and rounded to it has no sign: -0.00 is none.
    return float(rounded) + 0.0 if decimals else int(rounded)


def decimals_of(column: PrintedColumn, cell: Cell) -> int:
    """Return to how many places a cell's number is printed: its own, or its column's."""
    if cell.decimals is not None:
        return cell.decimals
    return 0 if column.kind == "count" else column.decimals


def tidy_rows(tables: Iterable[PrintedTable]) -> Iterator[TidyRow]:
    """Yield what tables say, row by row and group by group; bases that stand in rows with each of these."""
    for table in tables:
        for row in table.rows:
            if row.kind == "base":
                continue
            yield from tidy_parts(table, row)


def tidy_parts(table: PrintedTable, row: PrintedRow) -> Iterator[TidyRow]:
    """Yield what one row says of each group of columns."""
    pairs = zip(table.columns, row.cells, strict=True)
    for group, columns in groupby(pairs, key=lambda pair: pair[0].group):
        yield _part(table, row, group, list(columns))


def _part(
    table: PrintedTable, row: PrintedRow, group: str, pairs: Sequence[tuple[PrintedColumn, Cell]]
) -> TidyRow:
    """Return what a row says of a group: its last count and percentage; any others under their own names."""
    latest = {column.kind: (column, cell) for column, cell in pairs if column.kind != "number"}
    count = latest.get("count")
    percent = latest.get("percent")
    bases = [column.base for column, _ in latest.values() if column.base is not None]
    marks = {cell.mark for _, cell in latest.values()}
    further: dict[str, int | float | str | None] = {
        column.name: cell_value(column, cell)
        for column, cell in pairs
        if (column, cell) not in latest.values()
    }
    return TidyRow(
        table,
        row,
        group,
        cell_value(*count) if count else None,
        cell_value(*percent) if percent else None,
        percent[0] if percent else None,
        _base(table, row, bases),
        next((mark for mark in _MARKS if mark in marks), ""),
        further | _letters_in(table, row, percent) | _bases_of_group(table, group),
    )


def _letters_in(
    table: PrintedTable, row: PrintedRow, percent: tuple[PrintedColumn, Cell] | None
) -> dict[str, int | float | str | None]:
    """Return the letters of a percentage, where a table has any."""
    if not has_letters(table):
        return {}
    column, cell = percent or (None, None)
    return {
        "letter": row.letter or (column.letter if column else ""),
        "higher than": cell.letters if cell else "",
    }


def has_letters(table: PrintedTable) -> bool:
    """Tell whether columns have letters, or rows of a turned table, by which cells refer to them."""
    return any(column.letter for column in table.columns) or any(row.letter for row in table.rows)


def _bases_of_group(table: PrintedTable, group: str) -> dict[str, int | float | str | None]:
    """Return what rows of bases say of a group of columns; how many it is stands as its base already."""
    column = next(number for number, column in enumerate(table.columns) if column.group == group)
    rows = [row for row in table.rows if row.kind == "base" and row.cells[column].decimals]
    return {row.label: cell_value(table.columns[column], row.cells[column]) for row in rows}


def _base(table: PrintedTable, row: PrintedRow, of_columns: Sequence[int]) -> int | None:
    """Return how many a row's percentages are of: by its column, by itself, or by the table."""
    if of_columns:
        return of_columns[0]
    if row.base is not None:
        return row.base
    return table.base.size if table.base else None
