"""Bank accounts: sort codes and account numbers that words beside them name, and IBANs with their check."""

from __future__ import annotations

import re

from coder.domain.privacy.findings import Certainty
from coder.text.privacy.finder import A_DIGIT, PatternFinder, words_before

_LEAST_OF_IBAN, _MOST_OF_IBAN = 15, 34
_NAMED = re.compile(r"\b(?:account|acc|acct|a/c)\b[^!?\d]{0,20}$|\bsort\s?code\b[^.!?\d]{0,15}$")
_BESIDE = re.compile(r"\bsort\s?code\b")


def has_iban_check(iban: str) -> bool:
    """Tell whether an IBAN without blanks has its two check digits, modulus 97 (ISO 13616)."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def _certainty(match: re.Match[str]) -> Certainty | None:
    if match["iban"] is not None:
        iban = "".join(match["iban"].split()).upper()
        long_enough = _LEAST_OF_IBAN <= len(iban) <= _MOST_OF_IBAN
        return Certainty.PROVED if long_enough and has_iban_check(iban) else None
    before = words_before(match)
    if match["pair"] is not None:
        return Certainty.PROVED
    if match["sort"] is not None:
        return Certainty.PROVED if _BESIDE.search(before) else None
    return Certainty.PROVED if _NAMED.search(before) else None


ACCOUNTS = PatternFinder(
    "account number",
    re.compile(
        r"(?<![\w.,£$€+-])(?P<it>"
        r"(?P<iban>[a-z]{2}\d{2}(?:[ \u00a0]?[a-z0-9]{4}){2,7}(?:[ \u00a0]?[a-z0-9]{1,4})?)"
        r"|(?P<pair>\d{2}-\d{2}-\d{2}[ \u00a0,;/]{1,3}\d{8})"
        r"|(?P<sort>\d{2}(?:[- ]\d{2}){2}|\d{6})"
        r"|\d{6,12}|\d{4} \d{4})(?![\w%]|[.,/-]\d)",
        re.IGNORECASE,
    ),
    _certainty,
    A_DIGIT,
)
