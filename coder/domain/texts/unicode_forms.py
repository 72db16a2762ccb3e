"""Texts in one Unicode form, with the way back: where each character stands in the text as it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args
from unicodedata import combining, is_normalized, normalize

from coder.domain.codings import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Form = Literal["NFC", "NFD"]
"""Accents joined to their letters where there is such a letter, or each behind its letter."""
FORMS: tuple[Form, ...] = get_args(Form)


class FormedText(NamedTuple):
    """A text in one form; spans of it are spans of the text that it was made of, once they are mapped."""

    text: str
    starts: Sequence[int] | None = None
    """Where in the original the letter of each character begins; None: the text is the original."""
    ends: Sequence[int] | None = None
    """Where in the original the letter of each character ends, with its accents."""

    def original(self, span: Span) -> Span:
        """Return where a span, not empty, stands in the original, with the whole of its letters."""
        if self.starts is None or self.ends is None:
            return span
        return Span(self.starts[span.start], self.ends[span.end - 1])


def formed(text: str, form: Form = "NFC") -> FormedText:
    """Return a text in a form; most are in NFC as they are, which is found out at once."""
    if is_normalized(form, text):
        return FormedText(text)
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _letters(text, form):
        letter = normalize(form, text[start:end])
        letters.append(letter)
        if letter == text[start:end]:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            starts += [start] * len(letter)
            ends += [end] * len(letter)
    return FormedText("".join(letters), starts, ends)


def _letters(text: str, form: Form) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each stretch that can be normalized alone."""
    start = 0
    for position in range(1, len(text)):
        if _begins_letter(text[start:position], text[position], form):
            yield start, position
            start = position
    if text:
        yield start, len(text)


def _begins_letter(stretch: str, character: str, form: Form) -> bool:
    if character.isascii():
        return True
    if combining(normalize("NFD", character)[0]):
        return False
    apart = normalize(form, stretch) + normalize(form, character)
    return normalize(form, stretch + character) == apart
