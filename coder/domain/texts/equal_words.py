"""Texts that say the same in the same words: which those are, and where the words of one stand in the other.

Case, white space and punctuation make no difference: `Pay, and beds!` is `pay and beds`. What does:

- A mark between two digits, and a sign, point or comma before a number: `1.5` is neither `15` nor `1-5`.
- Symbols, `%` and `&`: `5%` is not `5`, and `Fine 👍` not `Fine 👎`.
- Where words end: `therapist` is not `the rapist`. Apostrophes end none: `dont know` is `Don’t know`.
- Accents. They may be joined to their letters or stand behind them (NFC).

Of the forms that Unicode calls compatible (NFKC), those that are only drawn in another way are one: full and
half width, ligatures, blanks. Powers, indices, fractions and numbers in circles stay what they are: `5²` is
not `52`. A text without any letter or digit says nothing that could be compared: it is equal to no other.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, decomposition, is_normalized, normalize

from coder.domain.codings import Span
from coder.domain.texts.invisible import without_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_KEPT_MARKS = "%‰&"
_APOSTROPHES = "'`\u00b4\u02bc\u2018\u2019\uff07"
_OTHER_NUMBERS = ("<super>", "<sub>", "<fraction>", "<circle>")
# The mark comes first: of most characters a look at one is enough.
_NUMERIC_MARK = re.compile(r"[^\w\s](?=\d)(?:(?<=\d[^\w\s])|(?<=[-.,])(?<!\S[-.,]))")
_NUMERIC_MARK_IN_ASCII = re.compile(_NUMERIC_MARK.pattern.encode())
_PRIVATE = 0xF0000
"""Where marks that belong to a number are put meanwhile: a plane of Unicode that has no characters."""


class Word(NamedTuple):
    """A word of a text."""

    folded: str
    """As it is compared."""
    span: Span
    """Where it stands in the text as it is kept."""


class _WhatCounts(dict[int, str]):
    """For each character what of it counts: itself, a blank, or nothing; worked out when first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        is_mark = category(letter)[0] in "PZ" or category(letter) in ("Cc", "Sk")
        counted = " " if is_mark and letter not in _KEPT_MARKS else letter
        self[code] = "" if letter in _APOSTROPHES else counted
        return self[code]


_WHAT_COUNTS = _WhatCounts()
_APOSTROPHES_IN_ASCII = b"'`"
_BEGINNING, _FIRST_LETTERS = 48, 16
"""How many letters are compared first, and in how many characters they are as a rule."""
_LOWER = bytes(range(256)).lower()
_NO_LETTERS = bytes(code for code in range(256) if not bytes((code,)).isalnum())
_ASCII = bytes(ord(_WHAT_COUNTS[code].lower() or "'") for code in range(128)) + bytes(128)


def words_key(text: str) -> str:
    """Return what texts share that say the same in the same words; empty for one that is equal to nothing."""
    return words_key_in_utf8(text).decode("utf-8", "surrogatepass")


def words_key_in_utf8(text: str) -> bytes:
    """Return the same in UTF-8: most texts are of ASCII alone, which bytes do in a fifth of the time."""
    if text.isascii():
        in_ascii = text.encode()
        if not _NUMERIC_MARK_IN_ASCII.search(in_ascii):
            key = b" ".join(in_ascii.translate(_ASCII, _APOSTROPHES_IN_ASCII).split())
            return key if key[:1].isalnum() or any(map(str.isalnum, key.decode())) else b""
    folded = _number_marks_kept(_fold(without_invisible(text)))
    words = " ".join(folded.translate(_WHAT_COUNTS).split())
    return words.encode("utf-8", "surrogatepass") if any(map(str.isalnum, words)) else b""


def may_repeat(texts: Sequence[str]) -> list[int]:
    """Return where texts stand that may say what another says in the same words.

    All that do are among them, with some others: of their letters and digits of ASCII the first are compared,
    then all.
    """
    beginnings = [_letters(text[:_BEGINNING])[:_FIRST_LETTERS] for text in texts]
    for index, beginning in enumerate(beginnings):
        if len(beginning) < _FIRST_LETTERS and len(texts[index]) > _BEGINNING:
            beginnings[index] = _letters(texts[index])[:_FIRST_LETTERS]
    times = Counter(beginnings)
    alike = [index for index, beginning in enumerate(beginnings) if times[beginning] > 1]
    letters = [_letters(texts[index]) for index in alike]
    times = Counter(letters)
    return [index for index, of_text in zip(alike, letters, strict=True) if times[of_text] > 1]


def _letters(text: str) -> bytes:
    """Return the letters and digits of ASCII that a text has once it is folded."""
    if text.isascii():
        return text.encode().translate(_LOWER, _NO_LETTERS)
    return words_key_in_utf8(text).translate(None, _NO_LETTERS)


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order, as `words_key` compares them."""
    folded, owners = "", []
    for index, letter in enumerate(text):
        piece = _fold(without_invisible(letter))
        folded += piece
        owners += [index] * len(piece)
    words: list[Word] = []
    current, start, end = "", 0, 0
    for index, letter in zip((*owners, len(text)), _number_marks_kept(folded) + " ", strict=True):
        counted = _WHAT_COUNTS[ord(letter)]
        if counted.isspace():
            if current:
                words.append(Word(current, Span(start, end)))
            current = ""
        elif counted:
            start = start if current else index
            current, end = current + counted, index + 1
    return words


def spans_in(other: str, text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return where the words that spans of a text hold stand in another text of the same words.

    A span begins and ends with a whole word there. One without a word is left out.

    Args:
        other: The text to look in.
        text: The text that the spans are of.
        spans: Them.

    Returns:
        The spans in `other`; none, which means the whole text, where the two differ in their words.
    """
    words, others = words_of(text), words_of(other)
    if [word.folded for word in words] != [word.folded for word in others]:
        return ()
    met = []
    for span in spans:
        held = [
            place.span
            for word, place in zip(words, others, strict=True)
            if word.span.start < span.end and span.start < word.span.end
        ]
        if held:
            met.append(Span(held[0].start, held[-1].end))
    return tuple(met)


def _fold(text: str) -> str:
    """Return a text without case, in compatible forms, accents behind their letters."""
    if text.isascii():
        return text.lower()
    if not is_normalized("NFKC", text):
        text = "".join(map(_compatible, text))
    return normalize("NFD", normalize("NFD", text).casefold())


def _compatible(letter: str) -> str:
    return letter if decomposition(letter).startswith(_OTHER_NUMBERS) else normalize("NFKC", letter)


def _number_marks_kept(folded: str) -> str:
    return _NUMERIC_MARK.sub(lambda mark: chr(_PRIVATE + ord(mark[0]) % _PRIVATE), folded)
