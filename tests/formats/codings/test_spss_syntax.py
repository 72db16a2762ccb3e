"""The commands beside an SPSS file: what they say, what they leave alone, and what PSPP makes of them."""

from __future__ import annotations

import csv
import shutil
import subprocess
from typing import TYPE_CHECKING

import pyreadstat
import pytest
from weighted_study import figures_of_r, survey_rows, weighted_study

from coder import cli
from coder.domain.tables.matrices import Matrix, MatrixAttribute, MatrixTheme
from coder.formats.codings.matrix import matrix_sav, weight_variable
from coder.formats.codings.spss_syntax import matrix_syntax, write_syntax

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

THEME = MatrixTheme("Q1", "pay", "Pay", [1, 0])
WEIGHTED = Matrix(
    "Study\nDELETE VARIABLES ALL.",
    "SYNTHETIC",
    ["R1", "R2"],
    [
        MatrixAttribute("all", "", ["a", "b"]),
        MatrixAttribute("my weight", "", ["1", "2"], numbers=[1.0, 2.0]),
    ],
    [THEME],
    notes=["my weight holds the weights."],
)
UNWEIGHTED = Matrix("Study", "", ["R1", "R2"], [], [THEME])


def test_the_commands_name_the_weight() -> None:
    """By the name that SPSS has for it; texts in comments stay there, quotation marks are doubled."""
    assert weight_variable(WEIGHTED) == "my_weight"
    lines = matrix_syntax(WEIGHTED, "jo's.sav").splitlines()
    assert "GET FILE='jo''s.sav'." in lines
    assert lines[-1] == "WEIGHT BY my_weight."
    commands = [line for line in lines if line and not line.startswith("*")]
    assert len(commands) == 2
    assert matrix_syntax(UNWEIGHTED, "m.sav") == ""


def test_the_file_itself_says_it(tmp_path: Path) -> None:
    """The variable is a scale with a label, themes are nominal; its documents hold all notes."""
    path = tmp_path / "m.sav"
    path.write_bytes(matrix_sav(WEIGHTED))
    _, meta = pyreadstat.read_sav(path)
    assert meta.column_names_to_labels["my_weight"] == "Survey weight"
    assert meta.variable_measure == {
        "respondent_id": "nominal", "v_all": "nominal", "my_weight": "scale", "Q1_pay": "nominal"
    }  # fmt: skip
    assert [line.strip() for line in meta.notes] == ["SYNTHETIC", "my weight holds the weights."]


def test_somebodys_own_commands_stay(tmp_path: Path) -> None:
    """A file that the program wrote is written anew; any other of that name is left, and that is told."""
    data, syntax = tmp_path / "m.sav", tmp_path / "m.sps"
    data.write_bytes(matrix_sav(WEIGHTED))
    assert "opens it in SPSS" in write_syntax(WEIGHTED, data)
    syntax.write_text(syntax.read_text() + "FREQUENCIES ALL.\n")
    write_syntax(WEIGHTED, data)
    assert "FREQUENCIES" not in syntax.read_text()
    syntax.write_text("* My own work.\n")
    assert "stays as it is" in write_syntax(WEIGHTED, data)
    assert "WEIGHT BY my_weight." in write_syntax(WEIGHTED, data)
    assert syntax.read_text() == "* My own work.\n"


def test_without_weights_nothing_is_beside(tmp_path: Path) -> None:
    """Nor beside what is no file."""
    data = tmp_path / "m.sav"
    data.write_bytes(matrix_sav(UNWEIGHTED))
    assert write_syntax(UNWEIGHTED, data) == ""
    assert write_syntax(WEIGHTED, tmp_path / "none.sav") == ""
    assert [path.name for path in tmp_path.iterdir()] == ["m.sav"]


def exported(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Make the survey that R has weighted, export it as out.sav, and return what was said."""
    weighted_study(folder / "study", survey_rows()).close()
    assert cli.main(["codings", "export", str(folder / "study"), str(folder / "out.sav")]) == cli.DONE
    return capsys.readouterr().err


def test_the_command_writes_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And says of the second what it does."""
    said = exported(tmp_path, capsys)
    assert f"{tmp_path / 'out.sps'} opens it in SPSS with its weights: WEIGHT BY wt." in said
    assert "GET FILE='out.sav'." in (tmp_path / "out.sps").read_text()


def pspp(folder: Path, commands: Sequence[str]) -> list[list[str]]:
    """Run commands behind those of out.sps; return the rows of its output."""
    (folder / "run.sps").write_text((folder / "out.sps").read_text() + "\n".join(commands) + "\n")
    command = ["pspp", "-o", "out.csv", "run.sps"]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60)
    assert run.returncode == 0, run.stdout
    return list(csv.reader((folder / "out.csv").read_text().splitlines()))


@pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not installed")
def test_pspp_prints_the_weighted_percentages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its valid percentages of the ones are those that R's survey package has; blanks are missing."""
    exported(tmp_path, capsys)
    rows = pspp(tmp_path, ["SHOW WEIGHT.", "FREQUENCIES Q1_pay Q1_beds."])
    assert ["run.sps:8: note: SHOW: WEIGHT is wt."] in rows
    percents = [float(row[4].rstrip("%")) for row in rows if row[1:2] == ["mentioned"]]
    figures = figures_of_r()
    expected = [figures[theme, "Total", "weighted percent"] for theme in ("pay", "beds")]
    assert percents == pytest.approx(expected, abs=0.05)
    # Who did not answer is missing.
    assert [row[1] for row in rows if row[:1] == ["Missing"] and len(row) > 4] == [".", "."]
