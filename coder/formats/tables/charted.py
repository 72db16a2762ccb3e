"""What a chart shows of a printed table, be it drawn here or by the program that opens the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed
from coder.domain.tables.printed import Cell
from coder.domain.tables.tidy_rows import cell_value
from coder.formats.tables.cells import cell_text, heading_groups, printed_number, tied_base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.tables.printed import IntervalEnd, PrintedColumn, PrintedRow, PrintedTable

BAR_CHART, HEAT_MAP = "Bar chart", "Heat map"
WHISKERS = "Lines at the bars: 95% intervals."
_NAMED = 3
"""How many of the largest the description names."""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers that are drawn of one group of columns, one for each row."""

    heading: str
    """The group's, with its base."""
    place: int
    """Of its column in the table, from 0."""
    column: PrintedColumn
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    """The numbers as they are printed."""
    intervals: tuple[tuple[float, float] | None, ...]
    """Their ends, rounded as they are printed; None where there is no interval, or it is kept back."""

    @property
    def values(self) -> list[float]:
        """The numbers before they are rounded; 0 where there is none or it is kept back."""
        return [0 if cell.mark == "suppressed" else cell.value or 0 for cell in self.cells]

    @property
    def lines(self) -> list[tuple[float, float] | None]:
        """How far each interval reaches below its number and above it, as all three are printed."""
        return [
            None if interval is None else _distances(self.column, cell, interval)
            for cell, interval in zip(self.cells, self.intervals, strict=True)
        ]

    @property
    def reaches(self) -> list[float]:
        """How far to the right each row is drawn: to the end of its bar, or of the line at it."""
        pairs = zip(self.values, self.intervals, strict=True)
        return [max(number, interval[1]) if interval else number for number, interval in pairs]


def drawn_rows(table: PrintedTable) -> list[PrintedRow]:
    """Return the rows that charts show: all but totals and bases."""
    return [row for row in table.rows if row.kind not in {"total", "base"}]


def series_of(table: PrintedTable) -> list[Series]:
    """Return what charts show of each group of columns: its percentage, or else its last count."""
    rows = drawn_rows(table)
    pairs = groupby(enumerate(table.columns), key=lambda pair: pair[1].group)
    series = []
    for (_, numbered), group in zip(pairs, heading_groups(table), strict=True):
        columns = list(numbered)
        number_of = {column.kind: number for number, column in columns}
        number = number_of.get("percent", number_of.get("count"))
        if number is not None:
            column, cells = table.columns[number], tuple(row.cells[number] for row in rows)
            heading = tied_base(group.heading or group.columns[-1])
            texts = tuple(_number(column, cell) for cell in cells)
            intervals = _intervals(table, cells, {column.end: place for place, column in columns})
            series.append(Series(heading, number, column, cells, texts, intervals))
    # A column of bases beside percentages says what they are of: it is no group to compare with.
    percents = [drawn for drawn in series if drawn.column.kind == "percent"]
    return percents or series


def _intervals(
    table: PrintedTable, cells: Sequence[Cell], place_of: Mapping[IntervalEnd, int]
) -> tuple[tuple[float, float] | None, ...]:
    """Return the interval of each number that is printed with both of its ends."""
    if "from" not in place_of or "to" not in place_of:
        return (None,) * len(cells)
    ends = [
        [cell_value(table.columns[place], row.cells[place]) for place in (place_of["from"], place_of["to"])]
        for row in drawn_rows(table)
    ]
    return tuple(
        (low, high) if low is not None and high is not None and cell.mark != "suppressed" else None
        for cell, (low, high) in zip(cells, ends, strict=True)
    )


def _distances(column: PrintedColumn, cell: Cell, interval: tuple[float, float]) -> tuple[float, float]:
    number = cell_value(column, cell) or 0
    low, high = interval
    return round(max(number - low, 0), column.decimals), round(max(high - number, 0), column.decimals)


def has_chart(table: PrintedTable) -> bool:
    """Tell whether a chart of a table would show anything."""
    return bool(drawn_rows(table) and compared_series(table))


def compared_series(table: PrintedTable) -> list[Series]:
    """Return the groups of columns that are compared: not the total of several."""
    series = series_of(table)
    return [group for group in series if group.column.group != "Total"] or series


def has_whiskers(series: Sequence[Series]) -> bool:
    """Tell whether bars have intervals, which are drawn as lines at them."""
    return any(interval is not None for group in series for interval in group.intervals)


def _number(column: PrintedColumn, cell: Cell) -> str:
    number = printed_number(column, cell)
    if not number or column.kind != "percent":
        return cell_text(column, cell)
    # Its own sign, where the column has one, is the same.
    return cell_text(replace(column, sign="%"), cell)


def describe(table: PrintedTable, sort: str) -> str:
    """Return what a chart shows to those who cannot see it, the largest numbers named.

    Args:
        table: The table.
        sort: `BAR_CHART` or `HEAT_MAP`, which has no lines.
    """
    series = series_of(table)
    has_lines = sort == BAR_CHART and has_whiskers(series)
    numbers = [
        named
        for group in series
        if group.column.group != "Total" or len(series) == 1
        for named in _named_numbers(table, group, several=len(series) > 1, has_lines=has_lines)
    ]
    largest = [name for _, name in sorted(numbers, key=lambda pair: -pair[0])[:_NAMED]]
    of_rows = counted(len(drawn_rows(table)), "row")
    about = f"{sort}: {table.heading}. Largest of {of_rows}: {listed(largest or ['nothing'])}."
    return f"{about} {WHISKERS}" if has_lines else about


def _named_numbers(
    table: PrintedTable, group: Series, *, several: bool, has_lines: bool
) -> Iterator[tuple[float, str]]:
    """Yield each number of a group, those of nets apart, with its row: `Pay in South (4.1%, 2 to 8.6)`."""
    where = f" in {group.column.group}" if several else ""
    for place, row in enumerate(drawn_rows(table)):
        interval = group.intervals[place] if has_lines else None
        ends = [cell_text(replace(group.column, sign=""), Cell(end)) for end in interval or ()]
        texts = (group.texts[place], *([" to ".join(ends)] if ends else []))
        if group.values[place] and row.kind != "net":
            yield group.values[place], f"{row.label}{where} ({', '.join(texts)})"
