"""`coder quotes`."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from quoted_study import ANSWERS, CONTACT, NOTE, quoted_study

from coder import cli
from coder.formats.quotes.registry import QUOTE_FORMATS
from coder.workflows.reporting.quotes import READ_FIRST

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Return the folder of a study with six answers coded `pay`."""
    quoted_study(tmp_path / "study").close()
    return str(tmp_path / "study")


def content_of(path: Path) -> str:
    """Return all that a file holds as text, of a Word document every part."""
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_quotes_go_to_stdout_as_markdown(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Five of the six; on stderr that they must be read first."""
    assert cli.main(["quotes", folder, "--question", "Q1", "--theme", "Pay"]) == cli.DONE
    said = capsys.readouterr()
    assert said.out.startswith(f"# Small: quotes\n\n- {NOTE}\n- {READ_FIRST}\n")
    assert said.out.count("\n> “") == 5
    assert said.err == f"{READ_FIRST}\n"


@pytest.mark.parametrize("kind", QUOTE_FORMATS)
def test_a_file_holds_nothing_private(folder: str, tmp_path: Path, kind: str) -> None:
    """Neither private attributes nor who answered; but the study's note, and the warning."""
    path = tmp_path / f"quotes.{kind}"
    assert cli.main(["quotes", folder, "--all", "--with", "type, region", "--out", str(path)]) == cli.DONE
    found = content_of(path)
    assert not [place for place in range(1, 7) if CONTACT.format(place) in found or f"R{place}" in found]
    assert "contact" not in found
    assert "Isles" not in found
    assert NOTE in found
    assert "before publishing" in found
    assert "agencies last winter" in found


def test_all_are_no_three(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An option that would change nothing beside another is refused."""
    assert cli.main(["quotes", folder, "--all", "--most", "3"]) != cli.DONE
    assert "--most would change nothing" in capsys.readouterr().err


def test_options_reach_the_quotes(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """How many, of how many characters, with which attributes, by name."""
    asked = [
        "--most",
        "2",
        "--shorten",
        "20",
        "--with",
        "region",
        "--fewest",
        "1",
        "--ids",
        "--format",
        "json",
    ]
    assert cli.main(["quotes", folder, "--theme", "pay", *asked]) == cli.DONE
    quotes = json.loads(capsys.readouterr().out)[0]["quotes"]
    assert len(quotes) == 2
    assert all(len(quote["text"]) <= 20 and quote["respondent_id"] for quote in quotes)
    assert {*quotes[0]["attributes"]} == {"region"}


def test_for_excel_formulas_are_inert(folder: str, tmp_path: Path) -> None:
    """With --excel an answer that begins with an equals sign stays text."""
    path = tmp_path / "quotes.csv"
    assert cli.main(["quotes", folder, "--all", "--excel", "--out", str(path)]) == cli.DONE
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    assert next(row["quote"] for row in rows) == f"'{ANSWERS[0]}"


def test_a_terminal_gets_text(
    folder: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without markup, and no Word document."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert cli.main(["quotes", folder]) == cli.DONE
    assert "  “Adverts for social workers bring nobody at all”\n" in capsys.readouterr().out
    assert cli.main(["quotes", folder, "--format", "docx"]) == cli.FAILED
    assert "no text that a terminal could show" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--with", "contact"], "'contact' is private"),
        (["--theme", "Pya"], "Did you mean 'Pay'?"),
        (["--most", "0"], "--most is 0"),
        (["--out", "quotes.pdf"], "does not say which format"),
    ],
)
def test_what_cannot_be_done_is_told(
    folder: str, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to do instead."""
    assert cli.main(["quotes", folder, *arguments]) == cli.FAILED
    assert message in capsys.readouterr().err


def test_nothing_coded_is_told(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A theme that nobody mentions has no quotes, and whoever asks is told so."""
    assert cli.main(["quotes", folder, "--theme", "beds"]) == cli.DONE
    said = capsys.readouterr()
    assert "No answer is coded so." in said.err
    assert READ_FIRST not in said.err
    assert "0 quotes of 0 answers" in said.out
