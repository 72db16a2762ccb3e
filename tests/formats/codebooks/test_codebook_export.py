"""Codebooks in every format: nothing is lost on the way out and back in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from tidy_codebooks import tidy_codebooks

from coder.domain.codebook import Codebook, Theme
from coder.errors import CoderError
from coder.formats.codebooks.reading import import_codebook, read_codebook
from coder.formats.codebooks.writing import KINDS, CodebookKind, codebook_as
from coder.formats.shared.files_out import replace_file

SAMPLE = Path(__file__).parents[3] / "codebooks" / "pch-2023.yaml"
DATE = dt.date(2026, 11, 3)
READABLE = [kind for kind in KINDS if kind != "docx"]
BOOK = Codebook(
    (
        Theme("people", "People", "Who does the work.", codable=False),
        Theme(
            "pay",
            "=Pay",
            "What staff earn.\n\nAlso pensions.",
            "Agency rates.",
            "Budgets: see Money.",
            ("Pay is too low.", "They left\nfor the NHS."),
            ("pay", "wage; salary"),
            "people",
            ("Q15", "Q16"),
        ),
        Theme("old", "Old ways", status="retired"),
    ),
    "Staff survey",
    "SYNTHETIC: nobody wrote this.",
)


def back(kind: CodebookKind, codebook: Codebook) -> Codebook:
    """Write a codebook, read it again; nothing is to be remarked but texts that look garbled, as some do."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"book.{kind}"
        replace_file(path, codebook_as(kind, codebook, date=DATE))
        found = import_codebook(path)
    assert all("were garbled before" in remark for remark in found.remarks)
    return found.codebook


@pytest.mark.parametrize("kind", READABLE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(codebook=tidy_codebooks())
def test_what_is_written_reads_back_equal(kind: CodebookKind, codebook: Codebook) -> None:
    """Any codebook survives every format: ids, order, nets, texts, status and guids."""
    assert back(kind, codebook) == codebook


@pytest.mark.parametrize("kind", READABLE)
def test_the_sample_reads_back_equal(kind: CodebookKind) -> None:
    """The codebook behind the published tables survives every format."""
    codebook = read_codebook(SAMPLE)
    assert back(kind, codebook) == codebook


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_an_archive_does_not_tell_when_it_was_written(kind: CodebookKind) -> None:
    """Nothing in a workbook or document is of another date than the one given."""
    content = codebook_as(kind, BOOK, date=DATE)
    assert isinstance(content, bytes)
    assert codebook_as(kind, BOOK, date=DATE) == content
    with ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r">(\d{4}-\d\d-\d\d)T", core)) == {"2026-11-03"}


def test_a_csv_has_a_row_a_theme() -> None:
    """The columns are named, parents are ids, lists are parted by semicolons or lines."""
    text = codebook_as("csv", BOOK)
    assert isinstance(text, str)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == ["people", "pay", "old"]
    assert rows[1]["theme"] == "=Pay"
    assert rows[1]["parent"] == "people"
    assert rows[1]["questions"] == "Q15; Q16"
    assert rows[1]["keywords"] == "pay; wage\\; salary"
    assert rows[1]["examples"] == "Pay is too low.\nThey left\\\nfor the NHS."
    assert [row["codable"] for row in rows] == ["no", "yes", "yes"]
    assert [row["status"] for row in rows] == ["active", "active", "retired"]
    assert [row["codebook_note"] for row in rows] == ["SYNTHETIC: nobody wrote this.", "", ""]


def test_a_workbook_holds_text_alone(tmp_path: Path) -> None:
    """What looks like a formula is text, and stays so when the cell is edited."""
    import openpyxl

    path = tmp_path / "book.xlsx"
    replace_file(path, codebook_as("xlsx", BOOK, date=DATE))
    sheet = openpyxl.load_workbook(path)["Themes"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells if cell.value == "=Pay"] == [True]


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    """A workbook would cut it; the message names theme and column."""
    codebook = Codebook((Theme("a", "A", "x" * 40_000),))
    with pytest.raises(CoderError, match="a: 'definition' has 40,000 characters"):
        codebook_as("xlsx", codebook)


def test_control_characters_are_left_out_where_xml_cannot_hold_them() -> None:
    """A workbook and REFI-QDA lose them, nothing else."""
    codebook = Codebook((Theme("a", "A\x01B", "c\x0cd"),))
    for kind in ("xlsx", "qdc"):
        assert back(kind, codebook) == Codebook((Theme("a", "AB", "cd"),))
    assert codebook_as("docx", codebook)


def test_a_document_has_headings_and_paragraphs() -> None:
    """Title, note, provenance; each theme a heading below its net with all that describes it."""
    import docx

    content = codebook_as("docx", BOOK, provenance="Version 3 of the codebook.", date=DATE)
    assert isinstance(content, bytes)
    document = docx.Document(io.BytesIO(content))
    assert [(each.style.name if each.style else "", each.text) for each in document.paragraphs] == [
        ("Title", "Staff survey"),
        ("Normal", "SYNTHETIC: nobody wrote this."),
        ("Normal", "Version 3 of the codebook."),
        ("Heading 1", "People"),
        ("Normal", "Who does the work."),
        ("Heading 2", "=Pay"),
        ("Normal", "What staff earn."),
        ("Normal", "Also pensions."),
        ("Normal", "Include: Agency rates."),
        ("Normal", "Exclude: Budgets: see Money."),
        ("Normal", "Examples:"),
        ("List Bullet", "Pay is too low."),
        ("List Bullet", "They left\nfor the NHS."),
        ("Normal", "Asked in: Q15, Q16"),
        ("Heading 1", "Old ways (retired)"),
    ]
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Staff survey", "")
    assert properties.created == properties.modified == dt.datetime.combine(DATE, dt.time(), dt.UTC)


def test_deep_nets_stay_within_the_headings_there_are() -> None:
    """Below the last level of headings a theme still has its parent, and a document still has a heading."""
    themes = [Theme("t0", "T0")] + [Theme(f"t{n}", f"T{n}", parent=f"t{n - 1}") for n in range(1, 13)]
    codebook = Codebook(tuple(themes))
    assert back("md", codebook) == codebook
    assert back("qdc", codebook) == codebook
    assert codebook_as("docx", codebook)
