"""Headers of several rows: groups above the names, boxes below them, wordings below codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.surveys.cell_values import is_date, is_number, squeeze
from coder.formats.surveys.header.data_cells import columns_of, is_data, is_unlike
from coder.formats.surveys.platform import WHOLE_ANSWER, Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.formats.surveys.platform import Rows

_MOST_ROWS = 4
_NEARLY_ALL = 0.9
_MOST_DATA = 0.1
_FEWEST_UNLIKE = 2
_CODE_WIDTH = 40
_MOSTLY = 0.5


def header_height(rows: Rows) -> int:
    """Return how many of the first rows are the header: 1, unless those below it hold names as well."""
    height = 1
    while height < _MOST_ROWS and height + 1 < len(rows):
        if _is_more_header(rows, height):
            height += 1
        elif _mostly_holes(rows[height - 1]) and _is_more_header(rows, height + 1):
            height += 2  # groups above names that have boxes below them
        else:
            break
    return height


def _mostly_holes(upper: Sequence[str]) -> bool:
    return 2 * sum(_is_hole(upper, n) for n in range(len(upper))) >= len(upper)


def _is_more_header(rows: Rows, height: int) -> bool:
    """Tell whether the row after so many header rows is part of the header, and no respondent's."""
    if height + 1 >= len(rows):
        return False
    row = [cell.strip() for cell in rows[height]]
    upper = [cell.strip() for cell in rows[height - 1]]
    width = len(upper)
    if len(row) > width or not any(row):
        return False
    row += [""] * (width - len(row))
    below = columns_of(rows[height + 1 :], width)
    if any(squeeze(cell) in WHOLE_ANSWER for cell in row):
        return True
    row = ["" if cell == name else cell for cell, name in zip(row, upper, strict=True)]  # merged downwards
    count = sum(map(bool, row))
    data = sum(is_data(cell, cells) for cell, cells in zip(row, below, strict=True) if cell)
    if not count or data > _MOST_DATA * count:
        return False
    holes = [n for n in range(width) if _is_hole(upper, n)]
    if data == 0 and any(row[n] for n in holes):
        rows_below = min(len(rows) - height - 1, max(map(len, below), default=0))
        return _leaves_names_alone(upper, row, below, rows_below) or _fills_holes(row, holes, below)
    return _are_wordings(upper, row, below)


def _is_hole(upper: Sequence[str], position: int) -> bool:
    """Tell whether the cell above has no name of its own: it is blank, or that of a merged group."""
    return not upper[position] or (position > 0 and upper[position] == upper[position - 1])


def _leaves_names_alone(
    upper: Sequence[str], row: Sequence[str], below: Sequence[Sequence[str]], rows_below: int
) -> bool:
    """Tell whether the row is blank under a name whose column is filled in all rows below: an id, a date."""
    return any(
        name and not cell and len(cells) >= _NEARLY_ALL * rows_below
        for name, cell, cells in zip(upper, row, below, strict=True)
    )


def _fills_holes(row: Sequence[str], holes: Sequence[int], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether the row has names where the one above has none.

    That is so in at least half of the columns; else all have one, and some of another kind than those below.
    """
    filled = sum(map(bool, row))
    names = [cell for cell in row if cell]
    if any(is_number(cell) or is_date(cell) for cell in names):
        return False
    if 2 * len(holes) >= len(row):
        return filled >= _NEARLY_ALL * len(row)
    compared = [is_unlike(cell, cells) for cell, cells in zip(row, below, strict=True)]
    return all(row) and True in compared and False not in compared


def _are_wordings(upper: Sequence[str], row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether the row has the wordings of the codes above it: of another kind than what is below."""
    codes = [name for name in upper if name and " " not in name and len(name) <= _CODE_WIDTH]
    if len(codes) < _NEARLY_ALL * len(upper) or len(set(upper)) < len(upper):
        return False
    if not any(" " in cell for cell in row):
        return False
    kinds = [is_unlike(cell, cells) for cell, cells in zip(row, below, strict=True) if cells]
    compared = [kind for kind in kinds if kind is not None]
    filled = sum(map(bool, row)) >= _MOSTLY * len(row)
    return filled and len(compared) >= _FEWEST_UNLIKE and sum(compared) >= _NEARLY_ALL * len(compared)


def stacked_heading(rows: Rows) -> Heading:
    """Return the heading of all these rows: names from the one that has them, wordings from the others."""
    width = max(map(len, rows))
    grid = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in rows]
    lowest = grid[-1]
    if len(grid) == 1:
        return Heading(tuple(lowest), ("",) * width)
    note = f"{len(grid)} header rows"
    upper = grid[0]
    if all(upper) and len(set(upper)) == width:
        labels = [_joined([row[n] for row in grid[1:] if row[n] != upper[n]]) for n in range(width)]
        return Heading(tuple(upper), tuple(labels), len(grid), f"{note}, names from the first")
    for row in grid[:-1]:
        _fill_to_the_right(row, lowest)
    whole = [squeeze(cell) in WHOLE_ANSWER for cell in lowest]
    if all(lowest) and len(set(lowest)) == width and not any(whole):
        labels = [_joined([row[n] for row in grid]) for n in range(width)]
        return Heading(tuple(lowest), tuple(labels), len(grid), f"{note}, names from the last")
    return _with_boxes(grid, note)


def _with_boxes(grid: Sequence[list[str]], note: str) -> Heading:
    """Return the heading of questions whose boxes stand in the last row."""
    names: list[str] = []
    labels: list[str] = []
    upper, lowest = grid[-2], grid[-1]
    number = 0
    start = 0
    while start < len(upper):
        end = start + 1
        while end < len(upper) and upper[end] == upper[start] and lowest[end]:
            end += 1
        wording = upper[start] or _joined([row[start] for row in grid])
        number += 1
        for box_number, position in enumerate(range(start, end), 1):
            box = "" if squeeze(lowest[position]) in (*WHOLE_ANSWER, squeeze(wording)) else lowest[position]
            if end - start == 1:
                names.append(wording)
                labels.append(f"{wording} - {box}" if box else "")
            else:
                stem = wording if _is_code(wording) else f"Q{number}"
                names.append(f"{stem}_{box_number}")
                labels.append(f"{wording} - {box}" if box else wording)
        start = end
    return Heading(
        tuple(names), tuple(labels), len(grid), f"{note}: boxes in the last, under their questions"
    )


def _is_code(name: str) -> bool:
    return bool(name) and " " not in name and len(name) <= _CODE_WIDTH


def _fill_to_the_right(row: list[str], lowest: Sequence[str]) -> None:
    """Write the name of a group over all its columns, in a row in which merged cells are blank."""
    for position in range(1, len(row)):
        if not row[position] and lowest[position]:
            row[position] = row[position - 1]


def _joined(cells: Sequence[str]) -> str:
    return " - ".join(dict.fromkeys(cell for cell in cells if cell and squeeze(cell) not in WHOLE_ANSWER))
