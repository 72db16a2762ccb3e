"""A report as a Word document."""

from __future__ import annotations

import io
from itertools import count
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Provenance
from coder.formats.charts.drawing import picture
from coder.formats.codebooks.docx import add_theme
from coder.formats.quotes.docx import add_quotes
from coder.formats.report.parts import (
    ANNEX,
    FINDINGS,
    JOURNAL,
    METHODS,
    TABLES,
    chart_table,
    figure_title,
    is_drawn,
    quote_notes,
)
from coder.formats.tables.cells import plain
from coder.formats.tables.docx import (
    add_field,
    add_figure_caption,
    add_table,
    document_bytes,
    enclose_in_field,
    new_document,
    turn_pages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.shared import Length

    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.reports import Report, ReportTable

_EDGE_POINTS, _INDENT_POINTS = 8.5, 12
_BESIDE = 0.85
"""Of a page's height, what a chart may take."""


def report_docx(report: Report) -> bytes:
    """Return a report as a Word document; the same report always gives the same bytes."""
    provenance = Provenance(report.title, 0, None, report.date.isoformat(), report.program, report.language)
    document = new_document(report.title, provenance)
    _lay_out(document, report)
    if report.note:
        document.add_paragraph().add_run(plain(report.note)).bold = True
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
    for part, text in ((section.header, report.note), (section.footer, f"{report.title}. {report.made}")):
        paragraph = part.paragraphs[0]
        paragraph.add_run(plain(text)).font.size = _points(_EDGE_POINTS)
    foot = section.footer.paragraphs[0]
    foot.add_run("\t\t").font.size = _points(_EDGE_POINTS)
    add_field(foot, "PAGE", "1")


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
        document.add_heading(plain(part.title), level=2)
        for text in part.paragraphs:
            document.add_paragraph(plain(text))
        for table in part.tables:
            add_table(document, table)
            turn_pages(document, on_side=False)


def _add_part(document: Document, title: str) -> None:
    document.add_heading(title, level=1).paragraph_format.page_break_before = True


def _add_tables(document: Document, report: Report) -> None:
    _add_part(document, TABLES)
    for note in quote_notes(report):
        document.add_paragraph(plain(note))
    figures = count(1)
    for chapter in report.chapters:
        document.add_heading(plain(chapter.title), level=2)
        for report_table in chapter.tables:
            _add_shown(document, report, report_table, figures)


def _add_shown(document: Document, report: Report, report_table: ReportTable, figures: Iterator[int]) -> None:
    add_table(document, report_table.table)
    if report.charts and is_drawn(report_table.table):
        add_figure_caption(document, next(figures), figure_title(report_table.table))
        _add_chart(document, chart_table(report, report_table.table))
    turn_pages(document, on_side=False)
    for quotes in report_table.quotes:
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
