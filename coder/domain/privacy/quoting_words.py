"""Where notes quote words that were taken out of answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.privacy.placeholders import (
    APOSTROPHES,
    AS_TYPED,
    HYPHENS,
    placeholder_spans,
    without_possessive,
)
from coder.domain.privacy.text_cuts import TextCut, with_cuts

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHORTEST = 2
"""Shorter words are looked for in their answers alone: an initial stands in any text."""
_SHORTEST_NUMBER = 5
_WORD = r"[\w\u0300-\u036f]"


class QuotedWords:
    """Finds words in notes: whole words, in either Unicode form, whatever blanks stand between them.

    Case makes no difference, but that a single word in small letters is not taken for one with a capital:
    `will` is no `Will`. What stands in a placeholder is nobody's word: `name` is not found in `[name 3]`.

    Args:
        replacements: What stands in the place of each of the words.
    """

    def __init__(self, replacements: Mapping[str, str]) -> None:
        self._replacement_of: dict[str, str] = {}
        with_capitals, without = set[str](), set[str]()
        for words, replacement in replacements.items():
            bare = without_possessive(words)
            if _can_be_looked_for(bare):
                form = _form(bare)
                self._replacement_of.setdefault(form, replacement)
                (with_capitals if _is_a_word(bare) and not bare.islower() else without).add(form)
        self._capitals_only = with_capitals - without
        forms = sorted(self._replacement_of, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_pattern, forms)), re.IGNORECASE) if forms else None

    def cuts_in(self, text: str) -> tuple[TextCut, ...]:
        """Return the passages of a text that are such words, each with what is to stand there."""
        if self._pattern is None:
            return ()
        cuts = []
        placeholders = placeholder_spans(text)
        for match in self._pattern.finditer(text):
            if any(start < match.start() and match.end() < end for start, end in placeholders):
                continue
            form = self._form_of(match[0])
            if form not in self._capitals_only or not match[0].islower():
                cuts.append(TextCut(match.start(), match.end(), self._replacement_of[form]))
        return tuple(cuts)

    def cleaned(self, text: str) -> str:
        """Return a text without these words."""
        return with_cuts(text, self.cuts_in(text))

    def _form_of(self, passage: str) -> str:
        form = _form(passage)
        if form in self._replacement_of:
            return form
        # Letters whose small form is another, such as a Turkish I with a dot.
        return next(
            form for form in self._replacement_of if re.fullmatch(_pattern(form), passage, re.IGNORECASE)
        )


def _form(words: str) -> str:
    return " ".join(normalize("NFC", words).translate(AS_TYPED).lower().split())


def _can_be_looked_for(words: str) -> bool:
    if words.isdecimal():
        return len(words) >= _SHORTEST_NUMBER
    return len(words) >= _SHORTEST and any(map(str.isalnum, words))


def _is_a_word(words: str) -> bool:
    return all(letter.isalpha() or letter in APOSTROPHES + HYPHENS for letter in normalize("NFC", words))


def _pattern(form: str) -> str:
    """Return the pattern of words, given their form."""
    # Some capitals have a small form of two characters, as which they would not be recognised.
    composed = form, normalize("NFC", form.upper())
    forms = dict.fromkeys((*composed, *(normalize("NFD", one_form) for one_form in composed)))
    bodies = "|".join(r"\s+".join(map(_escaped, one_form.split())) for one_form in forms)
    before = rf"(?<!{_WORD})" if re.match(r"\w", form) else ""
    behind = rf"(?!{_WORD})" if re.search(r"\w\Z", form) else ""
    return f"{before}(?:{bodies}){behind}"


def _escaped(word: str) -> str:
    escaped = re.escape(word)
    return escaped.replace("'", f"[{APOSTROPHES}]").replace(r"\-", f"[{re.escape(HYPHENS)}]")
