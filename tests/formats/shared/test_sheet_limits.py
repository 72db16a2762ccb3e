"""Tables and texts larger than a workbook or a Word document holds: refused, or whole; never cut."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import pytest
from openpyxl import load_workbook
from printed_tables import region_table, theme_table

from coder.domain.codebook import Codebook, Theme
from coder.errors import CoderError
from coder.formats.codebooks.writing import codebook_as
from coder.formats.shared.sheet_limits import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS
from coder.formats.tables.docx import printed_docx
from coder.formats.tables.registry import TABLE_FORMATS
from coder.formats.tables.workbook import printed_xlsx

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from coder.domain.tables.printed import PrintedTable


def wide(values: int) -> PrintedTable:
    """Return a table by an attribute of so many values, two columns each, and of all."""
    return region_table(("Pay",), tuple(f"Town {number}" for number in range(values)))


def sheet_of(content: bytes, name: str) -> Worksheet:
    """Return a worksheet of a workbook."""
    sheet: Worksheet = load_workbook(io.BytesIO(content))[name]
    return sheet


def test_more_columns_than_a_worksheet_holds() -> None:
    """Columns beyond the last are not left out: the table is refused, and the format named that holds it."""
    table = wide(MOST_COLUMNS // 2)
    with pytest.raises(CoderError, match=r"16,387 columns; a worksheet holds 16,384\.\n.*csv"):
        printed_xlsx([table])
    assert f"Town {MOST_COLUMNS // 2 - 1}" in str(TABLE_FORMATS["csv"]([table]))


def test_as_many_columns_as_a_worksheet_holds() -> None:
    """One column less, and each is there."""
    content = printed_xlsx([wide(MOST_COLUMNS // 2 - 2)])
    assert sheet_of(content, "Table 21b").max_column == MOST_COLUMNS - 1


def test_more_rows_than_a_worksheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows beyond the last are refused as well; here a worksheet holds ten."""
    monkeypatch.setattr("coder.formats.shared.sheet_limits.MOST_ROWS", 10)
    with pytest.raises(CoderError, match="17 rows"):
        printed_xlsx([theme_table()])
    assert MOST_ROWS == 1_048_576


_TOO_LONG = {"letters": "a" * (MOST_CHARACTERS + 1), "emoji": "🏠" * (MOST_CHARACTERS // 2 + 1)}


@pytest.mark.parametrize("text", _TOO_LONG.values(), ids=_TOO_LONG)
def test_a_text_longer_than_a_cell(text: str) -> None:
    """A label, a note, a title or a theme's definition is not cut; emoji count twice, as Excel has it."""
    table = theme_table()
    row = replace(table.rows[0], label=text)
    for long in (
        replace(table, rows=(row, *table.rows[1:])),
        replace(table, notes=(text,)),
        replace(table, title=text),
        replace(table, stub=text),
    ):
        with pytest.raises(CoderError, match=r"32,7.. characters; a cell of a workbook holds 32,767"):
            printed_xlsx([long])
    with pytest.raises(CoderError, match=r"pay: 'definition' has 32,7.. characters"):
        codebook_as("xlsx", Codebook((Theme("pay", "Pay", text),)))


def test_a_text_as_long_as_a_cell() -> None:
    """What just fits is there whole."""
    text = "a" * MOST_CHARACTERS
    table = theme_table()
    content = printed_xlsx([replace(table, rows=(replace(table.rows[0], label=text),))])
    assert text in [cell.value for cell in sheet_of(content, "Table 21")["A"]]


def test_a_heading_longer_than_tables_have() -> None:
    """A value's name of more than 255 characters stands whole above its column."""
    name = "n" * 300
    sheet = sheet_of(printed_xlsx([region_table(("Pay",), (name, "South"))]), "Table 21b")
    heads = [str(cell.value) for row in sheet.iter_rows() for cell in row if name in str(cell.value)]
    assert len(heads) == 2
    assert not sheet.tables


def test_more_columns_than_word_holds() -> None:
    """Word opens no table of more than 63 columns: one that has more is divided, and nothing is left out."""
    table = wide(31)
    assert len(table.columns) > 63
    tables = docx.Document(io.BytesIO(printed_docx([table]))).tables
    assert max(len(piece.columns) for piece in tables) <= 63
    assert sum(len(piece.columns) - 1 for piece in tables) == len(table.columns)


def test_what_the_writer_refuses_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else the writer leaves out or cuts is an error, for each thing that it writes."""
    for name in ("write_string", "write_number", "write_url", "set_column", "add_table"):
        with monkeypatch.context() as patch:
            patch.setattr(f"xlsxwriter.worksheet.Worksheet.{name}", lambda *_: -2)
            with pytest.raises(CoderError, match="does not fit into a workbook"):
                printed_xlsx([theme_table()])
