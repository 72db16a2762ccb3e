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
_PRIVATE, _ROOM = 0xF0000, 0x20000
"""Where marks that belong to a number are put meanwhile: two planes of Unicode that have no characters."""


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
_FIRST_LETTERS, _BEGINNING = 20, 40
"""How many bytes of letters are compared first, and in how many characters they are as a rule."""
_TOGETHER, _BETWEEN = 1_000, "\0"
"""How many texts are worked out as one, and what parts them."""
_LOWER = bytes(range(256)).lower()
_NO_LETTERS = bytes(code for code in range(1, 128) if not chr(code).isalnum())
_NOT_ASCII = re.compile("[^\0-\x7f]+")
_ASCII = bytes(ord(_WHAT_COUNTS[code].lower() or "'") for code in range(128)) + bytes(128)


class _Letters(dict[int, str]):
    """For each character the letters and digits that it is in a key of words; worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(filter(str.isalnum, words_key(chr(code))))
        return self[code]


_LETTERS = _Letters()


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
    """Return where texts stand that may say what another says in the same words, in order.

    All that do are among them, with some others: the first of their letters and digits are compared, then
    all.
    """
    alike = _repeated(_beginnings(texts))
    return [alike[index] for index in _repeated(_letters([texts[index] for index in alike]))]


def _repeated(keys: Sequence[bytes]) -> list[int]:
    """Return where keys stand that stand there several times, in order."""
    first: dict[bytes, int] = {}
    later = [index for index, key in enumerate(keys) if first.setdefault(key, index) != index]
    return sorted({*later, *(first[keys[index]] for index in later)})


def _beginnings(texts: Sequence[str]) -> list[bytes]:
    """Return the first of each text's letters and digits, as many of them from all that have so many."""
    beginnings = [letters[:_FIRST_LETTERS] for letters in _letters([text[:_BEGINNING] for text in texts])]
    for index, letters in enumerate(beginnings):
        if len(letters) < _FIRST_LETTERS and len(texts[index]) > _BEGINNING:
            beginnings[index] = _letters([texts[index]])[0][:_FIRST_LETTERS]
    return beginnings


def _letters(texts: Sequence[str]) -> list[bytes]:
    """Return the letters and digits of each text's `words_key`, in UTF-8.

    Which they are does not depend on what stands beside a character, so many texts are worked out as one.
    """
    letters: list[bytes] = []
    for start in range(0, len(texts), _TOGETHER):
        some = texts[start : start + _TOGETHER]
        together = _BETWEEN.join(some)
        if together.count(_BETWEEN) >= len(some):
            together = _BETWEEN.join(text.replace(_BETWEEN, "") for text in some)
        if not together.isascii():
            together = _NOT_ASCII.sub(lambda met: met[0].translate(_LETTERS), together)
        letters += together.encode().translate(_LOWER, _NO_LETTERS).split(_BETWEEN.encode())
    return letters


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
    return _NUMERIC_MARK.sub(lambda mark: chr(_PRIVATE + ord(mark[0]) % _PRIVATE % _ROOM), folded)
