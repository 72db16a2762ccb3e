"""A codebook as a Word document, to stand in a report's annex."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from coder.formats.codebooks.printed_fields import paragraphs_of, printed_fields, theme_heading
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.tables.docx import document_bytes, new_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document

    from coder.domain.codebook import Codebook, Theme

_DEEPEST = 9
"""The last level of headings that Word has."""


def codebook_docx(codebook: Codebook, provenance: str, date: dt.date) -> bytes:
    """Return a codebook as a document; the same codebook and date always give the same bytes.

    Each theme is a heading below that of its net, followed by definition, include, exclude and examples.

    Args:
        codebook: The codebook.
        provenance: A line that says which version of which codebook it is; may be empty.
        date: When the document counts as written.
    """
    title = plain(codebook.title) or "Codebook"
    document = new_document(title, None)
    properties = document.core_properties
    properties.created = properties.modified = dt.datetime.combine(date, dt.time())
    document.add_heading(title, level=0)
    _add_paragraphs(document, paragraphs_of(codebook.note))
    _add_paragraphs(document, paragraphs_of(provenance))
    for theme, depth in codebook.tree():
        add_theme(document, theme, depth + 1)
    return document_bytes(document)


def add_theme(document: Document, theme: Theme, level: int) -> None:
    """Add a theme to the end of a document: its heading, of this level at most, and what defines it."""
    document.add_heading(plain(theme_heading(theme)), level=min(level, _DEEPEST))
    for printed in printed_fields(theme):
        _add_paragraphs(document, printed.paragraphs, printed.label)
        if printed.texts:
            heading = document.add_paragraph()
            heading.add_run(f"{printed.label}:").bold = True
            heading.paragraph_format.keep_with_next = True
        for text in printed.texts:
            document.add_paragraph(plain(text), style="List Bullet")
    _add_paragraphs(document, paragraphs_of(", ".join(theme.questions)), "Asked in")


def _add_paragraphs(document: Document, texts: Sequence[str], label: str = "") -> None:
    """Add paragraphs; the first begins with the label in bold."""
    for number, text in enumerate(texts):
        paragraph = document.add_paragraph()
        if label and not number:
            paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(plain(text))
