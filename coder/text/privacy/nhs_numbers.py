"""NHS numbers: ten digits, of which the last is a check digit (NHS Data Dictionary, "NHS number")."""

from __future__ import annotations

import re

from coder.domain.privacy.findings import Certainty
from coder.text.privacy.finder import A_DIGIT, PatternFinder, digits_of, words_before

_LENGTH = 10
_NAMED = re.compile(
    r"(?:nhs|chi|h&c|patient)\W{0,3}(?:(?:number|num|no|id)\b)?\W{0,4}(?:(?:is|was)\W{0,3})?$"
)


def has_check_digit(digits: str) -> bool:
    """Tell whether the tenth digit is the check digit of the nine before it, modulus 11.

    Args:
        digits: Ten of them.
    """
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _certainty(match: re.Match[str]) -> Certainty | None:
    digits = digits_of(match["it"])
    if len(digits) != _LENGTH:
        return None
    named = _NAMED.search(words_before(match)) is not None
    if has_check_digit(digits) and len(set(digits)) > 1:
        # A number without blanks that begins with 0 may be a telephone's, of which one in eleven checks.
        return Certainty.PROVED if named or not digits.startswith("0") else Certainty.GUESS
    return Certainty.GUESS if named else None


NHS_NUMBERS = PatternFinder(
    "NHS number",
    re.compile(r"(?<![\w.,£$€+-])(?P<it>\d{3}[ \u00a0.-]?\d{3}[ \u00a0.-]?\d{4})(?![\w%]|[.,-]\d)"),
    _certainty,
    A_DIGIT,
)
