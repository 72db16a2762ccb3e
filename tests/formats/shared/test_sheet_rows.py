"""How many lines a text takes in a cell, by hand; and that rows of workbooks have room for them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from printed_tables import theme_table

from coder.formats.shared.sheet_rows import lines_in_cell
from coder.formats.tables.workbook import printed_xlsx


@pytest.mark.parametrize(
    ("text", "letters", "lines"),
    [
        ("", 10, 1),
        ("a word", 10, 1),
        ("two words", 5, 2),
        ("one two three", 7, 2),
        ("one\ntwo", 10, 2),
        ("x" * 25, 10, 3),
        ("a " + "x" * 12, 10, 3),
        ("\n", 10, 2),
    ],
)
def test_lines_are_broken_between_words(text: str, letters: float, lines: int) -> None:
    """Words go to the next line; one that is wider than a line is broken; line ends count."""
    assert lines_in_cell(text, letters) == lines


def test_rows_have_room_for_long_texts() -> None:
    """A row whose label is broken is higher, in proportion; a row of one line is left to the program."""
    long = "Words of a label that is much longer than its column " * 3
    sheet = openpyxl.load_workbook(io.BytesIO(printed_xlsx([theme_table(("Pay", long))])))["Table 21"]
    rows = {sheet.cell(row, 1).value: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}
    assert rows["Pay"] is None
    height = rows[long]
    assert height is not None
    assert height >= 3 * 15
