"""Commands on a study where nothing can be written: what reads works, what writes says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest
from read_only_places import contents, forbid_writing, on_read_only_disk, study_with_log

from coder import cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READING = (
    ("tables", "--format", "csv"),
    ("quotes", "--format", "csv"),
    ("check",),
    ("codings", "export", "--format", "csv"),
    ("codings", "export", "--format", "json"),
    ("codebook", "show"),
    ("codebook", "check"),
    ("codebook", "export"),
    ("codebook", "history"),
    ("codebook", "plan"),
    ("suggestions", "report"),
)
CHANGING = (
    ("check", "--repair"),
    ("codebook", "apply", "--retire", "beds", "--yes"),
    ("codebook", "undo", "--yes"),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make a study that can only be read and go there; afterwards it is as it was, and no copy is left."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    study = study_with_log(tmp_path / "study")
    forbid_writing(monkeypatch, study)
    monkeypatch.chdir(study)
    before = contents(study)
    yield study
    assert contents(study) == before


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_what_reads_works(folder: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Each command prints what it prints of a copy of the folder that can be written to."""
    assert cli.main(command) == cli.DONE
    printed = capsys.readouterr().out
    os.chdir(shutil.copytree(folder, folder.with_name("copy") / "study"))
    assert cli.main(command) == cli.DONE
    there = capsys.readouterr().out
    # The time at which it was made.
    assert [line.partition("; made ")[0] for line in printed.splitlines()] == [
        line.partition("; made ")[0] for line in there.splitlines()
    ]


@pytest.mark.usefixtures("folder")
def test_codings_of_the_log_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Those that stand in study.db-wal alone are exported with the others."""
    assert cli.main(["codings", "export", "--format", "csv"]) == cli.DONE
    assert len(capsys.readouterr().out.splitlines()) == 1 + 3


@pytest.mark.parametrize("command", CHANGING, ids=" ".join)
def test_what_changes_says_so(
    folder: Path, command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command says at once that the study is read only, and how it can be coded all the same."""
    assert cli.main(command) == cli.FAILED
    assert f"This study is read only: copy {folder} to" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_codings_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are refused before the file is looked at."""
    assert cli.main(["codings", "import", ".", str(tmp_path / "none.csv")]) == cli.FAILED
    assert "This study is read only" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_a_new_study_inside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused before the survey is looked at."""
    assert cli.main(["new", "inner", "--from", str(tmp_path / "none.csv")]) == cli.FAILED
    assert "inner cannot be made" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_the_report_goes_where_one_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By default it would come to lie in the study: that is said, and nothing is worked out in vain."""
    assert cli.main(["report"]) == cli.FAILED
    error = capsys.readouterr().err
    assert "report.docx would be written into the study's folder, which is read only." in error
    assert "--out" in error
    assert cli.main(["report", "--no-charts", "--out", str(tmp_path / "mine.html")]) == cli.DONE
    assert (tmp_path / "mine.html").exists()


@pytest.mark.usefixtures("folder")
def test_the_data_set_goes_where_one_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So does the coded data set, whose folder is here by default."""
    assert cli.main(["codings", "export", "--format", "dataset"]) == cli.FAILED
    assert "dataset would be written into the study's folder" in capsys.readouterr().err
    assert cli.main(["codings", "export", "--format", "dataset", "--out", str(tmp_path / "set")]) == cli.DONE
    assert (tmp_path / "set" / "codes.csv").exists()


def test_a_codebook_that_differs_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables are of the version in use; that the file says something else is said beside them."""
    path = folder / "codebook.yaml"
    source = path.read_bytes()
    times = path.stat()
    path.write_bytes(source.replace(b"label: Pay", b"label: Wages"))
    assert cli.main(["tables", "--format", "csv"]) == cli.DONE
    printed = capsys.readouterr()
    assert "Wages" not in printed.out
    assert "codebook.yaml is not the version of the codebook in use" in printed.err
    path.write_bytes(source)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def started(folder: Path, temporary: Path, *arguments: str, before: tuple[str, ...] = ()) -> str:
    """Run a command as a program of its own; return what it prints."""
    temporary.mkdir()
    temporary.chmod(0o777)
    command = [*before, sys.executable, "-m", "coder", *arguments, str(folder)]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "TMPDIR": str(temporary)}
    )
    assert not list(temporary.iterdir())
    return f"{run.stdout}{run.stderr}"


def test_on_a_disk_that_is_mounted_read_only(tmp_path: Path) -> None:
    """The system forbids to write: what reads works, what writes says so."""
    with on_read_only_disk(tmp_path / "disk") as study:
        before = contents(study)
        assert "Beds" in started(study, tmp_path / "1", "tables", "--format", "csv")
        assert "whole and consistent" in started(study, tmp_path / "2", "check")
        assert "read only" in started(study, tmp_path / "3", "check", "--repair")
        assert contents(study) == before


def test_permissions_that_forbid_to_write(tmp_path: Path) -> None:
    """Somebody who may read and not write reads it, and what they read goes."""
    study = study_with_log(tmp_path / "study")
    for path in study.iterdir():
        path.chmod(0o444)
    study.chmod(0o555)
    # Root may write whatever the permissions say, unless it is started without that right.
    without_right = () if os.getuid() else ("setpriv", "--bounding-set=-dac_override")
    probe = [*without_right, "test", "!", "-w", str(study)]
    if shutil.which(probe[0]) is None or subprocess.run(probe, check=False).returncode:
        pytest.skip("root keeps the right to write everything here")
    before = contents(study)
    assert "Beds" in started(study, tmp_path / "1", "tables", "--format", "csv", before=without_right)
    assert "read only" in started(study, tmp_path / "2", "check", "--repair", before=without_right)
    assert contents(study) == before
