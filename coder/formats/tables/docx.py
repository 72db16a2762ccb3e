"""Printed tables as a Word document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.stable_archives import stable_archive
from coder.formats.tables.cells import (
    STRONG,
    all_notes,
    description,
    of_columns,
    row_texts,
)
from coder.formats.tables.file_properties import say_what_it_is
from coder.formats.tables.grid_heads import grid_heads, head_rows
from coder.formats.tables.page_plans import Paper, page_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

    from coder.domain.tables.printed import PrintedRow, PrintedTable, Provenance
    from coder.formats.tables.page_plans import TablePiece

_STYLE = "Light Shading"
"""Rules above and below, every other row shaded."""
_TYPEFACE = "Arial"
"""Word, LibreOffice and Pages have it, or one of the same widths."""
_POINTS, _NOTE_POINTS = (9.5, 8.0), 8.5
_A4, _MARGIN = (210, 297), 20
"""Millimetres."""
_ENGLISH = "en-GB"
_EMU_PER_POINT = 12_700
"""Word's units of length."""
_CELL_POINTS = 10.8
"""What Word leaves free on both sides of a cell together."""
_INK = "22364A"
_INDENT_POINTS = 12
_ABOVE_CAPTION, _BELOW_CAPTION, _ABOVE_NOTES = 14, 4, 4
_FIELD_PARTS = ("begin", "separate", "end")


def printed_docx(tables: Sequence[PrintedTable]) -> bytes:
    """Return tables as one Word document; the same tables always give the same bytes."""
    title = tables[0].provenance.study if tables else "Tables"
    document = new_document(title, tables[0].provenance if tables else None)
    if tables and lies_on_side(document, tables[0]):
        _turn(document.sections[0])
    document.add_heading(plain(title), level=1)
    for table in tables:
        add_table(document, table)
    return document_bytes(document)


def new_document(title: str, provenance: Provenance | None) -> Document:
    """Return an empty document that says what it is, and when and from what it was made."""
    import docx

    document = docx.Document()
    _lay_out(document, (provenance.language if provenance else "") or _ENGLISH)
    say_what_it_is(document, title, provenance)
    return document


def _lay_out(document: Document, language: str) -> None:
    """Set paper, type and language: A4, and one typeface throughout, so that measured widths hold."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, _A4)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    for style in document.styles:
        properties = style.element.rPr
        fonts = None if properties is None else properties.rFonts
        if fonts is not None:
            for name in list(fonts.attrib):
                del fonts.attrib[name]
            for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(name), _TYPEFACE)
    document.styles["Normal"].font.name = _TYPEFACE
    for name in ("Title", "Caption", *(f"Heading {level}" for level in range(1, 10))):
        # The template's lighter blues are too pale for small type.
        document.styles[name].font.color.rgb = RGBColor.from_string(_INK)
    caption = document.styles["Caption"].paragraph_format
    caption.space_before, caption.space_after = Pt(_ABOVE_CAPTION), Pt(_BELOW_CAPTION)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), _ENGLISH if language == "en" else language)


def _paper_of(document: Document) -> Paper:
    """Return what the pages of a document have room for between their margins."""
    section = document.sections[-1]
    margins = int(section.left_margin or 0) + int(section.right_margin or 0)
    short, long = sorted((int(section.page_width or 0), int(section.page_height or 0)))
    upright, on_side = ((edge - margins) / _EMU_PER_POINT for edge in (short, long))
    return Paper(upright, on_side, _POINTS, _CELL_POINTS, _INDENT_POINTS)


def lies_on_side(document: Document, table: PrintedTable) -> bool:
    """Tell whether a table, added now, would stand on pages that lie on their side."""
    return page_plan(table, _paper_of(document)).on_side


def turn_pages(document: Document, *, on_side: bool) -> None:
    """Have what follows stand on pages that lie on their side, or on upright ones, new ones if need be."""
    from docx.enum.section import WD_ORIENT

    section = document.sections[-1]
    if (section.orientation == WD_ORIENT.LANDSCAPE) == on_side:
        return
    section = document.add_section()
    # It goes on with the report: no page of it is a first one.
    section.different_first_page_header_footer = False
    _turn(section)


def _turn(section: Section) -> None:
    from docx.enum.section import WD_ORIENT

    upright = section.orientation == WD_ORIENT.PORTRAIT
    section.orientation = WD_ORIENT.LANDSCAPE if upright else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


def document_bytes(document: Document) -> bytes:
    """Return a document as a file, without the moment at which it is written."""
    file = io.BytesIO()
    document.save(file)
    return stable_archive(file.getvalue())


def add_table(document: Document, table: PrintedTable) -> None:
    """Add a table to the end of a document: caption, table, notes.

    The caption's number is a field, so that Word can list the tables and refer to them; the header rows
    come again on every page, and screen readers are told what the table is.
    """
    plan = page_plan(table, _paper_of(document))
    turn_pages(document, on_side=plan.on_side)
    for number, piece in enumerate(plan.pieces, start=1):
        of_all = f" (part {number} of {len(plan.pieces)})" if len(plan.pieces) > 1 else ""
        _add_caption(document, table, of_all)
        _add_piece(document, of_columns(table, piece.columns), piece, plan.size)
    for number, note in enumerate(all_notes(table)):
        _add_note(document, note, above=0 if number else _ABOVE_NOTES)


def _add_piece(document: Document, table: PrintedTable, piece: TablePiece, points: float) -> None:
    heads = head_rows(table)
    grid = document.add_table(heads + len(table.rows), 1 + len(table.columns), style=_STYLE)
    rows = list(grid.rows)
    _fit(grid, piece)
    _describe(grid, table)
    for line in rows[:heads]:
        _mark_row(line, "w:tblHeader")
    _write_heads(rows[:heads], table, points)
    for line, row, texts in zip(rows[heads:], table.rows, row_texts(table), strict=True):
        _mark_row(line, "w:cantSplit")
        _write_row(line, row, texts, points)


def _add_caption(document: Document, table: PrintedTable, of_all: str) -> None:
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    if not table.number.isdecimal():
        caption.add_run(plain(f"{table.heading}{of_all}"))
        return
    caption.add_run("Table ")
    # The field begins anew at the report's number: fields updated in Word keep it.
    add_field(caption, f"SEQ Table \\* ARABIC \\r {table.number}", table.number)
    caption.add_run(plain(f". {table.title}{of_all}"))


def add_figure_caption(document: Document, number: int, title: str) -> None:
    """Add a caption above a picture, with a number that Word counts."""
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.add_run("Figure ")
    add_field(caption, "SEQ Figure \\* ARABIC", str(number))
    caption.add_run(plain(f". {title}"))


def add_field(paragraph: Paragraph, instruction: str, text: str) -> None:
    """Add a field to the end of a paragraph, with what it shows until Word updates it."""
    field = _element("w:fldSimple", {"w:instr": f" {instruction} "})
    field.append(paragraph.add_run(text)._r)  # noqa: SLF001  # python-docx has no fields
    paragraph._p.append(field)  # noqa: SLF001


def enclose_in_field(paragraphs: Sequence[Paragraph], instruction: str) -> None:
    """Put whole paragraphs into a field, which shows them until Word updates it."""
    opening, closing = paragraphs[0], paragraphs[-1]
    instruction_text = _element("w:instrText", {})
    instruction_text.text = f" {instruction} "
    begin, separate, end = (_element("w:fldChar", {"w:fldCharType": kind}) for kind in _FIELD_PARTS)
    head = opening.add_run()._r  # noqa: SLF001  # python-docx has no fields
    head.extend((begin, instruction_text, separate))
    opening.runs[0]._r.addprevious(head)  # noqa: SLF001
    closing.add_run()._r.append(end)  # noqa: SLF001


def _fit(grid: Table, piece: TablePiece) -> None:
    """Give each column the width that was measured for it."""
    from docx.shared import Pt

    grid.autofit = False
    for column, width in zip(list(grid.columns), (piece.label_width, *piece.widths), strict=True):
        column.width = Pt(width)
        for cell in column.cells:
            cell.width = column.width


def _describe(grid: Table, table: PrintedTable) -> None:
    properties = grid._tbl.tblPr  # noqa: SLF001  # python-docx has no alternative texts
    properties.append(_element("w:tblCaption", {"w:val": plain(table.heading)}))
    properties.append(_element("w:tblDescription", {"w:val": plain(description(table))}))


def _write_heads(rows: Sequence[_Row], table: PrintedTable, points: float) -> None:
    cells = [row.cells for row in rows]
    for head in grid_heads(table):
        cell = cells[head.top][head.left].merge(cells[head.bottom][head.right])
        _write(cell, head.text, points, strong=True, number=head.left > 0)


def _write_row(line: _Row, row: PrintedRow, texts: Sequence[str], points: float) -> None:
    label, *cells = line.cells
    strong = row.kind in STRONG
    _write(label, row.label, points, strong=strong, indent=row.level)
    for cell, text in zip(cells, texts, strict=True):
        _write(cell, text, points, strong=strong, number=True)
        cell._tc.get_or_add_tcPr().append(_element("w:noWrap", {}))  # noqa: SLF001  # no such setting


def _write(
    cell: _Cell, text: str, points: float, *, strong: bool, number: bool = False, indent: int = 0
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(plain(text))
    if not text:
        # The height of an empty cell would be that of the document's type, not of the table's.
        mark = _element("w:rPr", {})
        mark.append(_element("w:sz", {"w:val": f"{2 * points:.0f}"}))
        paragraph._p.get_or_add_pPr().append(mark)  # noqa: SLF001  # no such setting
    run.font.size, run.font.bold = Pt(points), strong
    paragraph.paragraph_format.space_after = Pt(0)
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if indent:
        paragraph.paragraph_format.left_indent = Pt(_INDENT_POINTS * indent)


def _add_note(document: Document, note: str, above: float) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(above), Pt(2)
    paragraph.add_run(plain(note)).font.size = Pt(_NOTE_POINTS)


def _mark_row(line: _Row, name: str) -> None:
    line._tr.get_or_add_trPr().append(_element(name, {"w:val": "true"}))  # noqa: SLF001  # no such setting


def _element(name: str, attributes: dict[str, str]) -> BaseOxmlElement:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, attribute_value in attributes.items():
        element.set(qn(key), attribute_value)
    return element
