"""Codebooks from tables of themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.formats.codebooks.reading import parse_codebook, read_any_codebook
from coder.formats.codebooks.theme_table import import_theme_table, read_theme_table
from coder.formats.codebooks.yaml.yaml_text import write_codebook

if TYPE_CHECKING:
    from pathlib import Path


def table(folder: Path, text: str, name: str = "themes.csv") -> Path:
    """Write a table of themes and return its path."""
    path = folder / name
    path.write_text(text, "utf-8-sig")
    return path


def test_columns_become_fields(tmp_path: Path) -> None:
    """Ids come from question and short name, keywords are parted by semicolons, other columns ignored."""
    header = "Theme,question_id,short_name,definition,keywords,n\n"
    rows = header + '"Pay, and pensions",Q16,Pay,"Money, mostly",pay; wage ;,7\n'
    assert read_theme_table(table(tmp_path, rows)).themes == (
        Theme("q16-pay", "Pay, and pensions", "Money, mostly", keywords=("pay", "wage"), questions=("Q16",)),
    )


def test_parents_become_nets_before_their_themes(tmp_path: Path) -> None:
    """A parent that is no row is a net for its question; one that is a row stays codable."""
    rows = "question,theme,parent\nQ1,Ward,Places\nQ1,Bed,Ward\nQ2,Flat,places\nQ1,Home,Places\n"
    codebook = read_theme_table(table(tmp_path, rows))
    assert [(t.id, t.parent, t.questions, t.codable) for t in codebook] == [
        ("q1-places", None, ("Q1",), False),
        ("q1-ward", "q1-places", ("Q1",), True),
        ("q1-bed", "q1-ward", ("Q1",), True),
        ("q2-places", None, ("Q2",), False),
        ("q2-flat", "q2-places", ("Q2",), True),
        ("q1-home", "q1-places", ("Q1",), True),
    ]
    assert parse_codebook(write_codebook(codebook), "x.yaml") == codebook


def test_a_net_is_chosen_only_where_the_table_says_so(tmp_path: Path) -> None:
    """A row with themes under it groups them; `codable` = yes keeps it on the keys, and a remark says how."""
    rows = "theme,parent,codable\nPlaces,,\nWard,Places,\nPay,,yes\nPensions,Pay,\n"
    imported = import_theme_table(table(tmp_path, rows))
    assert [theme.label for theme in imported.codebook.offered("Q1")] == ["Ward", "Pay", "Pensions"]
    (remark,) = imported.remarks
    assert "row 2: 'Places' is a net and not chosen itself" in remark
    assert parse_codebook(write_codebook(imported.codebook), "x.yaml") == imported.codebook


def test_a_data_set_chooses_among_all_that_it_lists(tmp_path: Path) -> None:
    """Its table of themes is no codebook to be worked with: a row with themes under it may be coded."""
    codebook = read_theme_table(table(tmp_path, "theme,parent\nPlaces,\nWard,Places\n"))
    assert all(theme.codable for theme in codebook)


def test_a_parent_for_every_question_serves_one(tmp_path: Path) -> None:
    """A theme of one question finds a parent that is for every question."""
    codebook = read_theme_table(table(tmp_path, "question,theme,parent\n,Other,\nQ1,Odd,Other\n"))
    assert [(t.id, t.parent) for t in codebook] == [("other", None), ("q1-odd", "other")]


def test_ids_are_unique(tmp_path: Path) -> None:
    """Labels that give the same slug get a number."""
    codebook = read_theme_table(table(tmp_path, "theme\nA & B\nA / B\nA-B\n"))
    assert [t.id for t in codebook] == ["a-b", "a-b-2", "a-b-3"]


def test_tabs_part_the_cells_of_a_tsv(tmp_path: Path) -> None:
    """A .tsv file is read by tabs, blank rows passed over."""
    path = table(tmp_path, "theme\tdefinition\nPay\ta, b\n\t\nBeds\t\n", "themes.tsv")
    assert [(t.label, t.definition) for t in read_any_codebook(path)] == [("Pay", "a, b"), ("Beds", "")]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("", "row 1: There is no column 'theme'"),
        ("themes,x\nA,b\n", "Did you mean 'themes'"),
        ("theme\n\n", "has no themes"),
        ("theme,parent\n,B\n", "row 2, column 'theme': The cell is empty"),
        ("theme,n\nA,1\nB,one, two\n", "row 3: 3 cells stand under 2 headers"),
        ("theme\nA\nB\na\n", "row 4, column 'theme': The label 'a' is already on row 2"),
        ("theme,parent\nA,B\nB,A\n", "row 2, column 'parent': The parents go round in a circle: a > b > a"),
        ("parent,theme\nB,A\nC,B\nA,C\n", "row 2, column 'parent': The parents go round"),
        ('theme\n"A\n', "row 2 (line 2): a quotation mark opens a cell"),
    ],
)
def test_a_fault_names_row_and_column(tmp_path: Path, rows: str, message: str) -> None:
    """What is wrong in a table is told by row and column."""
    with pytest.raises(CoderError) as caught:
        read_theme_table(table(tmp_path, rows))
    assert message in str(caught.value)
    assert "themes.csv" in str(caught.value)


def test_an_imported_theme_that_is_its_own_parent_is_refused(tmp_path: Path) -> None:
    """In a codebook it is a slip; only the list of a data set means the category itself by it."""
    (tmp_path / "themes.csv").write_text("parent,theme\nA,A\n", encoding="utf-8")
    with pytest.raises(CoderError, match="row 2, column 'parent': The parents go round"):
        import_theme_table(tmp_path / "themes.csv")
