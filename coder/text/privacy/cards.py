"""Numbers of payment cards: 13 to 19 digits with Luhn's check digit (ISO/IEC 7812)."""

from __future__ import annotations

import re

from coder.domain.privacy.findings import Certainty
from coder.text.privacy.finder import A_DIGIT, PatternFinder, digits_of

_LENGTHS = range(13, 20)
_FIRST = "23456"
"""Banks, travel and merchandising; 1, 7, 8 and 9 are of airlines, petroleum, telephones and nations."""


def has_luhn_digit(digits: str) -> bool:
    """Tell whether the last digit is Luhn's check of those before it."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


def _certainty(match: re.Match[str]) -> Certainty | None:
    digits = digits_of(match["it"])
    if len(digits) not in _LENGTHS or digits[0] not in _FIRST or len(set(digits)) == 1:
        return None
    return Certainty.PROVED if has_luhn_digit(digits) else None


CARDS = PatternFinder(
    "card number",
    re.compile(r"(?<![\w.,£$€+-])(?P<it>\d(?:[ \u00a0-]?\d){12,18})(?![\w%]|[.,-]\d)"),
    _certainty,
    A_DIGIT,
)
