"""Printed tables to be read in a terminal, with bars."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from coder.formats.tables.bars import bars_of, room_for_bars
from coder.formats.tables.cells import all_notes, row_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.tables.printed import PrintedColumn, PrintedRow, PrintedTable

_BAR = "█"
_NARROWEST = 40
_NARROWEST_LABEL = 20
_HEAD_WIDTHS = (30, 15)
"""Cells from which a heading is broken into lines: where there is room, and where not."""
_GAP = "  "
_JOINED = "\N{NO-BREAK SPACE}"


def printed_text(tables: Iterable[PrintedTable], width: int = 80) -> str:
    """Return tables as text.

    A table without groups of columns has bars; one with more columns than fit is cut into several below
    one another, each with all rows.

    Args:
        tables: The tables.
        width: Columns of the terminal.
    """
    return "\n".join("\n".join(_lines(table, max(width, _NARROWEST))) + "\n" for table in tables)


def _lines(table: PrintedTable, width: int) -> Iterator[str]:
    yield from textwrap.wrap(table.heading, width)
    yield ""
    if not table.rows:
        yield "Nothing is coded yet."
        yield ""
    else:
        for numbers in _parts(table, width):
            yield from _part(table, numbers, width)
            yield ""
    for note in all_notes(table):
        yield from textwrap.wrap(note, width)


def _texts(table: PrintedTable) -> list[list[str]]:
    """Return what stands in each column, its heading above."""
    rows = list(row_texts(table))
    heads = [
        _with_base(column.own_heading, column.base) if column.alone else column.name
        for column in table.columns
    ]
    return [[head, *(row[number] for row in rows)] for number, head in enumerate(heads)]


def _widths(table: PrintedTable, width: int) -> list[int]:
    """Return how wide each column is: as its cells, and as its heading, which breaks where room is short."""
    widths: list[int] = []
    for widest_head in _HEAD_WIDTHS:
        widths = [_column_width(head, cells, widest_head) for head, *cells in _texts(table)]
        if _NARROWEST_LABEL + sum(column + len(_GAP) for column in widths) <= width:
            break
    return widths


def _column_width(head: str, cells: Sequence[str], widest_head: int) -> int:
    longest_word = max(map(len, head.split(" ")))
    return max(*map(len, cells), min(len(head), max(widest_head, longest_word)))


def _label_width(table: PrintedTable, width: int) -> int:
    """Return how wide labels are: as the longest, unless wrapping them leaves room for all columns."""
    longest = min(max(len(row.label) + 2 * row.level for row in table.rows), width // 2)
    room = width - sum(column + len(_GAP) for column in _widths(table, width))
    return min(longest, room) if room >= _NARROWEST_LABEL else longest


def _parts(table: PrintedTable, width: int) -> Iterator[list[int]]:
    """Yield the numbers of the columns that fit beside one another; a group with a name is kept together."""
    room = width - _label_width(table, width)
    widths = _widths(table, width)
    part: list[int] = []
    for _, columns in groupby(enumerate(table.columns), key=lambda pair: pair[1].group or pair[0]):
        group = [number for number, _ in columns]
        if part and sum(widths[number] + len(_GAP) for number in (*part, *group)) > room:
            yield part
            part = []
        part += group
    yield part


def _part(table: PrintedTable, columns_shown: Sequence[int], width: int) -> Iterator[str]:
    texts, widths = _texts(table), _widths(table, width)
    label_width = _label_width(table, width)
    if any(table.columns[column].group and not table.columns[column].alone for column in columns_shown):
        columns = [(table.columns[column], widths[column]) for column in columns_shown]
        yield from _group_lines(columns, label_width)
    heads = [(texts[column][0], widths[column] + len(_GAP)) for column in columns_shown]
    *above, names = _wrapped(heads, label_width)
    room = width - label_width - sum(widths[column] + len(_GAP) for column in columns_shown) - 1
    scale, *bars = _bars(table, room)
    yield from map(str.rstrip, above)
    yield f"{names} {scale}".rstrip()
    for number, row in enumerate(table.rows):
        label, *more = _label_lines(row, label_width)
        cells = "".join(f"{_GAP}{texts[column][number + 1]:>{widths[column]}}" for column in columns_shown)
        yield f"{label:{label_width}}{cells} {bars[number]}".rstrip()
        yield from more


def _group_lines(columns: Sequence[tuple[PrintedColumn, int]], label_width: int) -> Iterator[str]:
    """Yield the groups' names over their columns, each on as many lines as it needs."""
    headings = []
    for _, group in groupby(columns, key=lambda pair: pair[0].group):
        members = list(group)
        bases = {column.base for column, _ in members if column.base is not None}
        alone = members[0][0].alone
        name = members[0][0].group_heading
        heading = "" if alone else _with_base(name, bases.pop()) if len(bases) == 1 else name
        headings.append((heading, sum(width + len(_GAP) for _, width in members)))
    yield from (line.rstrip() for line in _wrapped(headings, label_width, from_top=True))


def _with_base(name: str, base: int | None) -> str:
    return name if base is None else f"{name} (n{_JOINED}={_JOINED}{base:,})"


def _wrapped(
    headings: Sequence[tuple[str, int]], label_width: int, *, from_top: bool = False
) -> Iterator[str]:
    """Yield headings to the right of their columns, on as many lines as the longest needs.

    Args:
        headings: Each with the cells that it has, the gap before it among them.
        label_width: What is left free on the left.
        from_top: Whether shorter headings begin on the first line; else they end on the last.
    """
    wrapped = [textwrap.wrap(heading, room - len(_GAP)) or [""] for heading, room in headings]
    most = max(map(len, wrapped))
    for line in range(most):
        texts = []
        for lines, (_, room) in zip(wrapped, headings, strict=True):
            number = line if from_top else line - most + len(lines)
            texts.append(f"{lines[number] if 0 <= number < len(lines) else '':>{room}}")
        yield f"{'':{label_width}}{''.join(texts)}"


def _bars(table: PrintedTable, room: int) -> list[str]:
    """Return the scale of the bars, then each row's; blanks where columns have groups, or no room is left."""
    bars, cells = bars_of(table), room_for_bars(room)
    if bars is None or not cells:
        return [""] * (1 + len(table.rows))
    drawn = (_BAR * max(round(cells * share), 1) if share else "" for share in bars.shares)
    return [bars.scale(cells), *drawn]


def _label_lines(row: PrintedRow, width: int) -> Sequence[str]:
    indent = "  " * row.level
    return textwrap.wrap(
        row.label, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
    ) or [indent]
