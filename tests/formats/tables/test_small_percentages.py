"""A percentage that is rounded to none is not printed as none; numbers have their thousands parted."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from printed_tables import theme_table

from coder.domain.tables.printed import Cell, CellMark, PrintedColumn
from coder.formats.tables.cells import cell_text
from coder.formats.tables.charted import series_of
from coder.formats.tables.html import printed_html
from coder.formats.tables.registry import TABLE_FORMATS


@pytest.mark.parametrize(
    ("share", "decimals", "mark", "sign", "text"),
    [
        (0.0499, 1, "", "", "<0.1"),
        (0.05, 1, "", "", "0.1"),
        (0.0, 1, "", "", "0.0"),
        (0.49, 0, "", "%", "<1%"),
        (0.5, 0, "", "%", "1%"),
        (0, 0, "", "", "0"),
        (0.004, 2, "", "", "<0.01"),
        (0.3, 0, "low", "", "<1 [u]"),
        (0.3, 0, "suppressed", "", "[c]"),
    ],
)
def test_a_percentage_that_rounds_to_none(
    share: float, decimals: int, mark: CellMark, sign: str, text: str
) -> None:
    """It is `<0.1`, or `<1%`; nobody at all is 0, and what is kept back stays so."""
    assert cell_text(PrintedColumn("%", "percent", decimals=decimals, sign=sign), Cell(share, mark)) == text


def test_other_numbers_are_rounded_as_ever() -> None:
    """A probability of .0004 is printed to its places: only percentages are of somebody."""
    assert cell_text(PrintedColumn("p", "number", decimals=3), Cell(0.0004)) == "0.000"


def test_every_format_says_so() -> None:
    """In a page the sign is escaped; in a workbook the cell stays a number, and shows what is printed."""
    table = theme_table(("Pay", "Beds"))
    row = replace(table.rows[0], cells=(Cell(1), Cell(100 / 12_345), Cell(1)))
    table = replace(table, rows=(row, table.rows[1]))
    assert "<td>&lt;0.1</td>" in printed_html([table])
    for kind in ("md", "tex"):
        content = TABLE_FORMATS[kind]([table])
        assert isinstance(content, str)
        assert {"md": "| \\<0.1 |", "tex": "\\textless{}0.1"}[kind] in content
    assert series_of(table)[0].texts[0] == "<0.1%"
    content = TABLE_FORMATS["xlsx"]([table])
    assert isinstance(content, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Table 21"]
    (cell,) = (cell for cells in sheet.iter_rows() for cell in cells if cell.number_format == '"<0.1"')
    assert cell.value == pytest.approx(100 / 12_345)
