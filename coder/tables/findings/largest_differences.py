"""Which printed percentages differ most between groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.tables.tidy_rows import cell_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable

_DIFFERENCES = 3
"""That are named of a chapter."""
_NO_GROUPS = frozenset({"", "Total", "Not stated"})
"""Headings of columns that are no group to compare."""


class _GroupShare(NamedTuple):
    """The printed percentage of one group."""

    group: str
    number: float | None
    """None: none is printed that a reader can rely on."""
    letter: str = ""
    """The group's."""
    letters: tuple[str, ...] = ()
    """Of the groups than which it is higher."""
    attribute: str = ""
    """Whose value the group is, where several stand side by side."""


class _Difference(NamedTuple):
    """What differs, the groups between which it does so most, and by how many points."""

    table: PrintedTable
    label: str
    high: _GroupShare
    low: _GroupShare

    @property
    def points(self) -> float:
        return (self.high.number or 0) - (self.low.number or 0)


def difference_sentences(tables: Sequence[PrintedTable]) -> Iterator[str]:
    """Yield the largest differences between groups in some tables, and how far they can be relied on.

    Where a table has letters, only differences that these vouch for are named. Groups of small bases, and
    percentages that are kept back, are compared with nothing; nor are groups that share respondents.
    """
    compared = [(table, label, shares) for table in tables for label, shares in _comparisons(table)]
    differences = [
        difference
        for table, label, shares in compared
        if (difference := _largest(table, label, shares)) is not None
    ]
    differences.sort(key=lambda difference: -difference.points)
    tested = {_is_tested(shares) for _, _, shares in compared}
    if not differences:
        if tested == {True}:
            yield "No difference between groups has a letter in the tables."
        return
    texts = [_text(difference) for difference in differences[:_DIFFERENCES]]
    yield f"Largest differences: {'; '.join(texts)}."
    if True in tested:
        yield "Of tables with letters only the differences are named that these vouch for."
    if False in tested:
        yield "Differences in tables without letters are not tested: among so many some are large by chance."
    if any(share.number is None for _, _, shares in compared for share in shares):
        yield "Groups of small bases, and numbers that are kept back, are not compared."


def _text(difference: _Difference) -> str:
    high, low = difference.high, difference.low
    where = f" (Table {difference.table.number})" if difference.table.number else ""
    return (
        f"“{difference.label}”: {high.number:g}% of “{high.group}”, {low.number:g}% of “{low.group}”{where}"
    )


def _is_tested(shares: Sequence[_GroupShare]) -> bool:
    return any(share.letter for share in shares)


def _largest(table: PrintedTable, label: str, shares: Sequence[_GroupShare]) -> _Difference | None:
    lettered = _is_tested(shares)
    printed = [share for share in shares if share.number is not None]
    pairs = [
        (high, low)
        for high in printed
        for low in printed
        if high.attribute == low.attribute
        and (high.number or 0) > (low.number or 0)
        and (not lettered or low.letter in high.letters)
    ]
    if not pairs:
        return None
    high, low = max(pairs, key=lambda pair: (pair[0].number or 0) - (pair[1].number or 0))
    return _Difference(table, label, high, low)


def _comparisons(table: PrintedTable) -> Iterator[tuple[str, list[_GroupShare]]]:
    """Yield each row with the percentages of its groups; of a turned table each answer with its rows'.

    Percentages are compared where each is of its own group: only there do groups have bases of their own.
    """
    if not table.by:
        return
    places = [
        place
        for place, column in enumerate(table.columns)
        if column.kind == "percent" and (column.group or column.name) not in _NO_GROUPS
    ]
    if any(table.columns[place].base is not None for place in places):
        for row in table.rows:
            if row.kind in {"theme", "value"}:
                yield row.label, [_share(table.columns[place], row.cells[place]) for place in places]
        return
    rows = [row for row in table.rows if row.kind == "value"]
    if all(row.base is not None for row in rows):
        for place in places:
            column = table.columns[place]
            label = column.group or column.name
            yield label, [_of_row(column, row, place) for row in rows]


def _of_row(column: PrintedColumn, row: PrintedRow, place: int) -> _GroupShare:
    return _share(column, row.cells[place])._replace(group=row.label, letter=row.letter)


def _share(column: PrintedColumn, cell: Cell) -> _GroupShare:
    number = None if cell.mark else cell_value(column, cell)
    letters = tuple(cell.letters.split())
    return _GroupShare(column.group or column.name, number, column.letter, letters, column.attribute)
