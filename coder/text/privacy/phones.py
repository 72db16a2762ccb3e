"""Telephone numbers: those of the United Kingdom by how they are made up, others by their "+".

A number of the United Kingdom is 0 and nine or ten digits more, of which the first is 1, 2, 3, 5, 7, 8 or 9
(Ofcom, The National Telephone Numbering Plan). Which of them are given out changes every month, and numbers
kept for plays and films never are; so the form decides, not a list.
"""

from __future__ import annotations

import re

from coder.domain.privacy.findings import Certainty
from coder.text.privacy.finder import A_DIGIT, PatternFinder, words_before

_GAP = r"[ \u00a0.\-–/()]{0,3}"
_NATIONAL = rf"[1235789](?:{_GAP}\d){{8,9}}"
_SAID = re.compile(
    r"\b(?:tel|telephone|phone|ph|mob|mobile|cell|fax|landline|whatsapp|text|ring|call)\b[\s.:]*"
    r"(?:(?:number|no|num|me|him|her|us|them|on|at|is|was)\b[\s.:]*){0,4}$"
)


def _certainty(match: re.Match[str]) -> Certainty | None:
    if match["short"] is None:
        return Certainty.PROVED
    return Certainty.GUESS if _SAID.search(words_before(match)) else None


PHONES = PatternFinder(
    "phone",
    re.compile(
        rf"(?<![\w.,£$€/+-])(?P<it>\(?(?:\+|00){_GAP}44{_GAP}(?:0{_GAP})?{_NATIONAL}"
        rf"|\(?0(?![.,]){_GAP}{_NATIONAL}"
        rf"|44{_GAP}7(?:{_GAP}\d){{9}}"
        rf"|\(?(?:\+|00){_GAP}(?!44)[1-9](?:{_GAP}\d){{7,14}}"
        rf"|(?P<short>7\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}|[1-9]\d{{2,3}}[ -]?\d{{3,4}}))"
        r"(?![\w£$€%]|[.,/-]\d)",
        re.IGNORECASE,
    ),
    _certainty,
    A_DIGIT,
)
