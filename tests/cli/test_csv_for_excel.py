"""CSV files for spreadsheet programs: one setting for all, and never for what is read back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder import cli
from coder.domain.codebook import Codebook, Theme
from coder.formats.shared.file_contents import for_excel
from coder.tui.tables.exporting import write_table
from coder.workflows.coding.session import CodingSession
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Export = Callable[..., tuple[str, str]]

FORMULA = '=HYPERLINK("http://evil.example";"more")'
GUARDED = f"'{FORMULA}"
CODEBOOK = Codebook((Theme("pay", FORMULA, FORMULA),), title="Book")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a study in which a theme's label and an answer could be formulas."""
    study = small_study(tmp_path / "study", codebook=CODEBOOK, texts=((FORMULA,), ("Beds",)))
    CodingSession(study, FORMULA).toggle(1, "pay")
    study.close()
    return tmp_path / "study"


@pytest.fixture
def export(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Export:
    """Return a function that runs a command with --out, and gives the file's text and what was said."""

    def command(*arguments: object) -> tuple[str, str]:
        out = tmp_path / "out.csv"
        assert cli.main([*map(str, arguments), "--out", str(out)]) == cli.DONE
        return out.read_bytes().decode(), capsys.readouterr().err

    return command


def set_for_all(folder: Path) -> None:
    """Turn the setting on in study.toml."""
    path = folder / "study.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("csv_for_excel = false", "csv_for_excel = true"), encoding="utf-8")


def cells(text: str) -> set[str]:
    """Return every cell of a CSV."""
    return {cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row}


FOR_SPREADSHEETS = (("tables",), ("quotes", "--all"), ("codings", "export", "--format", "matrix"))


@pytest.mark.parametrize("command", FOR_SPREADSHEETS, ids=" ".join)
def test_one_setting_for_all(folder: Path, export: Export, command: tuple[str, ...]) -> None:
    """By default texts are verbatim; --excel, or study.toml, guards every file for spreadsheets alike."""
    plain, _ = export(*command, folder)
    assert any(FORMULA in cell and not cell.startswith("'") for cell in cells(plain))
    by_option, _ = export(*command, folder, "--excel")
    set_for_all(folder)
    by_setting, _ = export(*command, folder)
    for text in (by_option, by_setting):
        assert text.startswith("\ufeff")
        assert not any(cell.startswith("=") for cell in cells(text.removeprefix("\ufeff")))
        assert not any(cell.startswith("=") for cell in cells(text))


def test_the_screen_goes_by_the_setting(folder: Path, tmp_path: Path) -> None:
    """A table written from the screen is guarded as one from the command line."""
    from coder.domain.tables.requests import TableRequest
    from coder.workflows.study.opening import open_study

    set_for_all(folder)
    study = open_study(folder)
    (table,) = printed_tables(study, TableRequest(subjects=("Q1",)))
    path = write_table(table, "csv", tmp_path / "t.csv", excel=study.settings.csv_for_excel)
    study.close()
    assert GUARDED in cells(path.read_text(encoding="utf-8-sig"))


READ_BACK = (("codings", "export", "--format", "csv"), ("codebook", "export", "--format", "csv"))


@pytest.mark.parametrize("command", READ_BACK, ids=" ".join)
def test_what_is_read_back_is_never_guarded(folder: Path, export: Export, command: tuple[str, ...]) -> None:
    """Codings and codebooks keep their texts, else they would come back as others; asked, it is said."""
    plain, said = export(*command, folder)
    assert FORMULA in cells(plain)
    assert "reads this file back" not in said
    text, said = export(*command, folder, "--excel")
    assert text == f"\ufeff{plain}"
    assert "reads this file back" in said


def test_a_data_set_is_never_guarded(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The coded data set is what others learn from: its texts are those that were given."""
    set_for_all(folder)
    assert cli.main(["codings", "export", str(folder), str(tmp_path / "set"), "--format", "dataset"]) == 0
    assert "reads this file back" in capsys.readouterr().err
    text = (tmp_path / "set" / "responses.csv").read_bytes().decode()
    assert FORMULA in cells(text)
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize("text", ["=1", "+a", "-a", "@a", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff20a"])
def test_what_begins_a_formula(text: str) -> None:
    """Each way in which a text can begin a formula; numbers with a sign are numbers."""
    guarded = csv.writer(file := io.StringIO(newline=""))
    guarded.writerow([text, "-3.5", "+2", "a=1"])
    assert cells(for_excel(file.getvalue()).removeprefix("\ufeff")) == {f"'{text}", "-3.5", "+2", "a=1"}


def test_an_answer_of_a_megabyte() -> None:
    """A cell longer than Python's own limit for CSV is guarded as any other."""
    text = for_excel(f'"={"a" * 1_000_000}"\r\n')
    assert text.startswith("\ufeff'=aaa")
