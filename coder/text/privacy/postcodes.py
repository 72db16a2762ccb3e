"""Postcodes of the United Kingdom: the six forms, letters where they may stand, and areas that there are.

The forms and letters are those of Royal Mail's Programmer's Guide (A9 9AA ... AA9A 9AA; inward letters
without C, I, K, M, O and V); the areas are the 124 of which postcodes begin, Crown dependencies among them.
"""

from __future__ import annotations

import re

from coder.domain.privacy.findings import Certainty
from coder.text.privacy.finder import A_DIGIT, PatternFinder
from coder.text.privacy.word_lists import postcode_areas

_ORDINAL = re.compile(r"\s+(?:1st|2nd|3rd|\dth)$")


def _certainty(match: re.Match[str]) -> Certainty | None:
    if match["area"] is not None and match["area"].casefold() not in postcode_areas():
        return None
    return None if _ORDINAL.search(match["it"]) else Certainty.PROVED


POSTCODES = PatternFinder(
    "postcode",
    re.compile(
        r"(?<![\w-])(?P<it>GIR ?0AA|(?P<area>[A-PR-UWYZ][A-HK-Y]?)"
        r"(?:\d{1,2}|(?<=\b\w)\d[A-HJKPSTUW]|(?<=\b\w\w)\d[ABEHMNPRVWXY])"
        r"[ \u00a0]{0,2}\d[ABD-HJLNP-UW-Z]{2})(?![\w-])",
        re.IGNORECASE,
    ),
    _certainty,
    A_DIGIT,
)
