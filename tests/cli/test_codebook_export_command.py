"""`coder codebook export`: what it writes, and where."""

from __future__ import annotations

import io
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import CODEBOOK, small_study

from coder import cli
from coder.formats.codebooks.reading import import_codebook
from coder.formats.codebooks.yaml.yaml_text import write_codebook

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small study."""
    with closing(small_study(tmp_path / "study")) as study:
        return study.folder


@pytest.mark.parametrize("kind", ["yaml", "csv", "xlsx", "md", "qdc"])
def test_a_studys_codebook_goes_to_a_file_by_its_name(folder: Path, kind: str) -> None:
    """The suffix says which format; what is written reads back."""
    out = folder / f"out.{kind}"
    assert cli.main(["codebook", "export", str(folder), "--out", str(out)]) == cli.DONE
    assert import_codebook(out).codebook == CODEBOOK


def test_a_document_says_which_version_it_is(folder: Path) -> None:
    """An annex names the version of the codebook and its date."""
    import docx

    out = folder / "annex.docx"
    assert cli.main(["codebook", "export", str(folder), "--out", str(out)]) == cli.DONE
    texts = [paragraph.text for paragraph in docx.Document(str(out)).paragraphs]
    assert texts[0] == "Small"
    assert texts[1].startswith("Version 1 of the codebook, ")


def test_text_goes_to_stdout(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file the codebook is printed; YAML as it stands, comments and all."""
    path = folder / "themes.yaml"
    path.write_text("# Ours\n" + write_codebook(CODEBOOK), "utf-8")
    assert cli.main(["codebook", "export", str(path)]) == cli.DONE
    assert capsys.readouterr().out == path.read_text("utf-8")
    assert cli.main(["codebook", "export", str(path), "--format", "md"]) == cli.DONE
    assert capsys.readouterr().out.startswith("# Small\n\n## People\n")


def test_a_workbook_does_not_go_to_a_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes go to a pipe, and on a terminal are refused with the way out."""
    command = ["codebook", "export", str(folder), "--format", "xlsx"]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert cli.main(command) == cli.FAILED
    assert "--out codebook.xlsx" in capsys.readouterr().err


def test_a_workbook_goes_to_a_pipe(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Where stdout is no terminal it gets the bytes."""
    import openpyxl

    assert cli.main(["codebook", "export", str(folder), "--format", "xlsx"]) == cli.DONE
    workbook = openpyxl.load_workbook(io.BytesIO(capsysbinary.readouterr().out))
    assert workbook.sheetnames == ["Themes"]


def test_another_name_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file whose name says no format that there is needs --format."""
    assert cli.main(["codebook", "export", str(folder), "--out", "book.odt"]) == cli.FAILED
    assert "--format" in capsys.readouterr().err


def test_an_encoding_can_be_given_wherever_a_table_of_themes_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Show, check and a new study read a CSV of themes in the encoding that a person names."""
    themes = tmp_path / "themes.csv"
    themes.write_bytes("theme\nЖизнь\n".encode("cp1251"))
    for command in ("show", "check"):
        assert cli.main(["codebook", command, str(themes), "--encoding", "cp1251"]) == cli.DONE
        assert cli.main(["codebook", command, str(themes), "--encoding", "utf-8"]) != cli.DONE
    assert "Жизнь" in capsys.readouterr().out
    survey = tmp_path / "survey.csv"
    texts = [f"{n},We wait far too long for bed {n} in the north" for n in range(12)]
    survey.write_text("\n".join(["id,comments", *texts]), encoding="utf-8")
    new = ["new", str(tmp_path / "study"), "--from", str(survey), "--codebook", str(themes), "--no-open"]
    assert cli.main([*new, "--codebook-encoding", "utf-8"]) != cli.DONE
    assert cli.main([*new, "--codebook-encoding", "cp1251"]) == cli.DONE
    assert "Жизнь" in (tmp_path / "study" / "codebook.yaml").read_text(encoding="utf-8")
