"""Cells of workbooks and SPSS files as text, and what a cell is called."""

from __future__ import annotations

import datetime as dt
import math

_EXACT = 2.0**53
"""Whole numbers below this one are exact as floats: a long id keeps its last digit."""


def _float_text(cell: float) -> str:
    if cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return "" if math.isnan(cell) else f"{cell:.15g}"


def cell_text(cell: object) -> str:
    """Write a cell as text: 1.0 as "1", dates in ISO form, nothing as an empty string."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\0", "")
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
    return str(cell)


def column_number(letters: bytes) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column that has a number from 1."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
