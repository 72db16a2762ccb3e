"""How tables lie on pages: all columns once, within the margins, no word broken; LaTeX agrees."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from hypothesis import given, settings
from printed_tables import any_table, region_table, theme_table

from coder.formats.shared.file_contents import file_content
from coder.formats.shared.type_widths import width_in_type
from coder.formats.tables.cells import heading_groups
from coder.formats.tables.page_plans import Paper, page_plan
from coder.formats.tables.registry import TABLE_FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from coder.domain.tables.printed import PrintedTable

PAPER = Paper(upright=480.0, on_side=720.0, sizes=(9.5, 8.0), padding=10.8, indent=12.0)
COUNCILS = ("Metropolitan district", "Unitary", "London borough", "County", "Yorkshire and Humber")
REGIONS = tuple(f"{name} {place}" for place in range(1, 5) for name in COUNCILS)
WIDE = region_table(regions=REGIONS)


def bytes_of(kind: str, *tables: PrintedTable) -> bytes:
    """Return tables as a file."""
    content = file_content(TABLE_FORMATS, kind, tables)
    assert isinstance(content, bytes)
    return content


@given(any_table())
@settings(max_examples=80, deadline=None)
def test_every_column_is_once_on_the_pages_and_within_their_margins(table: PrintedTable) -> None:
    """Pieces hold all columns in their order, and none is wider than its page."""
    plan = page_plan(table, PAPER)
    assert [column for piece in plan.pieces for column in piece.columns] == list(range(len(table.columns)))
    width = PAPER.on_side if plan.on_side else PAPER.upright
    for piece in plan.pieces:
        together = piece.label_width + sum(piece.widths)
        assert len(piece.columns) == 1 or together <= width + 0.01
        assert min(piece.label_width, *piece.widths, 1) > 0


@pytest.mark.parametrize("table", [theme_table(), region_table(), WIDE], ids=["themes", "regions", "wide"])
def test_no_word_of_a_heading_is_wider_than_its_column(table: PrintedTable) -> None:
    """What was once `Co/un/cil/s` has the room that its words need."""
    plan = page_plan(table, PAPER)
    heads = [head for group in heading_groups(table) for head in group.columns]
    for piece in plan.pieces:
        for column, width in zip(piece.columns, piece.widths, strict=True):
            words = heads[column].split()
            assert max(width_in_type(word, plan.size, bold=True) for word in words) <= width - PAPER.padding


def test_pages_turn_before_type_shrinks_too_far_and_columns_are_divided_last() -> None:
    """A narrow table is upright, a broad one on its side, a very broad one in pieces of whole groups."""
    assert page_plan(theme_table(), PAPER)._replace(pieces=()) == (False, 9.5, ())
    plan = page_plan(WIDE, PAPER)
    assert (plan.on_side, plan.size) == (True, 8.0)
    assert len(plan.pieces) > 1
    assert all(len(piece.columns) % 2 == 0 for piece in plan.pieces)


def test_a_divided_word_table_has_all_labels_in_each_piece() -> None:
    """Captions count the pieces; each repeats stub and labels; columns are those of the table."""
    document = docx.Document(io.BytesIO(bytes_of("docx", WIDE)))
    captions = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Caption"]
    pieces = len(document.tables)
    assert pieces > 1
    assert [caption.rpartition(" (")[2] for caption in captions] == [
        f"part {number} of {pieces})" for number in range(1, pieces + 1)
    ]
    for table in document.tables:
        assert [row.cells[0].text for row in table.rows][2:] == [row.label for row in WIDE.rows]
    assert sum(len(table.columns) - 1 for table in document.tables) == len(WIDE.columns)


def test_word_documents_are_a4_in_the_language_of_the_study() -> None:
    """Paper, margins and the language that spelling is checked in."""
    document = docx.Document(io.BytesIO(bytes_of("docx", theme_table())))
    section = document.sections[0]
    assert section.page_width == pytest.approx(Mm(210), rel=0.001)
    assert section.page_height == pytest.approx(Mm(297), rel=0.001)
    languages = {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_worksheets_print_on_one_page_across_and_heads_keep_their_format() -> None:
    """Heads are bold and broken into lines although the cells are marked as a table."""
    book = openpyxl.load_workbook(io.BytesIO(bytes_of("xlsx", theme_table(), WIDE)))
    for sheet in book.worksheets:
        # One page across is what a sheet that is fitted has unless it says more.
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert sheet.page_setup.paperSize == 9
        for table in sheet.tables.values():
            heads = sheet[
                table.ref.replace(re.findall(r"\d+", table.ref)[-1], re.findall(r"\d+", table.ref)[0])
            ]
            assert all(cell.font.bold and cell.alignment.wrap_text for cell in heads[0])
    assert [name for sheet in book.worksheets[3:] for name in sheet.tables] == ["Table_21", "Table_21b"]
    assert book.worksheets[4].page_setup.orientation == "landscape"


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="TeX is not installed")
def test_latex_stays_within_its_margins(tmp_path: Path) -> None:
    """Compiled, tables of every width have no line that is too long, and no error."""
    long_words = (
        "W" * 60,
        f"as said at http://example.org/{'x' * 80}",
        "50% of a_b {c} ~ ^ \\ # $x$ [d] <f>",
    )
    latin = ("Pay", "Beds", "C’est l’été")  # what the fonts of pdfLaTeX have
    tables = [region_table(latin), region_table(latin, REGIONS), theme_table(long_words)]
    (tmp_path / "tables.tex").write_text(str(file_content(TABLE_FORMATS, "tex", tables)), "utf-8")
    (tmp_path / "whole.tex").write_text(
        "\\documentclass[a4paper]{article}\\usepackage[T1]{fontenc}\n"
        "\\usepackage{array,booktabs,caption,longtable,pdflscape}\n"
        "\\begin{document}\\input{tables.tex}\\end{document}\n",
        "utf-8",
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "whole.tex"]
    for _ in range(2):
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
        assert run.returncode == 0, run.stdout[-2000:]
    log = (tmp_path / "whole.log").read_text("latin-1")
    assert not re.findall(r"Overfull \\hbox \([\d.]+pt too wide\)[^\n]*", log)
