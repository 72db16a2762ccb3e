"""Whatever the file, it says all that is printed below a table; each is read back by another library."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pptx
import pytest
from lxml import etree, html
from markdown_it import MarkdownIt
from weighted_study import survey_rows, weighted_study

from coder.domain.tables.reports import ReportRequest
from coder.domain.tables.requests import TableOptions, TableRequest
from coder.formats.charts.registry import CHART_FORMATS
from coder.formats.report.registry import REPORT_FORMATS
from coder.formats.shared.escaping.latex import in_tex
from coder.formats.tables.cells import all_notes
from coder.formats.tables.registry import CHARTED_FORMATS, TABLE_FORMATS
from coder.formats.tables.terminal import printed_text
from coder.workflows.reporting.study_report import study_report
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.tables.printed import PrintedTable

    Content = str | bytes

EXPLAINING = ("Base: ", "Percentages are weighted", "95% from", "Letters", "Test")
"""How notes begin without which numbers cannot be understood."""


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> list[PrintedTable]:
    """Make tables with weights, intervals, letters, a test, nets, and small bases."""
    study = weighted_study(tmp_path_factory.mktemp("notes") / "study", survey_rows())
    requests = (
        TableRequest(
            subjects=("Q1",),
            by="region",
            options=TableOptions(nets=True),
            intervals=True,
            letters=True,
            test=True,
            low=60,
        ),
        TableRequest(subjects=("q1",), by="region", intervals=True, letters=True, suppress=3),
    )
    tables = [table for request in requests for table in printed_tables(study, request)]
    study.close()
    return tables


def joined(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def html_text(content: Content) -> str:
    """Return what a page shows."""
    return str(html.fromstring(str(content)).text_content())


def markdown_text(content: Content) -> str:
    """Return what Markdown shows."""
    return html_text(f"<div>{MarkdownIt('commonmark').enable('table').render(str(content))}</div>")


def document_text(content: Content) -> str:
    """Return the paragraphs of a Word document."""
    assert isinstance(content, bytes)
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def workbook_text(content: Content) -> str:
    """Return the cells of a workbook's own worksheets for tables, not of that with all notes."""
    assert isinstance(content, bytes)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheets = [sheet for sheet in book.worksheets if sheet.title != "Notes"]
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)


def slides_of(content: Content) -> list[Any]:
    """Return the slides of a presentation."""
    assert isinstance(content, bytes)
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def speaker_text(content: Content) -> str:
    """Return the notes of those slides that have the shortest."""
    texts: list[str] = [slide.notes_slide.notes_text_frame.text for slide in slides_of(content)]
    return min(texts, key=len)


READERS: dict[str, Callable[[Content], str]] = {
    "json": str,
    "md": markdown_text,
    "html": html_text,
    "tex": str,
    "docx": document_text,
    "xlsx": workbook_text,
    "pptx": speaker_text,
}
WRITTEN: dict[str, Callable[[str], str]] = {
    "tex": in_tex,
    "json": lambda note: json.dumps(note, ensure_ascii=False)[1:-1],
}
"""How a note is written where the file is not read but looked through."""


def test_every_format_has_a_reader_here() -> None:
    """CSV alone has no notes, which programs would stumble over; docs/exports.md says so."""
    assert set(READERS) == set(TABLE_FORMATS) - {"csv"}
    assert set(CHARTED_FORMATS) <= set(READERS)


def test_the_tables_have_what_is_to_be_said(lettered: Sequence[PrintedTable]) -> None:
    """Notes on weights, intervals, letters and tests are among those looked for."""
    notes = [note for table in lettered for note in table.notes]
    assert all(any(note.startswith(beginning) for note in notes) for beginning in EXPLAINING)
    assert any("Low numbers" in note for note in notes)
    assert all("Shorthand" in all_notes(table)[-2] for table in lettered[:1])


@pytest.mark.parametrize("kind", READERS)
def test_each_note_is_in_the_file(kind: str, lettered: Sequence[PrintedTable]) -> None:
    """Those of the table, its shorthand, and where the numbers come from; with charts as without."""
    for table in lettered:
        writers = [formats[kind] for formats in (TABLE_FORMATS, CHARTED_FORMATS) if kind in formats]
        for write in writers:
            text = joined(READERS[kind](write([table])))
            # JSON has the provenance as fields, and marks instead of shorthand.
            for note in table.notes if kind == "json" else all_notes(table):
                sought = WRITTEN.get(kind, str)(note)
                assert joined(sought) in text, (kind, note)


def test_each_note_is_on_a_terminal_and_a_picture(lettered: Sequence[PrintedTable]) -> None:
    """There lines are broken, so that only the words are compared."""
    for table in lettered:
        content = CHART_FORMATS["svg"](table)
        assert isinstance(content, bytes)
        drawn = etree.fromstring(content).itertext("{http://www.w3.org/2000/svg}text")
        for text in (printed_text([table], 100), " ".join(drawn)):
            for note in all_notes(table):
                assert "".join(note.split()) in "".join(text.split()), note


def test_a_slide_itself_explains_its_numbers(lettered: Sequence[PrintedTable]) -> None:
    """What numbers are of, weights, intervals, letters and tests stand on each slide, that of a chart too."""
    for table in lettered:
        explaining = [note for note in table.notes if note.startswith(EXPLAINING)]
        assert len(explaining) >= 4
        for slide in slides_of(CHARTED_FORMATS["pptx"]([table])):
            texts = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            assert [note for note in explaining if note not in texts] == []


def test_a_report_has_them_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    """In the document and on the page."""
    study = weighted_study(tmp_path_factory.mktemp("report") / "study", survey_rows())
    report = study_report(study, ReportRequest(date=dt.date(2026, 11, 22), intervals=True))
    study.close()
    tables = [shown.table for chapter in report.chapters for shown in chapter.tables]
    readers = {"docx": document_text, "html": html_text}
    assert set(readers) == set(REPORT_FORMATS)
    for kind, read in readers.items():
        text = joined(read(REPORT_FORMATS[kind](report)))
        for table in tables:
            assert [note for note in all_notes(table) if joined(note) not in text] == []
