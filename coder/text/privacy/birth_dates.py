"""Dates of birth: a date with a word beside it that says so. Others are left: answers are full of dates."""

from __future__ import annotations

import re

from coder.domain.privacy.findings import Certainty
from coder.text.privacy.finder import A_DIGIT, PatternFinder, words_before

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:(?:18|19|20)\d\d|'?\d\d)"
_SAID = re.compile(
    r"(?:\bborn|\bd\.?\s?o\.?\s?b\b\.?|date of birth|birth ?date|birthday|\bbirth)[^.!?\d]{0,25}$"
)
_LONG_BEFORE = 45


def _certainty(match: re.Match[str]) -> Certainty | None:
    before = words_before(match, _LONG_BEFORE)
    behind = match.string[match.end() : match.end() + 20].casefold()
    said = _SAID.search(before) or re.match(r"\W{0,3}(?:\(?dob\b|\(?d\.o\.b|is my birthday|birthday)", behind)
    return Certainty.PROVED if said else None


BIRTH_DATES = PatternFinder(
    "date of birth",
    re.compile(
        rf"(?<![\w.,£$€/-])(?P<it>\d{{1,2}}(?P<mark>[./\- ])\d{{1,2}}(?P=mark){_YEAR}"
        rf"|(?:18|19|20)\d\d-\d\d-\d\d"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?(?:\s+{_YEAR})?"
        rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?)(?![\w%]|[/-]\d)",
        re.IGNORECASE,
    ),
    _certainty,
    A_DIGIT,
)
