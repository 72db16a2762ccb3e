"""Printed tables as files, each read back by another library than wrote it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import docx
import openpyxl
import pandas as pd
import pptx
import pytest
from hypothesis import given, settings
from printed_tables import ODD_LABELS, SYNTHETIC, any_table, region_table, theme_table

from coder.domain.tables.printed import Cell, PrintedTable
from coder.domain.tables.tidy_rows import cell_value
from coder.errors import CoderError
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.file_contents import file_content
from coder.formats.shared.files_out import replace_file
from coder.formats.tables.cells import cell_text, flat_headings
from coder.formats.tables.registry import TABLE_FORMATS
from coder.formats.tables.workbook import sheet_names

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

TABLES = (theme_table(), region_table())


def text_of(kind: str, *tables: PrintedTable, excel: bool = False) -> str:
    """Return tables in a format that is text."""
    content = file_content(TABLE_FORMATS, kind, tables, excel=excel)
    assert isinstance(content, str)
    return content


def bytes_of(kind: str, *tables: PrintedTable) -> io.BytesIO:
    """Return tables in a format that is no text, as an open file."""
    content = file_content(TABLE_FORMATS, kind, tables)
    assert isinstance(content, bytes)
    return io.BytesIO(content)


def csv_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def shown(table: PrintedTable) -> list[list[str]]:
    """Return what the rows of a table show, labels first."""
    return [
        [row.label, *(cell_text(c, cell) for c, cell in zip(table.columns, row.cells, strict=True))]
        for row in table.rows
    ]


def workbook_of(*tables: PrintedTable) -> Workbook:
    """Return tables as openpyxl reads the workbook."""
    return openpyxl.load_workbook(bytes_of("xlsx", *tables))


def slide_text(*tables: PrintedTable) -> str:
    """Return all that stands on the slides of tables: titles, cells, feet."""
    slides = pptx.Presentation(bytes_of("pptx", *tables)).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    grids = [shape.table for shape in shapes if shape.has_table]
    return "\n".join([*texts, *(cell.text for grid in grids for cell in grid.iter_cells())])


class Page(HTMLParser):
    """Collects the cells of a page's tables, row by row, and the tags that opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; begin a row or a cell."""
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append("")
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Add to the cell."""
        if self._inside:
            self.rows[-1][-1] += data


@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_the_same_tables_give_the_same_bytes(kind: str) -> None:
    """Nothing in a file depends on when or how often it is made."""
    assert file_content(TABLE_FORMATS, kind, TABLES) == file_content(TABLE_FORMATS, kind, TABLES)


@pytest.mark.parametrize("kind", sorted(set(TABLE_FORMATS) - {"csv"}))
def test_every_document_has_notes_and_source(kind: str) -> None:
    """Whatever is no bare data carries each table's notes, shorthand and provenance."""
    if kind == "docx":
        text = "\n".join(p.text for p in docx.Document(bytes_of(kind, *TABLES)).paragraphs)
    elif kind == "pptx":
        text = slide_text(*TABLES)
    elif kind == "xlsx":
        cells = (
            c for sheet in workbook_of(*TABLES) for row in sheet.iter_rows(values_only=True) for c in row
        )
        text = "\n".join(map(str, cells))
    else:
        text = text_of(kind, *TABLES)
    assert text.count(SYNTHETIC) >= len(TABLES)
    assert re.search(r"1,234 codings counted|\"codings\": 1234", text)
    assert kind == "json" or "kept back, so that nobody can be recognised" in text


@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_a_suppressed_number_is_nowhere(kind: str) -> None:
    """A cell that is kept back leaves no trace of its number, even if the table still holds it."""
    table = region_table(("Pay",), ("North",))
    row = table.rows[0]
    secret = replace(row, cells=(Cell(98765.4, "suppressed"), *row.cells[1:]))
    table = replace(table, rows=(secret,))
    if kind == "docx":
        text = docx.Document(bytes_of(kind, table)).element.xml
    elif kind == "pptx":
        text = slide_text(table)
    elif kind == "xlsx":
        text = str([list(sheet.iter_rows(values_only=True)) for sheet in workbook_of(table)])
    else:
        text = text_of(kind, table)
    assert "98765" not in text.replace(",", "")
    assert kind in {"csv", "json"} or re.search(r"\[c\]|\{\[\}c", text.replace("\\[", "["))


def test_csv_keeps_the_columns_that_scripts_read() -> None:
    """The columns of today's frequency tables stand first, in their order, with the same content."""
    rows = csv_rows(text_of("csv", *TABLES))
    expected = (
        "table question theme count percent base respondents mentions kind theme_id group mark Rank source"
    )
    assert list(rows[0]) == expected.split()
    assert list(rows[0].values()) == [
        "21", "Q16", ODD_LABELS[0], "10", "16.7", "60", "10", "15", "net", "t0", "", "", "1",
        str(TABLES[0].provenance),
    ]  # fmt: skip


def test_csv_has_a_row_for_each_group() -> None:
    """A table by attribute has one row a theme and value, with that value's base and mark."""
    rows = csv_rows(text_of("csv", region_table()))
    found = [(row["theme"], row["group"], row["count"], row["base"], row["mark"]) for row in rows]
    assert found[:5] == [
        ("Pay", "North", "0", "30", "low"),
        ("Pay", "South", "3", "31", ""),
        ("Pay", "Total", "5", "32", ""),
        ("Beds", "North", "14", "30", ""),
        ("Beds", "South", "", "31", "suppressed"),
    ]


def test_csv_for_excel_is_marked_and_inert() -> None:
    """With the option a byte order mark stands first and no text can be taken for a formula."""
    text = text_of("csv", theme_table(), excel=True)
    assert text.encode()[:3] == b"\xef\xbb\xbf"
    themes = [row["theme"] for row in csv_rows(text.removeprefix("\ufeff"))]
    assert themes[1:5] == ["'=1+1", "+44", "'-", "'@home"]
    assert themes[0] == ODD_LABELS[0]


def test_json_has_every_number() -> None:
    """JSON keeps today's keys and adds the columns, the values and their marks."""
    themes, regions = json.loads(text_of("json", *TABLES))
    assert themes["base"] == {"kind": "answered", "size": 60, "asked": 71, "answered": 60}
    assert (themes["counts"], themes["question"], themes["title"]) == (
        "respondents",
        "Q16",
        "Challenges | 2023",
    )
    row = themes["rows"][1]
    assert (row["theme"], row["count"], row["percent"], row["level"]) == ("=1+1", 9, 15.0, 1)
    assert regions["rows"][1]["values"][1:4] == [15.1, None, None]
    assert regions["rows"][1]["marks"][1:4] == ["", "suppressed", "suppressed"]
    assert [column["group"] for column in regions["columns"]][:3] == ["North", "North", "South"]


def test_a_page_reads_back_with_headers_for_every_cell() -> None:
    """The page has a caption, headers with their scope, and the cells as they are printed."""
    page = Page(text_of("html", *TABLES))
    assert page.rows[1 : 1 + len(ODD_LABELS)] == shown(TABLES[0])
    tags = [tag for tag, _ in page.tags]
    assert (tags.count("table"), tags.count("caption")) == (2, 2)
    assert all(attributes.get("scope") for tag, attributes in page.tags if tag == "th")
    assert sum(attributes.get("scope") == "row" for _, attributes in page.tags) == len(ODD_LABELS) + 3


def test_pandas_reads_the_groups_of_a_page() -> None:
    """A group's heading spans its columns and a column in no group reaches through both rows."""
    frame = pd.read_html(io.StringIO(text_of("html", region_table())))[0]
    heads = [" / ".join(head) for head in frame.columns]
    assert heads[:3] == ["Theme / Theme", "North (n = 30) / Councils", "North (n = 30) / %"]
    assert frame.iloc[1].tolist() == ["Beds", "14", "15.1", "[c]", "[c]", 19, 20.6]


def test_word_tables_are_real_tables() -> None:
    """Captions, repeated header rows, a description, numbers to the right, labels and cells as printed."""
    document = docx.Document(bytes_of("docx", *TABLES))
    captions = [p for p in document.paragraphs if p.style is not None and p.style.name == "Caption"]
    assert [" SEQ Table \\* ARABIC \\r 21 " in caption._p.xml for caption in captions] == [True, False]
    assert captions[1].text == "Table 21b. Challenges by region"
    first, second = document.tables
    assert [[cell.text for cell in row.cells] for row in first.rows][1:] == shown(TABLES[0])
    assert [[cell.text for cell in row.cells] for row in second.rows][2:] == shown(TABLES[1])
    north = "North (n\u00a0=\u00a030)"
    assert [cell.text for cell in second.rows[0].cells][:3] == ["Theme", north, north]
    assert second._tbl.xml.count("<w:tblHeader") == 2
    assert 'w:tblDescription w:val="Table 21b. Challenges by region. 3 rows by Theme' in second._tbl.xml
    assert [cell.paragraphs[0].alignment for cell in first.rows[1].cells] == [None, 2, 2, 2]
    assert document.core_properties.created is not None
    assert document.core_properties.created.isoformat()[:19] == "2026-11-21T21:04:05"


def test_a_wide_word_table_lies_on_its_side() -> None:
    """With many columns the page is broader than high."""
    wide = region_table(regions=tuple(f"Region {place}" for place in range(9)))
    section = docx.Document(bytes_of("docx", wide)).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height


def test_a_workbook_has_cover_contents_notes_and_a_sheet_for_each_table() -> None:
    """One table a worksheet, each marked as one; contents that link; notes numbered through the workbook."""
    book = workbook_of(*TABLES)
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Table 21", "Table 21b"]
    assert [len(sheet.tables) for sheet in book] == [0, 1, 1, 1, 1]
    assert book["Cover"]["A2"].value == SYNTHETIC
    link = book["Contents"]["A5"].hyperlink
    assert link is not None
    assert link.location == "'Table 21b'!A1"
    assert book["Notes"]["A6"].value == "[note 3]"
    assert book["Table 21b"]["A4"].value == "[note 3] Base: councils that answered Q16."
    assert all(not sheet.merged_cells.ranges for sheet in book)


def test_a_workbook_holds_numbers_and_inert_labels() -> None:
    """Numbers are numbers, a low one shows its mark all the same, and no label became a formula or a link."""
    for table, sheet in zip(TABLES, workbook_of(*TABLES).worksheets[3:], strict=True):
        rows = list(sheet.iter_rows())[-len(table.rows) :]
        assert [row[0].value for row in rows] == [row.label for row in table.rows]
        assert {row[0].data_type for row in rows} == {"s"}
        for row, cells in zip(table.rows, rows, strict=True):
            for column, cell, found in zip(table.columns, row.cells, cells[1:], strict=True):
                value = cell_value(column, cell)
                assert found.value == (cell_text(column, cell) if value is None else value)
                assert ("[u]" in found.number_format) == (cell.mark == "low")


def test_pandas_reads_a_worksheet() -> None:
    """The rows below the headings are a frame of numbers."""
    frame = pd.read_excel(bytes_of("xlsx", theme_table()), sheet_name="Table 21", header=5, engine="calamine")
    assert list(frame.columns) == ["Theme", "Councils", "% (n = 60)", "Rank"]
    assert frame["Councils"].sum() == 55


def test_worksheet_names_are_valid_and_unique() -> None:
    """Names obey Excel's rules and differ whatever the case."""
    table = theme_table()
    long = "Q16 [x]:*?/\\ by a very long attribute's name"
    wanted = (("21", ""), ("21", ""), ("", "notes"), ("", long), ("", ""))
    tables = [replace(table, number=number, key=key) for number, key in wanted]
    names = sheet_names(tables)
    assert names == ["Table 21", "Table 21 2", "notes 2", "Q16 -x------ by a very long att", "Table 5"]


def test_latex_has_as_many_cells_as_columns() -> None:
    """Every row parts its cells by as many unescaped ampersands; environments and groups close."""
    text = text_of("tex", theme_table())
    rows = [line for line in text.splitlines() if line.endswith("\\\\") and "caption" not in line]
    assert {len(re.findall(r"(?<!\\)&", line)) for line in rows} == {3}
    assert text.count("\\begin{longtable}") == text.count("\\end{longtable}") == 1
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert (
        "50\\% of a\\_b \\{c\\} \\textasciitilde{} \\textasciicircum{} \\textbackslash{} \\# \\$x\\$" in text
    )
    assert "\\renewcommand{\\thetable}{21}" in text


def test_markdown_shows_labels_as_they_are() -> None:
    """Signs that Markdown reads are escaped, and each row has all its cells."""
    lines = text_of("md", theme_table()).splitlines()
    assert "| \\[a](b) \\| c \\* d \\`e\\` | 4 | 6.7 | 7 |" in lines
    assert "| &emsp;=1+1 | 9 | 15.0 | 2 |" in lines


@given(any_table())
@settings(max_examples=40, deadline=None)
def test_any_table_reads_back_the_same(table: PrintedTable) -> None:
    """Whatever labels, marks and groups a table has, every file shows the same labels and numbers."""
    wanted = [[plain(label), *texts] for label, *texts in shown(table)]
    grid = docx.Document(bytes_of("docx", table)).tables[0]
    assert [[cell.text for cell in row.cells] for row in grid.rows][
        -len(wanted) or len(grid.rows) :
    ] == wanted
    heads = 2 if any(column.group for column in table.columns) else 1
    assert Page(text_of("html", table)).rows[heads:] == shown(table)
    sheet = workbook_of(table).worksheets[3]
    found = list(sheet.iter_rows(values_only=True))[-len(wanted) or sheet.max_row :]
    assert [[str(row[0] or "")] for row in found] == [[row.label] for row in table.rows]
    themes = [row["theme"] for row in csv_rows(text_of("csv", table))]
    groups = len({column.group for column in table.columns})
    assert themes == [row.label for row in table.rows for _ in range(groups)]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A table goes to a file; where none can be written the error says so."""
    document = file_content(TABLE_FORMATS, "docx", TABLES)
    replace_file(tmp_path / "t.docx", document)
    assert (tmp_path / "t.docx").read_bytes() == document
    with pytest.raises(CoderError, match="cannot be written"):
        replace_file(tmp_path / "none" / "t.csv", document)
    assert [path.name for path in tmp_path.iterdir()] == ["t.docx"]


def test_headings_name_the_base_once() -> None:
    """A base stands with its group, or with its column; not where a row of bases says it."""
    assert flat_headings(theme_table()) == ["Councils", "% (n = 60)", "Rank"]
    table = region_table()
    rows = (replace(table.rows[0], kind="base"),)
    assert flat_headings(replace(table, rows=rows))[:2] == ["North: Councils", "North: %"]
