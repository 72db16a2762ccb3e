"""The months, quarters or years of an attribute that holds dates: trends."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.formats.surveys.cell_values import without_time
from coder.workflows.tables.month_names import is_weekday, month_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    DatePeriod = tuple[int, int]
    """A year, and which of its months or quarters, from 1."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2})(?:[T ].*)?)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")
_BY_SIGNS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: .*)?")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_WORDS = frozenset({"st", "nd", "rd", "th", "of", "the", "de", "del", "den", "er"})
"""What stands between day, month and year in words."""
_YEAR_DIGITS = 4
_LONGEST_GAP = 60
"""Periods without anybody that are still shown, so that a trend has no hole that nobody sees."""
_LAST_MONTH = 12


def _month(day: date) -> DatePeriod:
    return day.year, day.month


def _quarter(day: date) -> DatePeriod:
    return day.year, (day.month + 2) // 3


def _year(day: date) -> DatePeriod:
    return day.year, 1


PERIODS: Mapping[str, tuple[int, Callable[[date], DatePeriod], Callable[[DatePeriod], str]]] = {
    "month": (12, _month, lambda period: f"{_MONTHS[period[1] - 1]} {period[0]}"),
    "quarter": (4, _quarter, lambda period: f"Q{period[1]} {period[0]}"),
    "year": (1, _year, lambda period: str(period[0])),
}
"""By name how many a year has, which one a day is in, and what it is called."""


def are_dates(attribute: str, texts: Sequence[str]) -> bool:
    """Tell whether there are values of an attribute, and all of them are dates that can be read."""
    try:
        read = _reader(attribute, list(texts))
        return [read(text) for text in texts] != []
    except CoderError:
        return False


def in_periods(
    attribute: str, value_of: Mapping[int, str], kind: str
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Return each respondent's period, and all periods from the first to the last.

    Args:
        attribute: The attribute's name, for messages.
        value_of: Number of a respondent to the date: `2026-11-21`, `21/11/2026`, `21 Nov 2026`, `2026-11`,
            `Nov 2026`, with or without a time.
        kind: One of `PERIODS`.

    Raises:
        CoderError: A value is no date, or nothing tells day from month.
    """
    a_year, period_of, named = PERIODS[kind]
    read = _reader(attribute, list(value_of.values()))
    periods = {number: period_of(read(text)) for number, text in value_of.items()}
    occurring = sorted(set(periods.values()))
    if occurring and _distance(occurring[0], occurring[-1], a_year) <= _LONGEST_GAP + len(occurring):
        occurring = _between(occurring[0], occurring[-1], a_year)
    return {number: named(period) for number, period in periods.items()}, tuple(map(named, occurring))


def _distance(first: DatePeriod, last: DatePeriod, a_year: int) -> int:
    return (last[0] - first[0]) * a_year + last[1] - first[1]


def _between(first: DatePeriod, last: DatePeriod, a_year: int) -> list[DatePeriod]:
    begin = first[0] * a_year + first[1] - 1
    steps = range(begin, begin + _distance(first, last, a_year) + 1)
    return [(step // a_year, step % a_year + 1) for step in steps]


def _reader(attribute: str, texts: list[str]) -> Callable[[str], date]:
    """Return what reads the dates of an attribute, all in one way."""
    plain = map(without_time, texts)
    pairs = [(int(match[1]), int(match[3])) for text in plain if (match := _BY_SIGNS.fullmatch(text))]
    day_first = any(first > _LAST_MONTH for first, _ in pairs)
    month_first = any(second > _LAST_MONTH for _, second in pairs)
    if pairs and day_first == month_first:
        first, second = pairs[0]
        msg = f"The dates of {attribute} do not tell whether day or month stands first: {first}/{second}."
        raise CoderError(msg, "Write them like 2026-11-21 in the survey file.")

    def read(text: str) -> date:
        with suppress(ValueError):
            if day := _day(without_time(text), day_first=day_first):
                return day
        msg = f"'{text}' of {attribute} is no date, so it is in no month."
        hint = "Dates are written like 2026-11-21 or 21 Nov 2026, months like 2026-11 or Nov 2026."
        raise CoderError(msg, hint)

    return read


def _day(text: str, *, day_first: bool) -> date | None:
    """Return the day that a date is of, of a month the first; None if nothing tells it.

    Raises:
        ValueError: No calendar has it.
    """
    if match := _YEAR_FIRST.fullmatch(text):
        return date(int(match[1]), int(match[3]), int(match[4] or 1))
    if match := _COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH_FIRST.fullmatch(text):
        return date(int(match[2]), int(match[1]), 1)
    if match := _BY_SIGNS.fullmatch(text):
        day, month = (match[1], match[3]) if day_first else (match[3], match[1])
        return date(int(match[4]), int(month), int(day))
    return _in_words(text)


def _in_words(text: str) -> date | None:
    """Return the day of `21 November 2026`, `Nov 21, 2026`, `21. Nov. 2026`, `Nov 2026`; None if it is none.

    A year has four digits: of `Nov 26` nothing tells whether that is a year or a day.
    """
    tokens = _TOKEN.findall(text)
    years = [token for token in tokens if token.isdecimal() and len(token) == _YEAR_DIGITS]
    days = [token for token in tokens if token.isdecimal() and len(token) != _YEAR_DIGITS]
    words = [token for token in tokens if not token.isdecimal() and token.casefold() not in _WORDS]
    months = [month for word in words if (month := month_of(word))]
    if len(words) > len(months) and words and is_weekday(words[0]):
        words = words[1:]
    if len(years) != 1 or len(months) != 1 or len(words) != 1 or len(days) > 1:
        return None
    return date(int(years[0]), months[0], int(days[0]) if days else 1)
