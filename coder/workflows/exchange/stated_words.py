"""The words that the rows of a codings file say a theme is carried by, in the answers of a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast, get_args

from coder.domain.codings import Span, WordsBy, WordsPicker, read_spans
from coder.domain.texts.unicode_forms import FORMS, formed
from coder.errors import CoderError

if TYPE_CHECKING:
    from coder.domain.responses import Response
    from coder.formats.codings.coding_files import CodingRow

_MOST_DIGITS = 12
_PICKERS = get_args(WordsPicker)


def each_span(row: CodingRow) -> list[CodingRow]:
    """Return a row for each of the stretches of words that a row lists, with the words of the text coded.

    Raises:
        CoderError: They are none, or not in the text; or the row names words in another way too.
    """
    if row.mention.strip() or row.start or row.end:
        msg = "The words are named twice: in 'spans', and in 'start', 'end' or 'mention'."
        raise CoderError(msg, "Leave one of the two empty.")
    spans = read_spans(row.spans)
    for span in spans if row.text else ():
        if span.end > len(row.text):
            msg = f"Characters '{span.start}' to '{span.end}' are not in the text that was coded."
            raise CoderError(msg, f"It has {len(row.text)}, counted from 0.")
    return [replace(row, start=str(start), end=str(end), mention=row.text[start:end]) for start, end in spans]


def refuse_words(row: CodingRow) -> None:
    """Raise CoderError if a row without a theme names words."""
    if row.mention.strip() or row.start or row.end or row.spans.strip():
        msg = "The theme is blank, but there are words that should carry it."
        raise CoderError(msg, "Name the theme. A row with neither says that nothing is in the answer.")


def stated_span(row: CodingRow, response: Response) -> Span | None:
    """Return the words at the characters that a row names; None if it names none, or other words stand there.

    The characters may have been counted in the answer's other Unicode form.

    Raises:
        CoderError: There are no such characters.
    """
    if not row.start and not row.end:
        return None
    start, end = whole_number(row.start), whole_number(row.end)
    text, mention = response.text, row.mention
    if start is not None and end is not None and start < end:
        if end <= len(text) and mention in ("", text[start:end]):
            return Span(start, end)
        for form in FORMS if mention else ():
            counted_in = formed(text, form)
            if counted_in.text[start:end] == formed(mention, form).text:
                return counted_in.original(Span(start, end))
        if end <= len(text) or (mention.strip() and not text.isascii()):
            return None
    msg = f"Characters '{row.start}' to '{row.end}' are not in {response.id}."
    raise CoderError(msg, f"It has {len(text)}, counted from 0.")


def whole_number(text: str) -> int | None:
    """Return a count; None for anything else, and for more digits than any text is long."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def words_picker(row: CodingRow) -> WordsBy:
    """Return who picked the words of a row; raise CoderError for what is nobody."""
    if row.words_by not in _PICKERS:
        msg = f"'{row.words_by}' is nobody who picks words."
        raise CoderError(msg, f"Known are {', '.join(filter(None, _PICKERS))}.")
    return "" if row.words_by == "unknown" else cast("WordsBy", row.words_by)
