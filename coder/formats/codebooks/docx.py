"""A codebook as a Word document, to stand in a report's annex."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from coder.formats.codebooks.theme_rows import labelled, theme_heading, theme_texts
from coder.formats.shared.xml import fit_for_xml
from coder.formats.tables.docx import document_bytes, new_document

if TYPE_CHECKING:
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
    title = fit_for_xml(codebook.title) or "Codebook"
    document = new_document(title, None)
    properties = document.core_properties
    properties.created = properties.modified = dt.datetime.combine(date, dt.time())
    document.add_heading(title, level=0)
    _add_text(document, codebook.note)
    _add_text(document, provenance)
    for theme, depth in codebook.tree():
        add_theme(document, theme, depth + 1)
    return document_bytes(document)


def add_theme(document: Document, theme: Theme, level: int) -> None:
    """Add a theme to the end of a document: its heading, of this level at most, and what defines it."""
    document.add_heading(fit_for_xml(theme_heading(theme)), level=min(level, _DEEPEST))
    for label, text in theme_texts(theme):
        _add_paragraph(document, label, text)
    if theme.examples:
        words = document.add_paragraph()
        words.add_run("Examples:").bold = True
        words.paragraph_format.keep_with_next = True
    for example in theme.examples:
        document.add_paragraph(fit_for_xml(example), style="List Bullet")
    _add_text(document, ", ".join(theme.questions), "Asked in: ")


def _add_text(document: Document, text: str, label: str = "") -> None:
    """Add a text, a paragraph for each of its own; the first begins with the label in bold."""
    for each, part in labelled(label, text):
        _add_paragraph(document, each, part)


def _add_paragraph(document: Document, label: str, text: str) -> None:
    paragraph = document.add_paragraph()
    if label:
        paragraph.add_run(label).bold = True
    paragraph.add_run(fit_for_xml(text))
