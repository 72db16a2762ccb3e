"""Quotes to be read in a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from coder.formats.quotes.parts import attribution, by_question, shared_notes, source, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.quotes import Quote, QuoteList

_NARROWEST = 40
_INDENT = "  "


def quotes_text(lists: Sequence[QuoteList], width: int = 80) -> Iterator[str]:
    """Yield the lines of quotes as text.

    Args:
        lists: The quotes, those of a question together.
        width: Columns of the terminal.
    """
    width = max(width, _NARROWEST)
    for note in shared_notes(lists):
        yield from textwrap.wrap(note, width)
    for title, themes in by_question(lists):
        yield from ("", *textwrap.wrap(title, width))
        for quotes in themes:
            yield from ("", *textwrap.wrap(f"{quotes.label} ({quotes.summary})", width))
            for quote in quotes.quotes:
                yield from ("", *_quote_lines(quote, width))
    yield from ("", *textwrap.wrap(source(lists), width))


def _quote_lines(quote: Quote, width: int) -> Iterator[str]:
    described = attribution(quote)
    for line in (*text_lines(quote), *([f"— {described}"] if described else [])):
        yield from textwrap.wrap(line, width, initial_indent=_INDENT, subsequent_indent=_INDENT) or [""]
