"""What the columns of a table are like, and whether a row can be one of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.domain.nonresponse import NonResponses
from coder.formats.surveys.cell_values import is_date, is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FEWEST_ROWS = 4
"""Rows that tell what a column is like."""
_JUDGED = 200
"""Rows at the top, and as many at the bottom, that tell what columns are like."""
_SAMPLE = 60
_NEARLY_ALL = 0.9
_MOSTLY = 0.5
_OPTION_REPEATS = 3
_FEWEST_SIGNS = 2
_NARROWEST = 3
"""Columns of a table in which a row of one cell may be something else than a respondent's."""
_FILLERS = NonResponses()

_Kind = Literal["unused", "date", "id", "number", "closed", "text", "any"]
Look = Literal["a row", "a text alone", "a stranger alone", "strangers"]
"""What a row looks like beside a table: one of its rows; a text or figure and nothing else, where all rows of
the table have more; one cell, of another kind than its column; several such cells."""


@dataclass(frozen=True, slots=True)
class _Column:
    kind: _Kind
    is_always_filled: bool
    is_whole: bool
    """Whether all are numbers without decimals."""
    bounds: tuple[float, float] | None = None
    """Of numbers that repeat: one that lies far from them, beyond these, is a stranger."""
    options: frozenset[str] = frozenset()
    """Of a closed column."""


class TableColumns:
    """The columns of a table, judged by its first rows."""

    def __init__(self, table: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> None:
        """Judge the columns.

        Args:
            table: Rows of the table, at least `FEWEST_ROWS`; those of one cell tell nothing.
            rows: All that may be: a value that stands in several of them is no stranger.
        """
        self._rows = rows
        if len(table) > 2 * _JUDGED:
            table = [*table[:_JUDGED], *table[-_JUDGED:]]
        full = [row for row in table if not has_one_cell(row)]
        table = full if len(full) >= FEWEST_ROWS else table
        self._columns = [_judged(cells) for cells in zip(*table, strict=False)]
        self._id = next((n for n, column in enumerate(self._columns) if column.kind == "id"), None)

    def look(self, row: Sequence[str]) -> Look:
        """Return what a row looks like, which is one of `rows` or none of them."""
        filled = [n for n in range(len(self._columns)) if row[n].strip()]
        if (len(filled) > 1 or filled == [0]) and self._has_new_id(row):
            return "a row"
        fits = [self._fit(n, row[n].strip()) for n in filled]
        strangers = fits.count(-1)
        missing = sum(
            column.is_always_filled and not row[n].strip() for n, column in enumerate(self._columns)
        )
        if strangers and len(filled) == 1 and (missing or self._columns[filled[0]].kind == "id"):
            return "a stranger alone"
        if strangers:
            outnumbered = fits.count(1) <= strangers and strangers + missing >= _FEWEST_SIGNS
            return "strangers" if outnumbered else "a row"
        figure = len(filled) == 1 and is_number(row[filled[0]])
        return "a text alone" if missing >= _FEWEST_SIGNS and (figure or not any(fits)) else "a row"

    def _fit(self, position: int, cell: str) -> int:
        """Return 1 for a cell that is one more of its column, -1 for a stranger, 0 where that is open."""
        column = self._columns[position]
        if column.kind == "text":
            return -1 if is_number(cell) else 0
        if column.kind == "any" or _is_one_more(column, cell):
            return int(column.kind != "any" and position != self._id)
        if column.kind != "id" and self._count(position, cell) > 1:
            return 1
        return 0 if cell in _FILLERS else -1

    def _has_new_id(self, row: Sequence[str]) -> bool:
        if self._id is None:
            return False
        cell = row[self._id].strip()
        return _is_one_more(self._columns[self._id], cell) and self._count(self._id, cell) <= 1

    def _count(self, position: int, cell: str) -> int:
        return [row[position].strip() for row in self._rows].count(cell)


def has_one_cell(row: Sequence[str]) -> bool:
    """Tell whether a row of a table of several columns has one cell that is not empty."""
    return row.count("") == len(row) - 1 and len(row) >= _NARROWEST


def _judged(cells: Sequence[str]) -> _Column:
    filled = [cell.strip() for cell in cells if cell.strip()]
    always = len(filled) == len(cells)
    different = frozenset(filled)
    sample = filled[:_SAMPLE]
    kind: _Kind = "any"
    if not sample:
        kind = "unused"
    elif _share(sample, is_date) >= _NEARLY_ALL:
        kind = "date"
    elif always and len(different) == len(filled) and all(map(_is_code, sample)):
        kind = "id"
    elif _share(sample, is_number) >= _NEARLY_ALL:
        kind = "number"
    elif len(filled) >= FEWEST_ROWS and _OPTION_REPEATS * len(different) <= len(filled):
        kind = "closed"
    elif _share(sample, _is_several_words) > _MOSTLY:
        kind = "text"
    whole = all(map(str.isdigit, sample))
    if kind != "number":
        return _Column(kind, always, whole, options=different if kind == "closed" else frozenset())
    numbers = [number for cell in different if (number := _number(cell)) is not None]
    if not numbers or len(different) == len(filled):
        return _Column(kind, always, whole)
    width = max(numbers) - min(numbers)
    return _Column(kind, always, whole, bounds=(min(numbers) - width, max(numbers) + width))


def _is_one_more(column: _Column, cell: str) -> bool:
    whole = cell.isdigit() or not column.is_whole
    if column.kind == "date":
        return is_date(cell)
    if column.kind == "id":
        return _is_code(cell) and whole
    if column.kind == "number" and is_number(cell):
        number = _number(cell)
        return number is None or column.bounds is None or (whole and _lies_between(column.bounds, number))
    return cell in column.options


def _lies_between(bounds: tuple[float, float], number: float) -> bool:
    return bounds[0] <= number <= bounds[1]


def _share(cells: Sequence[str], is_so: Callable[[str], bool]) -> float:
    return sum(map(is_so, cells)) / len(cells)


def _is_code(cell: str) -> bool:
    return len(cell.split()) == 1 and any(map(str.isdigit, cell))


def _is_several_words(cell: str) -> bool:
    return len(cell.split()) > 1


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", ".").rstrip("% "))
    except ValueError:
        return None
