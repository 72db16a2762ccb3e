"""Cells of OpenDocument sheets come in as a person sees them; what is lost, hidden or merged is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile_files import archive

from coder.domain.surveys.import_choices import ImportChoices
from coder.errors import CoderError
from coder.formats.surveys.reading import read_rows, understand

if TYPE_CHECKING:
    from pathlib import Path

_URN = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    [*(f'xmlns:{name}="{_URN}:{name}:1.0"' for name in ("office", "table", "text")),
     'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
     'xmlns:dc="http://purl.org/dc/elements/1.1/"', 'xmlns:xlink="http://www.w3.org/1999/xlink"']
)  # fmt: skip


def text(content: str) -> str:
    """Return a cell with a text; `content` is its XML."""
    return f'<table:table-cell office:value-type="string"><text:p>{content}</text:p></table:table-cell>'


def row(*cells: str, attributes: str = "") -> str:
    """Return a row of cells."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def write(folder: Path, rows: str, before: str = "", *, with_kind: bool = True) -> Path:
    """Write an OpenDocument sheet with id, region and q1 above its rows, and empty cells to its end below."""
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    end = row(empty, attributes='table:number-rows-repeated="1048000"')
    header = row(text("id"), text("region"), text("q1"))
    content = (
        f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="Notes">{row(text("nothing"))}</table:table>'
        f'<table:table table:name="Data">{before}{header}{rows}{end}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{_URN}:manifest:1.0"/>'
    path = folder / "survey.ods"
    members = {"META-INF/manifest.xml": manifest, "content.xml": content}
    path.write_bytes(archive({"mimetype": kind, **members} if with_kind else members))
    return path


def test_a_spreadsheet_without_the_member_that_names_its_kind_is_read(tmp_path: Path) -> None:
    """Older programs leave `mimetype` out; LibreOffice opens such files, too."""
    path = write(tmp_path, row(text("R1"), text("north"), text("more time")), with_kind=False)
    assert read_rows(path).rows == [["R1", "north", "more time"]]


def test_a_text_may_have_the_attribute_of_a_number(tmp_path: Path) -> None:
    """Google wrote addresses of pages so; LibreOffice opens such files, too."""
    page = text("example.org").replace('"string"', '"string" office:value="example.org"')
    assert 'office:value="example.org"' in page
    assert read_rows(write(tmp_path, row(text("R1"), page, text("more time")))).rows == [
        ["R1", "example.org", "more time"]
    ]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ('two<text:s/><text:s text:c="2"/>gaps and<text:tab/>a tab<text:line-break/>then a line',
         "two   gaps and\ta tab\nthen a line"),
        ("first paragraph</text:p><text:p>second", "first paragraph\nsecond"),
        ("</text:p><text:p>after an empty paragraph", "\nafter an empty paragraph"),
        ('see <text:a xlink:href="http://e.org/">our link</text:a> and <text:span>styled</text:span> words',
         "see our link and styled words"),
        ("</text:p><office:annotation><text:p>CHECK</text:p></office:annotation><text:p>noted", "\nnoted"),
        ("<text:span>  spaces  kept </text:span>", "  spaces  kept "),
    ],
)  # fmt: skip
def test_texts_are_kept_whole(tmp_path: Path, content: str, shown: str) -> None:
    """Tabs, line breaks, spaces and paragraphs stay; comments are no part of an answer."""
    path = write(
        tmp_path, row(text("A1"), text("N"), text(content)) + row(text("A2"), text("N"), text("plain"))
    )
    assert read_rows(path).rows == [["A1", "N", shown], ["A2", "N", "plain"]]


@pytest.mark.parametrize(
    ("attributes", "displayed", "shown"),
    [
        ('office:value-type="float" office:value="1"', "0001", "0001"),
        ('office:value-type="float" office:value="3.14159"', "3.14", "3.14159"),
        ('office:value-type="float" office:value="1234567"', "1,234,567", "1234567"),
        ('office:value-type="float" office:value="12345678901"', "1.23E+10", "12345678901"),
        ('office:value-type="float" office:value="1234567890123456789"', "1.23E+18", "1234567890123456789"),
        ('office:value-type="float" office:value="2079460958"', "020-7946-0958", "020-7946-0958"),
        ('office:value-type="float" office:value="-5"', "-5", "-5"),
        ('office:value-type="percentage" office:value="0.25"', "25 %", "25 %"),
        ('office:value-type="currency" office:value="9.5" office:currency="GBP"', "£9.50", "9.5"),
        ('office:value-type="date" office:date-value="2023-09-04"', "04.09.23", "2023-09-04"),
        ('office:value-type="date" office:date-value="2023-09-04T10:30:00.5"', "x", "2023-09-04 10:30:00"),
        ('office:value-type="date" office:date-value="2023-09-04T00:00:00"', "x", "2023-09-04"),
        ('office:value-type="date" office:date-value="2023-09-01"', "Sep 2023", "Sep 2023"),
        ('office:value-type="date" office:date-value="2023-09-01"', "09/2023", "09/2023"),
        ('office:value-type="date" office:date-value="2023-09-01"', "04.09.", "2023-09-01"),
        ('office:value-type="time" office:time-value="PT10H30M00S"', "10:30", "10:30:00"),
        ('office:value-type="boolean" office:boolean-value="true"', "WAHR", "TRUE"),
    ],
)
def test_values_come_in_as_shown(tmp_path: Path, attributes: str, displayed: str, shown: str) -> None:
    """Zeros, percent signs and signs between digits are kept, dates are ISO, rounding changes nothing."""
    cell = f"<table:table-cell {attributes}><text:p>{displayed}</text:p></table:table-cell>"
    path = write(tmp_path, row(text("A1"), cell, text("Long waits")) + row(text("A2"), cell, text("No beds")))
    assert {cells[1] for cells in read_rows(path).rows} == {shown}


def test_errors_and_formulas_without_a_value_are_told(tmp_path: Path) -> None:
    """What a formula has lost is in doubt, with its cell and the formula."""
    error = (
        '<table:table-cell table:formula="of:=-long" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#NAME?</text:p></table:table-cell>'
    )
    waiting = '<table:table-cell table:formula="of:=[.A2]"/>'
    rows = "".join(
        row(text(f"A{n}"), text("NS"[n % 2]), text(f"Answer number {n} is long")) for n in range(6)
    )
    path = write(tmp_path, row(text("B1"), text("N"), error) + row(text("B2"), text("N"), waiting) + rows)
    raw = read_rows(path)
    assert [cells[2] for cells in raw.rows][:2] == ["#NAME?", "=[.A2]"]
    doubts = [(doubt.message.partition(":")[0], doubt.examples) for doubt in understand(raw).doubts]
    assert doubts == [
        ("1 answer of q1 is an error of a formula (#NAME? in C2)", ("C2: =-long",)),
        ("1 answer of q1 is a formula that was never calculated (C3)", ("C3: =[.A2]",)),
    ]


def test_merged_hidden_and_repeated_rows(tmp_path: Path) -> None:
    """Cells merged downwards are filled, hidden rows are in doubt, repeated rows are all there."""
    merged = text("North").replace(" office", ' table:number-rows-spanned="2" office', 1)
    rows = (
        row(text("A1"), merged, text("Long waits and few beds"))
        + row(text("A2"), "<table:covered-table-cell/>", text("No money for the staff"))
        + row(text("A3"), text("South"), text("Buses are late"), attributes='table:visibility="filter"')
        + row(text("A4"), text("South"), text("same"), attributes='table:number-rows-repeated="2"')
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    path = write(tmp_path, rows, columns)
    raw = read_rows(path)
    assert [cells[:2] for cells in raw.rows] == [
        ["A1", "North"], ["A2", "North"], ["A3", "South"], ["A4", "South"], ["A4", "South"],
    ]  # fmt: skip
    assert "column B: 1 merged cell given the text above" in raw.notes
    assert "hidden, and read like the others: 1 column (B)" in raw.notes
    assert [doubt.message.partition(" in the")[0] for doubt in raw.doubts] == [
        "1 row of 5 is hidden by a filter"
    ]
    assert len(read_rows(path, ImportChoices(hidden_rows="drop")).rows) == 4


def test_a_row_repeated_too_often_is_refused(tmp_path: Path) -> None:
    """A file that says a row stands there a hundred million times does not fill the memory."""
    path = write(
        tmp_path, row(text("A1"), text("N"), text("x"), attributes='table:number-rows-repeated="99999999"')
    )
    with pytest.raises(CoderError):
        read_rows(path)
