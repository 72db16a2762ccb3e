"""Dates that a workbook shows without their day: `Jan 2024`, `01/2024`, `2024`, `Monday`.

Other dates are written in ISO form, whatever their format; one of these would be given a day that nobody
sees. Names are English, as Excel writes them unless the format names another language: such are not followed.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

MONTH_AND_YEAR = {17: "mmm-yy"}
"""The format that a file refers to by number alone."""

_LANGUAGE = re.compile(r"\[\$[^\]]*-0*([0-9A-F]*)\]", re.IGNORECASE)
_ENGLISH = frozenset({"", "9", "409", "809", "1009", "c09"})
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<letters>y+|m+|ddd+)|(?P<mark>[ ,./\-])|(?P<unknown>.)',
    re.IGNORECASE | re.DOTALL,
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LETTERS = frozenset({"yy", "yyyy", "m", "mm", "mmm", "mmmm", "ddd", "dddd"})
_SHORT = 3
_CENTURY = 100
_FIRST_DAY = {False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)}


def hides_the_day(code: str) -> bool:
    """Tell whether a format shows a date without its day, in a way that is followed."""
    return bool(_parts(code))


def month_as_shown(stored: Decimal, code: str, *, from_1904: bool) -> str | None:
    """Return a date as its format shows it; None if there is no such day.

    Args:
        stored: Days since the first day of the workbook's calendar.
        code: The format.
        from_1904: Which calendar it is: Excel for Mac counted from 1904.
    """
    try:
        date = _FIRST_DAY[from_1904] + dt.timedelta(int(stored))
    except OverflowError:
        return None
    return "".join(_written(date, text) if is_letters else text for text, is_letters in _parts(code))


@lru_cache(maxsize=256)
def _parts(code: str) -> tuple[tuple[str, bool], ...]:
    """Return what a format writes, letters that stand for a part of the date with True; or none."""
    section = code.partition(";")[0]
    language = _LANGUAGE.match(section)
    if language and language[1].casefold() not in _ENGLISH:
        return ()
    parts: list[tuple[str, bool]] = []
    for match in _PART.finditer(section, language.end() if language else 0):
        letters = (match["letters"] or "").casefold()
        if match["unknown"] or (letters and letters not in _LETTERS):
            return ()
        parts.append((letters or match["quoted"] or match["escaped"] or match["mark"] or "", bool(letters)))
    return tuple(parts) if any(is_letters for _, is_letters in parts) else ()


def _written(date: dt.date, letters: str) -> str:
    if letters[0] == "y":
        return f"{date.year}" if letters == "yyyy" else f"{date.year % _CENTURY:02}"
    if letters[0] == "d":
        name = _DAYS[date.weekday()]
    elif len(letters) < _SHORT:
        return f"{date.month:0{len(letters)}}"
    else:
        name = _MONTHS[date.month - 1]
    return name[:_SHORT] if len(letters) == _SHORT else name
