"""`coder agreement`: what it prints, in which formats, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from report_study import ANN, BOB, BUDGETS, twice_coded

from coder import cli
from coder.cli.plain_output import draw_tables
from coder.formats.tables.registry import TABLE_FORMATS
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study
from coder.workflows.team.agreement_tables import AgreementRequest, printed_agreement

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a study that two people coded."""
    twice_coded(tmp_path / "study").close()
    return tmp_path / "study"


def test_a_csv_goes_to_stdout_and_its_notes_to_stderr(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every column has its own name; a CSV has no room for notes, so they are said."""
    assert cli.main(["agreement", str(folder), "--by-theme"]) == cli.DONE
    output = capsys.readouterr()
    overall, *themes = csv.DictReader(io.StringIO(output.out))
    assert (overall["Answers"], overall["Councils"], overall["Alpha"], overall["Kappa"]) == (
        "3",
        "2",
        "0.36",
        "0.5",
    )
    by_theme = {row["theme"]: row for row in themes if row["Both"]}
    assert {
        label: (row["Both"], row[f"only {ANN}"], row[f"only {BOB}"]) for label, row in by_theme.items()
    } == {
        "Pay": ("1", "0", "1"),
        "Staff": ("1", "0", "0"),
        "Beds": ("0", "1", "0"),
        "People": ("2", "0", "0"),
    }
    assert {row["theme_id"]: row[f"by {BOB}"] for row in themes if row[f"by {BOB}"]}["pay"] == "1"
    assert "In plain words: Q1: too little to say." in output.err


@pytest.mark.parametrize("kind", list(TABLE_FORMATS))
def test_every_format_is_written(folder: Path, tmp_path: Path, kind: str) -> None:
    """Each format of tables holds the tables of agreement."""
    file = tmp_path / f"agreement.{kind}"
    assert cli.main(["agreement", str(folder), "--long", "--out", str(file)]) == cli.DONE
    assert file.stat().st_size > 500


def test_json_and_xlsx_hold_the_same_numbers(folder: Path, tmp_path: Path) -> None:
    """Read back, both have alpha and kappa; JSON has the notes as well."""
    for kind in ("json", "xlsx"):
        assert cli.main(["agreement", str(folder), "--out", str(tmp_path / f"a.{kind}")]) == cli.DONE
    (table,) = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert table["rows"][0]["values"] == [3, 2, 0.36, None, None, 0.5]
    assert any("marked as done" in note for note in table["notes"])
    cells = [cell for sheet in load_workbook(tmp_path / "a.xlsx") for row in sheet.values for cell in row]
    assert any(isinstance(cell, float) and round(cell, 2) == 0.36 for cell in cells)


def test_it_fits_on_eighty_columns(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal no line is wider, however long labels and names are."""
    monkeypatch.setenv("COLUMNS", "80")
    study = open_study(folder)
    CodingSession(study, "somebody-with-a-rather-long-name").nothing_here(BUDGETS)
    draw_tables(printed_agreement(study, AgreementRequest(every_measure=True)))
    study.close()
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_nothing_to_compare_ends_with_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 1; the message says what is missing and who has read how much."""
    study = open_study(folder)
    CodingSession(study, "cat").nothing_here(8)
    study.close()
    assert cli.main(["agreement", str(folder), "--coder", "cat,ann.archer"]) == cli.FAILED
    error = capsys.readouterr().err
    assert "No answer was read by two coders" in error
    assert "ann.archer 4" in error
