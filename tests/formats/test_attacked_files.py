"""Files of tables whose every text is an attack: whole, no formula, no script, no element too many."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest
from attacks import ATTACKS, CONTROLS
from lxml import etree, html
from markdown_it import MarkdownIt
from printed_tables import PROVENANCE, region_table, theme_table

from coder.formats.charts.drawing import picture
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.file_contents import file_content
from coder.formats.tables.registry import CHARTED_FORMATS, TABLE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.tables.printed import PrintedTable


def attacked(table: PrintedTable, attack: str) -> PrintedTable:
    """Return a table in whose other texts an attack stands."""
    columns = tuple(replace(column, name=f"{attack}{place}") for place, column in enumerate(table.columns))
    return replace(
        table,
        title=attack,
        number=attack[:1],
        key=attack,
        stub=attack,
        columns=columns,
        notes=(attack, f"Base: {attack}"),
        provenance=replace(PROVENANCE, study=attack),
    )


LABELS = tuple(text for text in ATTACKS if text.strip())
TABLES = [
    *(attacked(theme_table((attack,)), attack) for attack in LABELS),
    region_table(LABELS, LABELS[:4]),
    region_table(("Pay",), (*(text for text in LABELS if text.startswith("=")), f"x{CONTROLS}")),
    theme_table(LABELS),
]


def archives_in(content: bytes) -> Iterator[ZipFile]:
    """Yield an archive, and each archive in it."""
    archive = ZipFile(io.BytesIO(content))
    yield archive
    for name in archive.namelist():
        if archive.read(name)[:2] == b"PK":
            yield from archives_in(archive.read(name))


@pytest.mark.parametrize("kind", ["xlsx", "pptx", "docx"])
def test_archives_are_whole_and_hold_no_formula(kind: str) -> None:
    """Every part of them, and of the workbooks behind charts, is XML; no cell is a formula or a link out."""
    for table in TABLES:
        content = {**TABLE_FORMATS, **CHARTED_FORMATS}[kind]([table])
        assert isinstance(content, bytes)
        for archive in archives_in(content):
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    root = etree.fromstring(archive.read(name))
                    assert not [e for e in root.iter() if e.get("TargetMode") == "External"]
            if "xl/workbook.xml" in archive.namelist():
                assert archive.fp is not None
                refuse_formulas(openpyxl.load_workbook(archive.fp))


def refuse_formulas(workbook: Any) -> None:
    """Raise AssertionError if a cell is a formula."""
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value


def test_names_of_bars_refer_to_no_cell() -> None:
    """A group called =1+1, or like a cell, is a name in Excel's own chart and nothing else."""
    content = CHARTED_FORMATS["xlsx"]([region_table(("Pay", "Beds"), ("=1+1", "=Cover!$A$1", "Wow!A1"))])
    assert isinstance(content, bytes)
    root = etree.fromstring(ZipFile(io.BytesIO(content)).read("xl/charts/chart1.xml"))
    names = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    assert [*root.xpath("//c:ser/c:tx//c:v/text()", namespaces=names)] == [
        "=1+1 (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}30)",
        "=Cover! $A$1 (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}31)",
        "Wow! A1 (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}32)",
    ]
    assert root.xpath("//c:ser/c:tx//c:f", namespaces=names) == []


def test_pages_have_no_element_too_many() -> None:
    """As many elements of each kind as the page of a harmless table of the same shape."""
    for table in TABLES[:-3]:
        harmless = attacked(theme_table(("Pay",)), "Pay")
        assert tags(str(TABLE_FORMATS["html"]([table]))) == tags(str(TABLE_FORMATS["html"]([harmless])))
        rendered = MarkdownIt("commonmark").enable("table").render(str(TABLE_FORMATS["md"]([table])))
        expected = MarkdownIt("commonmark").enable("table").render(str(TABLE_FORMATS["md"]([harmless])))
        assert tags(rendered) == tags(expected), table.title


def tags(page: str) -> list[str]:
    """Return the elements of a page, in their order."""
    return [element.tag for element in html.fromstring(f"<div>{page}</div>").iter() if element.tag != "br"]


def test_pictures_are_whole() -> None:
    """An SVG is XML, its elements only those that charts have, and its texts those of the table."""
    for table in TABLES:
        root = etree.fromstring(picture(table, "svg").content)
        assert not [e for e in root.iter() if etree.QName(e).localname.casefold() in {"script", "a", "image"}]
    words = "".join(etree.fromstring(picture(theme_table(("<script>",)), "svg").content).itertext())
    assert plain("<script>") in words


def test_no_cell_for_excel_is_a_formula() -> None:
    """Whatever cell begins as one has an apostrophe before it; numbers have none."""
    content = file_content(TABLE_FORMATS, "csv", TABLES, excel=True)
    assert isinstance(content, str)
    cells = [
        cell for row in csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")) for cell in row
    ]
    began = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))]
    assert not [cell for cell in began if not cell.lstrip("+-").replace(".", "").isdecimal()]
    assert {f"'{text}" for text in LABELS if text.startswith(("=", "@", "\t", "\uff1d"))} <= set(cells)
