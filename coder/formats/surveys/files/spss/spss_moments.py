"""Dates and times of SPSS, which are numbers of seconds: since 14 October 1582, or of the day."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Literal

MomentKind = Literal["date", "moment", "time"]

_DATES: dict[str, MomentKind] = dict.fromkeys(
    ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR"), "date"
)
_KINDS: dict[str, MomentKind] = _DATES | {
    "DATETIME": "moment",
    "YMDHMS": "moment",
    "TIME": "time",
    "DTIME": "time",
    "MTIME": "time",
}
_FIRST_DAY = dt.datetime(1582, 10, 14)  # noqa: DTZ001 - SPSS knows no time zones
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60
_MOST_SECONDS = 1e12


def moment_kind(variable_format: str) -> MomentKind | None:
    """Return which kind of moment a variable's format (`DATE11`, `DATETIME23.2`) shows; None for others."""
    letters = re.match("[A-Z]*", variable_format.upper())
    return _KINDS.get(letters[0]) if letters else None


def moment_text(seconds: float, kind: MomentKind) -> str | None:
    """Return a moment in ISO form, nothing for a missing one; None where no calendar has it."""
    if math.isnan(seconds):
        return ""
    if kind == "time":
        return _time_text(seconds)
    if not _DAY <= seconds < _MOST_SECONDS:
        return None
    try:
        moment = _FIRST_DAY + dt.timedelta(seconds=seconds)
    except OverflowError:
        return None
    if kind == "date" or moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat(" ", "seconds")


def _time_text(seconds: float) -> str | None:
    if abs(seconds) > _MOST_SECONDS:
        return None
    whole, fraction = divmod(round(abs(seconds), 6), 1)
    hours, rest = divmod(int(whole), _HOUR)
    text = f"{hours:02}:{rest // _MINUTE:02}:{rest % _MINUTE:02}"
    return ("-" if seconds < 0 else "") + text + (f"{fraction:.6f}".rstrip("0")[1:] if fraction else "")
