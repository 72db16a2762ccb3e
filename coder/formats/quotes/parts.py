"""What a file of quotes shows beside them, whatever the file."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from coder.formats.tables.cells import ABSENT, SUPPRESSED, meanings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.quotes import Quote, QuotedAttribute, QuoteList


_LINE_END = re.compile(r"\r\n|\r|\n")


def file_title(lists: Sequence[QuoteList]) -> str:
    """Return the title of a file of quotes."""
    return f"{lists[0].provenance.study}: quotes" if lists else "Quotes"


def by_question(lists: Sequence[QuoteList]) -> Iterator[tuple[str, list[QuoteList]]]:
    """Yield each question with the quotes of its themes."""
    for title, of_question in groupby(lists, key=lambda quotes: quotes.title):
        yield title, list(of_question)


def text_lines(quote: Quote) -> list[str]:
    """Return the lines of a quote, in quotation marks."""
    return _LINE_END.split(f"“{quote.text}”")


def attribute_text(attribute: QuotedAttribute) -> str:
    """Return what is told of a respondent in one respect, or why there is nothing."""
    return SUPPRESSED if attribute.kept_back else attribute.value or ABSENT


def attribution(quote: Quote) -> str:
    """Return what stands after a quote: `South West, Unitary`; empty if nothing is told."""
    return ", ".join(filter(None, (quote.respondent_id, *map(attribute_text, quote.attributes))))


def shared_notes(lists: Sequence[QuoteList]) -> list[str]:
    """Return what a reader must know of quotes, each sentence once, the study's own note first."""
    notes = [note for quotes in lists for note in (quotes.study_note, *quotes.notes)]
    attributes = (attribute for quotes in lists for quote in quotes.quotes for attribute in quote.attributes)
    return list(dict.fromkeys(filter(None, (*notes, meanings(" ".join(map(attribute_text, attributes)))))))


def source(lists: Sequence[QuoteList]) -> str:
    """Return where quotes come from, the codings of all their themes counted."""
    if not lists or any(quotes.provenance.codings_kept_back for quotes in lists):
        return str(lists[0].provenance.without_codings()) if lists else ""
    codings = sum(quotes.provenance.codings or 0 for quotes in lists)
    return str(replace(lists[0].provenance, codings=codings))
