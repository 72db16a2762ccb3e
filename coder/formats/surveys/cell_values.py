"""What single cells and names look like."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[-+£$€]{0,2}\s?\d[\d,. ]*\s?%?")
_DAY_AND_TIME = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"(?:{_DAY_AND_TIME})(?:[ T,].*)?|"
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}},? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH}),?"
    r"(?: [\d:]+(?: [ap]m)?(?: [a-z]{3,4})?)? \d{4}(?:,? [\d:.]+(?: ?[ap]m)?(?: [a-z]{3,4})?)?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:(?<=\d)T|[ ,]+|^)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\b\.?)?"
    r"(?: ?(?:Z|[A-Z]{3,4})\b)?(?: ?[+-]\d{1,2}(?::?\d{2})?\b)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_OTHER_THAN_LETTERS = re.compile(r"[\W_]+")


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number and nothing else."""
    return _NUMBER.fullmatch(text.strip()) is not None


def is_date(text: str) -> bool:
    """Tell whether a cell holds a date, with or without a time."""
    return _DATE.fullmatch(text.strip()) is not None


def has_time(text: str) -> bool:
    """Tell whether a cell that holds a date holds a time of day as well."""
    return _TIME.search(text) is not None


def without_time(text: str) -> str:
    """Return a text without a time of day in it, and its zone."""
    return _TIME.sub("", text).strip(" ,")


def day_of(text: str) -> str:
    """Return a date without its time of day; any other text as it is."""
    return without_time(text) if is_date(text) else text


def is_email(text: str) -> bool:
    """Tell whether a cell holds an e-mail address."""
    return _EMAIL.fullmatch(text.strip()) is not None


def squeeze(name: str) -> str:
    """Return the letters and digits of a name in lower case, so that spellings compare."""
    return _OTHER_THAN_LETTERS.sub("", name.casefold())
