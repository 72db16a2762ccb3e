"""The long form as CSV and Parquet, each read back."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow.parquet as pq
import pytest

from coder import cli
from coder.domain.tables.matrices import Matrix, MatrixAttribute, MatrixTheme
from coder.errors import CoderError
from coder.formats.codings.long_form import long_csv, long_parquet
from coder.tables.frames.matrix_frames import long_frame
from coder.workflows.tables.matrices import theme_matrix

if TYPE_CHECKING:
    from pathlib import Path

    from coder.workflows.study.study import Study

MATRIX = Matrix(
    "Small – study",
    "SYNTHETIC: nobody wrote it",
    ["R1", "R2"],
    [
        MatrixAttribute("region", "Which region?", ["South", ""], ["North", "South"]),
        MatrixAttribute("theme", "", ["=1+1", "b"], ["b", "=1+1"]),
    ],
    [
        MatrixTheme("Q1", "pay", "Pay, and “terms”", [1, 0]),
        MatrixTheme("Q1", "people", "People (net)", [1, None], is_net=True),
    ],
)


def test_csv_is_one_row_a_respondent_and_theme() -> None:
    """Whoever did not answer has no row; an attribute that is called like a column is told apart."""
    assert list(csv.reader(io.StringIO(long_csv(MATRIX), newline=""))) == [
        [
            "respondent_id",
            "region",
            "attribute theme",
            "question_id",
            "theme_id",
            "theme",
            "kind",
            "mentioned",
        ],
        ["R1", "South", "=1+1", "Q1", "pay", "Pay, and “terms”", "theme", "1"],
        ["R1", "South", "=1+1", "Q1", "people", "People (net)", "net", "1"],
        ["R2", "", "b", "Q1", "pay", "Pay, and “terms”", "theme", "0"],
    ]


def test_parquet_says_the_same(coded_sample: Study) -> None:
    """Pandas reads the same rows from both; categories come in the order of tables."""
    matrix = theme_matrix(coded_sample)
    frame = pd.read_parquet(io.BytesIO(long_parquet(matrix)))
    text = pd.read_csv(io.StringIO(long_csv(matrix)), dtype=str, keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(frame.astype(str), text.astype(str))
    region = next(attribute for attribute in matrix.attributes if attribute.name == "region")
    assert list(frame["region"].cat.categories) == list(region.order)
    assert frame["mentioned"].dtype == "int8"


def test_questions_and_themes_stand_in_their_order() -> None:
    """R1 answered the second question alone: the first one and its themes still come first."""
    cells: dict[str, list[int | None]] = {"Q1": [None, 1], "Q2": [1, 0]}
    themes = [
        MatrixTheme(question, f"{question}-pay", f"Pay {question}", cells[question]) for question in cells
    ]
    matrix = replace(MATRIX, themes=themes)
    for frame in (pd.read_parquet(io.BytesIO(long_parquet(matrix))), long_frame(matrix)):
        assert list(frame["question_id"].cat.categories) == ["Q1", "Q2"]
        assert list(frame["theme_id"].cat.categories) == ["Q1-pay", "Q2-pay"]
        assert list(frame["theme"].cat.categories) == ["Pay Q1", "Pay Q2"]


def test_parquet_carries_wording_and_notes() -> None:
    """A column's wording stands with it, title and notes with the file; the same matrix, the same bytes."""
    content = long_parquet(MATRIX)
    schema = pq.read_schema(io.BytesIO(content))
    assert schema.field("region").metadata == {b"label": b"Which region?"}
    assert schema.field("theme").metadata is None
    assert schema.metadata[b"title"].decode() == "Small – study"
    assert schema.metadata[b"notes"].decode() == "SYNTHETIC: nobody wrote it"
    assert pd.read_parquet(io.BytesIO(content))["region"].isna().tolist() == [False, False, True]
    assert long_parquet(MATRIX) == content


def test_without_pyarrow_the_error_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, and the message names it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CoderError) as error:
        long_parquet(MATRIX)
    assert error.value.hint == 'Install it: pip install "theme-coder[parquet]"'


def test_the_command_writes_both(
    coded_sample: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--format long` to stdout; a name that ends in .parquet says it all; a terminal shows no Parquet."""
    folder = str(coded_sample.folder)
    assert cli.main(["codings", "export", folder, "--format", "long"]) == cli.DONE
    output = capsys.readouterr()
    assert output.out.startswith("respondent_id,")
    assert "SYNTHETIC" in output.err
    assert cli.main(["codings", "export", folder, str(tmp_path / "l.parquet")]) == cli.DONE
    assert len(pd.read_parquet(tmp_path / "l.parquet")) == output.out.count("\n") - 1
    assert cli.main(["codings", "export", folder, "--format", "long", "--excel"]) == cli.DONE
    assert capsys.readouterr().out.startswith("\ufeffrespondent_id,")
    assert cli.main(["codings", "export", folder, "--format", "parquet"]) == cli.FAILED
    assert "ends in .parquet" in capsys.readouterr().err
