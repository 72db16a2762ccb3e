"""What a printed table shows in its cells, headings and notes, whatever the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.tables.tidy_rows import cell_value, decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import Cell, PrintedColumn, PrintedTable, Provenance

# The shorthand that the UK's statistics producers share.
SUPPRESSED, LOW, NOT_APPLICABLE, ABSENT = "[c]", "[u]", "[z]", "[x]"
_MEANINGS = {
    SUPPRESSED: "kept back, so that nobody can be recognised",
    LOW: "of a base too small to rely on",
    NOT_APPLICABLE: "not applicable",
    ABSENT: "not available",
}
_TIE = "\N{NO-BREAK SPACE}"
STRONG = frozenset({"net", "total", "base"})
"""Kinds of rows that stand out from the others."""


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that stand under one heading."""

    heading: str
    """Empty above columns that belong to no group."""
    columns: tuple[str, ...]
    """The headings below it."""


def number_text(column: PrintedColumn, number: float, cell: Cell | None = None) -> str:
    """Return a number that `cell_value` rounded as it is printed."""
    decimals = decimals_of(column, cell) if cell else column.decimals
    return f"{number:,}" if isinstance(number, int) else f"{number:,.{decimals}f}"


def least_text(column: PrintedColumn, cell: Cell) -> str:
    """Return what stands for a percentage that is none only for being rounded, `<0.1`; empty for others.

    Who reads 0.0 takes it that there was nobody.
    """
    if column.kind != "percent" or not cell.value or cell_value(column, cell) != 0:
        return ""
    return f"<{number_text(column, 10.0**-column.decimals if column.decimals else 1)}"


def printed_number(column: PrintedColumn, cell: Cell) -> str:
    """Return a cell's number as it is printed, without sign or mark; empty where there is none."""
    number = cell_value(column, cell)
    return least_text(column, cell) or ("" if number is None else number_text(column, number, cell))


def cell_text(column: PrintedColumn, cell: Cell) -> str:
    """Return what a cell shows: its number, marked where its base is small, or why there is none."""
    number = printed_number(column, cell)
    if not number:
        return "" if cell.mark == "blank" else SUPPRESSED if cell.mark == "suppressed" else NOT_APPLICABLE
    # A number with places of its own is not what its column is of: a base has no sign.
    sign = column.sign if cell.decimals is None else ""
    return " ".join(filter(None, (f"{number}{sign}", *marks_of(cell))))


def marks_of(cell: Cell) -> tuple[str, ...]:
    """Return what stands behind a cell's number: that its base is small, and letters of other columns."""
    return (LOW if cell.mark == "low" else "", cell.letters)


def heading_groups(table: PrintedTable) -> list[Group]:
    """Return the headings of the columns, with the bases of those that differ in them."""
    # A row of bases says it already.
    bases = not any(row.kind == "base" for row in table.rows)
    return [
        _group(tuple(columns), bases=bases)
        for _, columns in groupby(table.columns, key=lambda column: column.group)
    ]


def _group(columns: tuple[PrintedColumn, ...], *, bases: bool) -> Group:
    name = columns[0].group_heading
    sizes = {column.base for column in columns if column.base is not None} if bases else set()
    if len(columns) == 1 and columns[0].alone:
        return Group("", (_with_base(columns[0].own_heading, columns[0].base if bases else None),))
    if name and len(sizes) == 1:
        return Group(_with_base(name, sizes.pop()), tuple(column.name for column in columns))
    return Group(name, tuple(_with_base(column.name, column.base if bases else None) for column in columns))


def _with_base(name: str, base: int | None) -> str:
    return name if base is None else f"{name} (n = {base:,})"


def tied(text: str) -> str:
    """Return a text that is not to be broken into lines."""
    return text.replace(" ", _TIE)


def tied_base(heading: str) -> str:
    """Return a heading in which lines are not broken within its base: `Unitary (n = 32)`."""
    return heading.replace("(n = ", f"(n{_TIE}={_TIE}")


def has_groups(groups: list[Group]) -> bool:
    """Tell whether any columns stand under a heading of their own."""
    return any(group.heading for group in groups)


def flat_headings(table: PrintedTable) -> list[str]:
    """Return one heading for each column, its group's first: `Unitary (n = 32): %`."""
    return [
        f"{group.heading}: {column}" if group.heading else column
        for group in heading_groups(table)
        for column in group.columns
    ]


def shorthand(table: PrintedTable) -> str:
    """Return the sentence that explains the shorthand in a table's cells; empty if there is none."""
    texts = " ".join(
        cell_text(column, cell)
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return meanings(texts)


def meanings(texts: str) -> str:
    """Return the sentence that explains the shorthand in what is shown; empty if there is none."""
    used = [f"{mark} {meaning}" for mark, meaning in _MEANINGS.items() if mark in texts]
    return f"Shorthand: {'; '.join(used)}." if used else ""


def all_notes(table: PrintedTable) -> list[str]:
    """Return everything that stands under a table: its notes, the shorthand, where its numbers come from."""
    return [*filter(None, (*table.notes, shorthand(table))), str(table.provenance)]


def origin(provenance: Provenance) -> str:
    """Return where a file with several tables comes from; each table says which codings it counts."""
    return f"Source: {provenance.study}; made {provenance.made} with {provenance.program}."


def row_texts(table: PrintedTable) -> Iterator[list[str]]:
    """Yield what the cells of each row show, the label left out."""
    for row in table.rows:
        yield [cell_text(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)]


def of_columns(table: PrintedTable, columns: Sequence[int]) -> PrintedTable:
    """Return a table with some of its columns alone."""
    return replace(
        table,
        columns=tuple(table.columns[column] for column in columns),
        rows=tuple(replace(row, cells=tuple(row.cells[column] for column in columns)) for row in table.rows),
    )


def description(table: PrintedTable) -> str:
    """Return what somebody who cannot see the table should know of its shape."""
    rows, columns = len(table.rows), len(table.columns)
    return (
        f"{table.heading}. {counted(rows, 'row')} by {table.stub}, {counted(columns, 'column')} of numbers."
    )
