"""The data-flow statement as a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.tables.printed import Provenance
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.tables.docx import document_bytes, new_document

if TYPE_CHECKING:
    from docx.document import Document

    from coder.domain.privacy.data_flows import DataFlow, Grid

_POINTS = 8.5
_STYLE, _POINT_STYLE = "Table Grid", "List Bullet"


def statement_docx(statement: DataFlow) -> bytes:
    """Return a statement as a Word document; the same statement always gives the same bytes."""
    provenance = Provenance(statement.title, 0, None, statement.date.isoformat(), "coder")
    document = new_document(statement.heading, provenance)
    document.add_heading(plain(statement.heading), level=0)
    if statement.note:
        document.add_paragraph().add_run(plain(statement.note)).bold = True
    document.add_paragraph(plain(statement.made))
    for number, part in enumerate(statement.parts, 1):
        document.add_heading(plain(f"{number}. {part.title}"), level=1)
        for paragraph in part.paragraphs:
            document.add_paragraph(plain(paragraph))
        if part.grid:
            _add_grid(document, part.grid)
        for point in part.points:
            document.add_paragraph(plain(point), style=_POINT_STYLE)
    return document_bytes(document)


def _add_grid(document: Document, grid: Grid) -> None:
    from docx.shared import Emu, Pt

    table = document.add_table(1, len(grid.heads), style=_STYLE)
    for texts in grid.rows:
        table.add_row()
        for cell, text in zip(table.rows[-1].cells, texts, strict=True):
            cell.paragraphs[0].add_run(plain(text)).font.size = Pt(_POINTS)
    for cell, head in zip(table.rows[0].cells, grid.heads, strict=True):
        run = cell.paragraphs[0].add_run(plain(head))
        run.font.size, run.bold = Pt(_POINTS), True
    section = document.sections[0]
    room = int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
    table.autofit = False
    for column, share in zip(list(table.columns), grid.shares, strict=True):
        column.width = Emu(room * share // 100)
        for cell in column.cells:
            cell.width = column.width
    document.add_paragraph().paragraph_format.space_after = Pt(0)
