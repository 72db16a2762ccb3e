"""A report as a Word document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Provenance
from coder.errors import CoderError
from coder.formats.charts.drawing import picture
from coder.formats.codebooks.docx import add_theme
from coder.formats.quotes.docx import add_quotes
from coder.formats.report.house_style import house_document, picture_type
from coder.formats.report.parts import (
    ANNEX,
    FINDINGS,
    JOURNAL,
    METHODS,
    TABLES,
    chart_table,
    figure_title,
    placed_tables,
    quote_notes,
)
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.tables.docx import (
    add_field,
    add_figure_caption,
    add_table,
    document_bytes,
    enclose_in_field,
    lies_on_side,
    new_document,
    turn_pages,
)
from coder.formats.tables.file_properties import say_what_it_is

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.section import _Footer, _Header
    from docx.shared import Length
    from docx.text.paragraph import Paragraph

    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.reports import Report
    from coder.formats.report.parts import PlacedTable

_EDGE_POINTS, _INDENT_POINTS = 8.5, 12
_LOGO = (60, 20)
"""Millimetres that a logo has at most."""
_BESIDE = 0.85
"""Of a page's height, what a chart may take."""


def report_docx(report: Report) -> bytes:
    """Return a report as a Word document; the same report always gives the same bytes."""
    provenance = Provenance(report.title, 0, None, report.date.isoformat(), report.program, report.language)
    if report.look.template:
        document = house_document(report.look.template)
        say_what_it_is(document, report.title, provenance)
    else:
        document = new_document(report.title, provenance)
    _lay_out(document, report)
    if report.note:
        document.add_paragraph().add_run(plain(report.note)).bold = True
    if report.look.logo:
        _add_logo(document, report.look.logo)
    document.add_heading(plain(report.title), level=0)
    document.add_paragraph(plain(report.made))
    _add_contents(document, report)
    _add_findings(document, report)
    _add_methods(document, report)
    _add_tables(document, report)
    _add_annex(document, report)
    _add_journal(document, report)
    return document_bytes(document)


def _lay_out(document: Document, report: Report) -> None:
    """Set the edges of pages: the study's note at the top of each, at the foot what the report is."""
    section = document.sections[0]
    edges = [(section.header, section.footer)]
    if section.different_first_page_header_footer:
        edges.append((section.first_page_header, section.first_page_footer))
    if document.settings.odd_and_even_pages_header_footer:
        edges.append((section.even_page_header, section.even_page_footer))
    for header, footer in edges:
        # What a template has there stays.
        if report.note:
            _free_line(header).add_run(plain(report.note)).font.size = _points(_EDGE_POINTS)
        foot = _free_line(footer)
        foot.add_run(plain(f"{report.title}. {report.made}\t\t")).font.size = _points(_EDGE_POINTS)
        add_field(foot, "PAGE", "1")


def _free_line(part: _Header | _Footer) -> Paragraph:
    """Return a paragraph of a page's edge with nothing in it."""
    first: Paragraph | None = part.paragraphs[0] if part.paragraphs else None
    if first is None or len(first._p) > (first._p.pPr is not None):  # noqa: SLF001  # a picture is no text
        first = part.add_paragraph()
    return first


def _add_logo(document: Document, logo: bytes) -> None:
    """Add a logo above the title, no larger than a letterhead's."""
    from docx.shared import Emu, Mm

    picture_type(logo)
    try:
        shape = document.add_picture(io.BytesIO(logo))
    except Exception as error:  # noqa: BLE001  # whatever its reader stumbles over, the file is what is wrong
        msg = f"The logo cannot be read: {error}."
        raise CoderError(msg, "Save it as PNG once more, and name that.") from None
    scale = min(1.0, Mm(_LOGO[0]) / shape.width, Mm(_LOGO[1]) / shape.height)
    shape.width, shape.height = (Emu(int(scale * size)) for size in (shape.width, shape.height))
    shape._inline.docPr.set("descr", "Logo")  # noqa: SLF001  # python-docx has no alternative texts


def _points(size: float) -> Length:
    from docx.shared import Pt

    return Pt(size)


def _add_contents(document: Document, report: Report) -> None:
    """Add a field of contents that names the parts until Word, asked to update it, adds their pages."""
    annexes = [ANNEX, JOURNAL] if report.journal else [ANNEX]
    opening = [FINDINGS] if report.findings else []
    titles = [*opening, METHODS, TABLES, *(chapter.title for chapter in report.chapters), *annexes]
    paragraphs = [document.add_paragraph(plain(title)) for title in titles]
    for paragraph in paragraphs:
        paragraph.paragraph_format.space_after = _points(2)
    for paragraph in paragraphs[len(opening) + 2 : -len(annexes)]:
        paragraph.paragraph_format.left_indent = _points(_INDENT_POINTS)
    enclose_in_field(paragraphs, 'TOC \\o "1-2" \\h')


def _add_findings(document: Document, report: Report) -> None:
    if report.findings:
        _add_part(document, FINDINGS)
    for findings in report.findings:
        document.add_heading(plain(findings.title), level=2)
        for sentence in findings.sentences:
            document.add_paragraph(plain(sentence), style="List Bullet")


def _add_methods(document: Document, report: Report) -> None:
    _add_part(document, METHODS)
    for part in report.methods:
        turn_pages(document, on_side=False)
        document.add_heading(plain(part.title), level=2)
        for text in part.paragraphs:
            document.add_paragraph(plain(text))
        for table in part.tables:
            add_table(document, table)


def _add_part(document: Document, title: str, *, on_side: bool = False) -> None:
    turn_pages(document, on_side=on_side)
    document.add_heading(title, level=1).paragraph_format.page_break_before = True


def _add_tables(document: Document, report: Report) -> None:
    chapters = placed_tables(report)
    sides = [_begins_on_side(document, placed) for _, placed in chapters]
    _add_part(document, TABLES, on_side=sides[:1] == [True])
    for note in quote_notes(report):
        document.add_paragraph(plain(note))
    for (chapter, placed), on_side in zip(chapters, sides, strict=True):
        turn_pages(document, on_side=on_side)
        document.add_heading(plain(chapter.title), level=2)
        for table in placed:
            _add_shown(document, report, table)


def _begins_on_side(document: Document, tables: Sequence[PlacedTable]) -> bool:
    """Tell whether a chapter's first table lies on its side: a heading before it would be left alone."""
    return bool(tables) and lies_on_side(document, tables[0].shown.table)


def _add_shown(document: Document, report: Report, placed: PlacedTable) -> None:
    table = placed.shown.table
    add_table(document, table)
    if placed.figure:
        add_figure_caption(document, placed.figure, figure_title(table))
        _add_chart(document, chart_table(report, table))
    for quotes in placed.shown.quotes:
        turn_pages(document, on_side=False)
        add_quotes(document, quotes, 3)


def _add_chart(document: Document, table: PrintedTable) -> None:
    from docx.shared import Emu

    drawn = picture(table, "png", titled=False)
    shape = document.add_picture(io.BytesIO(drawn.content))
    section = document.sections[-1]
    room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    scale = min(1.0, room / shape.width, _BESIDE * int(section.page_height or 0) / shape.height)
    shape.width, shape.height = Emu(int(scale * shape.width)), Emu(int(scale * shape.height))
    about = shape._inline.docPr  # noqa: SLF001  # python-docx has no alternative texts
    about.set("title", plain(table.heading))
    about.set("descr", plain(drawn.alt))


def _add_annex(document: Document, report: Report) -> None:
    _add_part(document, ANNEX)
    for text in report.annex.paragraphs:
        document.add_paragraph(plain(text))
    for group in report.annex.groups:
        document.add_heading(plain(group.title), level=2)
        for theme, depth in group.themes:
            add_theme(document, theme, depth + 3)


def _add_journal(document: Document, report: Report) -> None:
    if report.journal:
        _add_part(document, JOURNAL)
    for note in report.journal:
        document.add_heading(plain(note.heading), level=2)
        for text in note.paragraphs:
            document.add_paragraph(plain(text))
