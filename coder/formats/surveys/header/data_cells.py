"""Whether a cell in the first rows of a file is a name or one more value of its column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.formats.surveys.cell_values import is_date, is_email, is_number, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECKED = 200
"""So many rows tell whether one above them is data."""
_MIN_PEERS = 2
_DATA_SHARE = 1 / 3
_MOSTLY = 0.5
_FEWEST_ROWS = 4
_DIGITS = re.compile(r"\d+")


def columns_of(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Return the filled cells of each column in the first rows."""
    sample = rows[:CHECKED]
    return [[row[n] for row in sample if n < len(row) and row[n].strip()] for n in range(width)]


def is_data(cell: str, filled: Sequence[str]) -> bool:
    """Tell whether a would-be column name is one more value of its column.

    Args:
        cell: The name.
        filled: The cells below it that hold something.
    """
    if is_email(cell) or is_date(cell):
        return True
    if not filled:
        return False
    if is_number(cell):
        return sum(map(is_number, filled)) > len(filled) / 2
    if cell in filled:
        return len(set(filled)) >= _MIN_PEERS
    shape = _DIGITS.sub("9", cell)
    if "9" not in shape or squeeze(cell).startswith("q"):
        return False
    return sum(_DIGITS.sub("9", other_cell) == shape for other_cell in filled) > len(filled) / 2


def looks_like_data(names: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """Return the would-be names that are values, if there are so many that the row is no header."""
    suspects = [name for name, cells in zip(names, columns, strict=True) if name and is_data(name, cells)]
    return suspects if suspects and len(suspects) >= _DATA_SHARE * sum(map(bool, names)) else []


def is_unlike(cell: str, filled: Sequence[str]) -> bool | None:
    """Tell whether a cell is of another kind than those below it; None if these are of no one kind."""
    for is_kind in (is_number, is_date, is_email):
        if filled and sum(map(is_kind, filled)) > _MOSTLY * len(filled):
            return not is_kind(cell)
    if len(filled) >= _FEWEST_ROWS and len(set(filled)) <= _MOSTLY * len(filled):
        return cell not in filled
    return None
