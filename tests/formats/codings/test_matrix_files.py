"""The matrix as CSV and as an SPSS file, read back."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.tables.matrices import Matrix, MatrixAttribute, MatrixTheme
from coder.errors import CoderError
from coder.formats.codings.matrix import matrix_csv, matrix_sav
from coder.formats.shared.file_contents import for_excel

if TYPE_CHECKING:
    from pathlib import Path

MATRIX = Matrix(
    "Small – study",
    "SYNTHETIC: nobody wrote it",
    ["R1", "R2", "R3"],
    [
        MatrixAttribute("region", "Which region?", ["North", "", "Øst, “here”"]),
        MatrixAttribute("=sum", "", ["-1", "0", "=2+2"]),
    ],
    [
        MatrixTheme("Q1", "pay", "Pay, and “terms”", [1, 0, None]),
        MatrixTheme("Q1", "q1-beds", "B" * 300, [0, 0, None]),
        MatrixTheme("Q2", "pay", "Pay, and “terms”", [None, None, None]),
    ],
)


def sav(folder: Path, matrix: Matrix) -> tuple[pd.DataFrame, pyreadstat.metadata_container]:
    """Return a matrix as pyreadstat reads the SPSS file."""
    path = folder / "m.sav"
    path.write_bytes(matrix_sav(matrix))
    frame, meta = pyreadstat.read_sav(path)
    assert isinstance(frame, pd.DataFrame)
    return frame, meta


def test_csv_is_one_row_a_respondent() -> None:
    """Ones and zeros, empty where the respondent did not answer; attributes and labels verbatim."""
    rows = list(csv.reader(io.StringIO(matrix_csv(MATRIX), newline="")))
    assert rows == [
        [
            "respondent_id",
            "region",
            "=sum",
            "Q1: Pay, and “terms”",
            f"Q1: {'B' * 300}",
            "Q2: Pay, and “terms”",
        ],
        ["R1", "North", "-1", "1", "0", ""],
        ["R2", "", "0", "0", "0", ""],
        ["R3", "Øst, “here”", "=2+2", "", "", ""],
    ]


def test_csv_for_excel_has_no_formulas() -> None:
    """What a formula could begin has an apostrophe before it; numbers stay numbers."""
    text = for_excel(matrix_csv(MATRIX))
    assert text.startswith("\ufeffrespondent_id,region,'=sum,")
    frame = pd.read_csv(io.StringIO(text.removeprefix("\ufeff")), dtype=str)
    assert frame["'=sum"].tolist() == ["-1", "0", "'=2+2"]


def test_spss_keeps_numbers_and_labels(tmp_path: Path) -> None:
    """Variables are numbers with value labels, and carry their theme's label and question's wording."""
    frame, meta = sav(tmp_path, MATRIX)
    assert meta.column_names == ["respondent_id", "region", "sum", "Q1_pay", "q1_beds", "Q2_pay"]
    assert meta.column_labels[1:4] == ["Which region?", None, "Pay, and “terms”"]
    assert meta.column_labels[4] == "B" * 253 + "..."
    assert meta.variable_value_labels["Q1_pay"] == {0.0: "not mentioned", 1.0: "mentioned"}
    assert frame["Q1_pay"].tolist()[:2] == [1, 0]
    assert frame.isna().sum().tolist() == [0, 0, 0, 1, 1, 3]
    assert frame["region"].tolist() == ["North", "", "Øst, “here”"]
    assert (meta.file_label, meta.notes) == ("Small – study", ["SYNTHETIC: nobody wrote it"])
    assert meta.variable_measure["Q1_pay"] == "nominal"


@pytest.mark.parametrize("note", ["é" * 200, "nobody wrote it " * 30, "x" * 81 + " y"])
def test_a_note_of_any_length_is_kept(tmp_path: Path, note: str) -> None:
    """SPSS has lines of 80 bytes: a longer note has several, with nothing lost."""
    matrix = Matrix("", note, ["R1"], [], [MatrixTheme("Q1", "pay", "Pay", [1])])
    lines = sav(tmp_path, matrix)[1].notes
    assert max(len(line.encode()) for line in lines) <= 80
    assert "".join(lines).replace(" ", "") == note.replace(" ", "")


def test_a_matrix_without_respondents_is_a_file(tmp_path: Path) -> None:
    """Nobody, or no theme, is no reason to fail."""
    empty = Matrix("", "", [], [MatrixAttribute("region", "", [])], [MatrixTheme("Q1", "pay", "Pay", [])])
    assert list(sav(tmp_path, empty)[0].columns) == ["respondent_id", "region", "Q1_pay"]
    assert matrix_csv(empty).count("\n") == 1


def test_a_text_too_long_for_spss_is_told() -> None:
    """The error names respondent and attribute."""
    matrix = Matrix("", "", ["R1"], [MatrixAttribute("memo", "", ["é" * 17_000])], [])
    with pytest.raises(CoderError, match="Respondent R1, attribute 'memo'"):
        matrix_sav(matrix)


def variables(folder: Path, attributes: list[str]) -> list[str]:
    """Return the names of the variables that attributes become in an SPSS file."""
    matrix = Matrix("", "", [], [MatrixAttribute(name, "", []) for name in attributes], [])
    return list(sav(folder, matrix)[1].column_names[1:])


@given(st.lists(st.text(max_size=80), max_size=12))
def test_variable_names_are_valid_and_unique(
    tmp_path_factory: pytest.TempPathFactory, attributes: list[str]
) -> None:
    """Whatever the names, each variable has one of its own that SPSS allows."""
    names = variables(tmp_path_factory.mktemp("sav"), attributes)
    assert len({name.casefold() for name in names}) == len(attributes)
    assert all(re.fullmatch(r"[A-Za-z]([A-Za-z0-9_]{0,62}[A-Za-z0-9])?", name) for name in names)


def test_reserved_words_and_equal_names_are_changed(tmp_path: Path) -> None:
    """SPSS's own words, leading digits and names that would be alike get something of their own."""
    names = variables(tmp_path, ["all", "1st", "a-b", "A_B", "", "x" * 70, "x" * 80])
    assert names == ["v_all", "v_1st", "a_b", "A_B_2", "v", "x" * 64, "x" * 62 + "_2"]
