"""What stands above the header of a table: blank rows, comments, titles and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_TITLES = 12
_HEADER_CELLS = 3
_MOST_SHOWN = 120


def rows_above(rows: Sequence[Sequence[str]]) -> tuple[int, list[str]]:
    """Return how many rows stand above the header, and a note on each of them that is not blank."""
    titles = _title_rows(rows)
    skipped = 0
    notes = []
    for row in rows:
        comment = any(row) and _is_comment(row, rows[skipped + 1 : skipped + 1 + _MOST_TITLES])
        if any(row) and not comment and skipped >= titles:
            break
        skipped += 1
        if any(row):
            description = "a comment" if comment else "a title above the header"
            notes.append(f"row {skipped} is {description}: {', '.join(_filled(row))[:_MOST_SHOWN]}")
    return skipped, notes


def _filled(row: Sequence[str]) -> list[str]:
    """Return the cells of a row that hold something; those of a merged title, all the same, once."""
    filled = [cell for cell in row if cell.strip()]
    return filled[:1] if len(set(filled)) == 1 and all(row) else filled


def _title_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top hold titles and notes, above a row as wide as a header.

    A title is one cell in a row as wide as a header. Two cells are a note ("Exported: 2 May") if they stand
    at the left and the first ends with a colon, or a blank row parts them from the header.
    """
    pairs_without_end = False
    width = max(map(len, rows[:_MOST_TITLES]), default=0)
    for index, row in enumerate(rows[:_MOST_TITLES]):
        filled = _filled(row)
        if len(filled) >= _HEADER_CELLS:
            return 0 if pairs_without_end else index
        if width < _HEADER_CELLS:
            return 0
        if not filled:
            pairs_without_end = False
        elif len(filled) > 1:
            if any(row[2:]):
                return 0
            pairs_without_end = pairs_without_end or not filled[0].rstrip().endswith(":")
    return 0


def _is_comment(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row that begins with # says something of the file, and is no header.

    A header has cells over the columns of the row below it; a comment has one cell, or fewer than that row,
    or a blank behind the mark.
    """
    if not row[0].startswith("#"):
        return False
    filled = sum(map(bool, row))
    if filled == 1 or row[0][1:2].isspace():
        return len(row) > 1 or row[0][1:2].isspace()
    next_row = next((other_row for other_row in below if any(other_row)), None)
    return next_row is not None and filled < sum(map(bool, next_row)) and row[0] != "#"
