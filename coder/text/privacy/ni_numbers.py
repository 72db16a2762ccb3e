"""National Insurance numbers, by HMRC's rules for prefixes (National Insurance Manual, NIM39110)."""

from __future__ import annotations

import re

from coder.domain.privacy.findings import Certainty
from coder.text.privacy.finder import A_DIGIT, PatternFinder, words_before

_NEVER = frozenset("DFIQUV")
_NEVER_SECOND = frozenset("O")
_NOT_GIVEN_OUT = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))
_NAMED = re.compile(
    r"(?:\bni|\bnino|national insurance)\W{0,3}(?:(?:number|num|no)\b)?\W{0,4}(?:(?:is|was)\W{0,3})?$"
)


def is_prefix(letters: str) -> bool:
    """Tell whether two capital letters can begin a National Insurance number."""
    return not _NEVER & set(letters) and letters[1] not in _NEVER_SECOND and letters not in _NOT_GIVEN_OUT


def _certainty(match: re.Match[str]) -> Certainty | None:
    named = _NAMED.search(words_before(match)) is not None
    if is_prefix(match["prefix"].upper()) and (match["suffix"] or named):
        return Certainty.PROVED
    # Made-up ones, as forms show them (QQ 12 34 56 C), and mistyped ones.
    return Certainty.GUESS if match["suffix"] or named else None


NI_NUMBERS = PatternFinder(
    "NI number",
    re.compile(
        r"(?<!\w)(?P<it>(?P<prefix>[a-z]{2})[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}(?:[ -]?(?P<suffix>[a-d]))?)(?!\w)",
        re.IGNORECASE,
    ),
    _certainty,
    A_DIGIT,
)
