"""`coder codings export` of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

import pyreadstat
import pytest
from making import small_study

from coder import cli
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Return the folder of a small study with one coding."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "jo").toggle(1, "pay")
    study.close()
    return str(tmp_path / "study")


def test_the_matrix_goes_to_stdout(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A CSV on stdout; on stderr how many answers nobody has marked as done: one is half coded."""
    assert cli.main(["codings", "export", folder, "--format", "matrix"]) == cli.DONE
    said = capsys.readouterr()
    assert said.out.splitlines()[:2] == [
        "respondent_id,region,Q1: Pay,Q1: Staff,Q1: Money,Q1: Beds",
        "R1,North,1,0,0,0",
    ]
    assert "5 answers not yet read: some of the zeros" in said.err


def test_the_name_says_spss(folder: str, tmp_path: Path) -> None:
    """A file that ends in .sav is an SPSS file, with --out as without."""
    for arguments in ([str(tmp_path / "m.sav")], ["--out", str(tmp_path / "n.sav")]):
        assert cli.main(["codings", "export", folder, *arguments]) == cli.DONE
    for name in ("m.sav", "n.sav"):
        frame, _ = pyreadstat.read_sav(tmp_path / name, output_format="dict")
        assert frame["Q1_pay"][0] == 1


def test_for_excel_a_mark_stands_first(folder: str, tmp_path: Path) -> None:
    """With --excel a CSV begins with a byte order mark."""
    out = tmp_path / "m.csv"
    assert cli.main(["codings", "export", folder, str(out), "--format", "matrix", "--excel"]) == cli.DONE
    assert out.read_bytes()[:3] == b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "order",
    [
        "STUDY FILE --format matrix --coders any",
        "STUDY --format matrix FILE --coders any",
        "STUDY --format matrix --coders any FILE",
        "--format matrix STUDY --coders any FILE",
        "--format matrix --coders any STUDY FILE",
    ],
)
def test_the_file_may_stand_anywhere(folder: str, tmp_path: Path, order: str) -> None:
    """Behind the study, with options between them as without."""
    file = tmp_path / "m.csv"
    arguments = [{"STUDY": folder, "FILE": str(file)}.get(word, word) for word in order.split()]
    assert cli.main(["codings", "export", *arguments]) == cli.DONE
    assert file.read_text().startswith("respondent_id,")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "sav"], "no text for a terminal"),
        (["a.csv", "--out", "b.csv"], "Two files are named"),
        (["a.sav", "--excel"], "--excel would change nothing: it is of a CSV, and sav is none"),
        (["a.csv", "--coders", "any"], "--coders would change nothing: csv holds what each coder chose"),
        (["a.sav", "--coders", "any", "--coder", "jo"], "--coders would change nothing: --coder takes"),
        (["a.sav", "--mask"], "--mask would change nothing"),
    ],
)
def test_what_cannot_be_meant_is_told(
    folder: str, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An SPSS file needs a name, and one name is enough."""
    assert cli.main(["codings", "export", folder, *arguments]) == cli.FAILED
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [["tables"], ["quotes", "--all"], ["codings", "export", "--format", "csv"]],
)
def test_a_coder_is_found_in_either_form_of_a_name(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """`--coder` takes a name whose accent stands behind its letter, as macOS writes it."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "José").toggle(1, "pay")
    study.close()
    decomposed = normalize("NFD", "José")
    arguments = [*command, "--coder", decomposed]
    arguments.insert(len(command) if command[0] == "codings" else 1, str(tmp_path / "study"))
    assert cli.main(arguments) == cli.DONE
    assert cli.main([*arguments[:-1], "Josef"]) != cli.DONE
    assert "has coded nothing" in capsys.readouterr().err
