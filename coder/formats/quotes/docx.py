"""Quotes as a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.quotes.parts import attribution, by_question, file_title, shared_notes, source, text_lines
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.tables.docx import document_bytes, new_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document

    from coder.domain.tables.quotes import Quote, QuoteList

_NOTE_POINTS = 8.5


def quotes_docx(lists: Sequence[QuoteList]) -> bytes:
    """Return quotes as one Word document; the same quotes always give the same bytes."""
    document = new_document(file_title(lists), lists[0].provenance if lists else None)
    document.add_heading(plain(file_title(lists)), level=1)
    for note in shared_notes(lists):
        _add_note(document, note)
    for title, themes in by_question(lists):
        document.add_heading(plain(title), level=2)
        for quotes in themes:
            add_quotes(document, quotes, 3)
    _add_note(document, source(lists))
    return document_bytes(document)


def add_quotes(document: Document, quotes: QuoteList, level: int) -> None:
    """Add the quotes of one theme to the end of a document, its notes and source left to the document.

    Args:
        document: Where they go.
        quotes: The quotes.
        level: Of the heading, 1 to 9.
    """
    document.add_heading(plain(quotes.label), level=level)
    for text in filter(None, (quotes.definition, f"{quotes.summary}.")):
        document.add_paragraph(plain(text)).paragraph_format.keep_with_next = True
    for quote in quotes.quotes:
        _add_quote(document, quote)


def _add_quote(document: Document, quote: Quote) -> None:
    paragraph = document.add_paragraph(style="Quote")
    paragraph.paragraph_format.keep_together = True
    paragraph.add_run(plain("\n".join(text_lines(quote))))
    if described := attribution(quote):
        paragraph.add_run().add_break()
        paragraph.add_run(plain(f"— {described}")).italic = False


def _add_note(document: Document, text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(plain(text)).font.size = Pt(_NOTE_POINTS)
