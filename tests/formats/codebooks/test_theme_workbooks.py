"""Tables of themes with every field, and workbooks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.formats.codebooks.field_texts import join_items, split_items
from coder.formats.codebooks.reading import import_codebook

if TYPE_CHECKING:
    from pathlib import Path


def csv_file(folder: Path, text: str) -> Path:
    """Write a table of themes and return its path."""
    path = folder / "themes.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_workbook_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """Numbers and truth values are read as they are shown; rows and columns left blank are passed over."""
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (["Theme", "codable", "definition", None], [2023, False, "Year", None], [None] * 4, ["Pay"]):
        sheet.append(row)
    workbook.save(tmp_path / "themes.xlsx")
    found = import_codebook(tmp_path / "themes.xlsx")
    assert found.codebook.themes == (Theme("2023", "2023", "Year", codable=False), Theme("pay", "Pay"))
    assert found.remarks == ()


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    """Unknown columns, and nets that stand in no row, are remarked."""
    found = import_codebook(csv_file(tmp_path, "theme,colour,parent\nPay,red,\nBeds,blue,Places\n"))
    assert [theme.label for theme in found.codebook] == ["Pay", "Places", "Beds"]
    assert found.remarks == (
        "themes.csv: Not read: the columns 'colour'.",
        "themes.csv, row 3: The parent 'Places' is no row; a net of this name was made.",
    )


def test_a_parent_is_an_id_or_a_theme(tmp_path: Path) -> None:
    """An id goes before a theme of that name; made ids keep clear of given ones."""
    rows = "id,theme,parent,codebook\nn,Net,,\nm,n,,\nA,One,n,Small\n,Two,net,\n,A,,\n"
    found = import_codebook(csv_file(tmp_path, rows)).codebook
    assert [(theme.id, theme.parent) for theme in found] == [
        ("n", None),
        ("m", None),
        ("A", "n"),
        ("two", "n"),
        ("a-2", None),
    ]
    assert found.title == "Small"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("theme,status\nA,gone\n", "row 2, column 'status': 'status' cannot be 'gone'"),
        ("theme,codable\nA,yes\nB,maybe\n", "row 3, column 'codable': 'codable' cannot be 'maybe'"),
        ("id,theme\na,A\na,B\n", "row 3, column 'id': The id 'a' is already on row 2"),
        ("id,theme\na b,A\n", "row 2, column 'id': The id 'a b' has characters"),
        ("theme,guid\nA,7\n", "row 2, column 'guid': '7' is no guid"),
    ],
)
def test_a_cell_that_cannot_be_is_told(tmp_path: Path, text: str, message: str) -> None:
    """A fault names row and column."""
    with pytest.raises(CoderError) as caught:
        import_codebook(csv_file(tmp_path, text))
    assert message in str(caught.value)


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Text under the name of a workbook is not read as one."""
    (tmp_path / "themes.xlsx").write_text("theme\nA\n")
    with pytest.raises(CoderError, match=r"themes\.xlsx cannot be read as a workbook"):
        import_codebook(tmp_path / "themes.xlsx")


def test_items_are_parted_by_marks_that_are_not_theirs() -> None:
    r"""A mark within an item has a `\` before it; a `\` alone is itself."""
    items = ("a;b", "c\\", "\\;d", "e\nf")
    for mark in (";", "\n"):
        assert split_items(join_items(items, mark), mark) == items
    assert split_items("\\w ; a\\", ";") == ("\\w", "a\\")
