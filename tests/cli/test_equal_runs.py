"""Two equal runs give equal files, of every format, on whatever day they are made."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from making import small_study
from report_study import twice_coded

from coder import cli
from coder.formats.disagreements.registry import SHEET_FORMATS
from coder.formats.quotes.registry import QUOTE_FORMATS
from coder.formats.report.registry import REPORT_FORMATS
from coder.formats.tables.registry import TABLE_FORMATS
from coder.workflows.study.made_moments import day_made, moment_made

if TYPE_CHECKING:
    from pathlib import Path

EPOCH = "1000000000"
"""2001-09-09T01:46:40Z."""
THEN = "2001-09-09"

COMMANDS = (
    *(("tables", kind) for kind in TABLE_FORMATS),
    *(("agreement", kind) for kind in TABLE_FORMATS),
    *(("quotes", kind) for kind in QUOTE_FORMATS),
    *(("report", kind) for kind in REPORT_FORMATS),
    *(("disagreements", kind) for kind in SHEET_FORMATS),
    *(("codings export", kind) for kind in ("csv", "json", "sav")),
    *(("codebook export", kind) for kind in ("csv", "md", "docx", "xlsx", "qdc")),
)
DATED = {"tables", "agreement", "quotes", "report", "disagreements"}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a study that two people coded."""
    twice_coded_study = twice_coded(tmp_path_factory.mktemp("study") / "study")
    twice_coded_study.close()
    return twice_coded_study.folder


def written(study: Path, folder: Path, command: str, kind: str, *more: str) -> bytes:
    """Run a command that writes a file; return what it wrote."""
    folder.mkdir(exist_ok=True)
    path = folder / f"file.{kind}"
    out = [str(path)] if command == "codings export" else ["--out", str(path)]
    assert cli.main([*command.split(), str(study), *out, *more]) == cli.DONE
    return path.read_bytes()


def contents(content: bytes) -> list[tuple[str, datetime | None, bytes]]:
    """Return the files in an archive with their moments, or a file that is none."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return [("", None, content)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [
            (entry.filename, datetime(*entry.date_time, tzinfo=UTC), archive.read(entry))
            for entry in archive.infolist()
        ]


@pytest.mark.parametrize(("command", "kind"), COMMANDS)
def test_nothing_tells_of_the_day_of_the_run(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, kind: str
) -> None:
    """With `SOURCE_DATE_EPOCH` two runs are equal, and neither has today in it, not as an archive's stamp."""
    day = datetime.now(UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    first = written(study, tmp_path / "first", command, kind)
    assert written(study, tmp_path / "second", command, kind) == first
    for name, moment, content in contents(first):
        assert moment is None or day - moment > timedelta(days=1), name
        if kind == "sav":
            assert content[92:109] == b"01 Jan 7000:00:00"
        # A codebook is of the day of its version, and a report says when the codings were made.
        if command in {"tables", "disagreements"} or (name == "docProps/core.xml" and command in DATED):
            assert f"{day:%Y-%m-%d}".encode() not in content, name
    if command in {"tables", "agreement"} and kind not in {"xlsx", "docx", "pptx"}:
        assert THEN.encode() in first.replace(b"-{}", b"-")


@pytest.mark.parametrize("kind", TABLE_FORMATS)
def test_a_date_goes_before_the_environment(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """`--date` names the day, and it stays a day: no hour is made up."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    dated = written(study, tmp_path / "dated", "tables", kind, "--date", "2020-02-29")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert written(study, tmp_path / "again", "tables", kind, "--date", "2020-02-29") == dated
    said = b"".join(content for _, _, content in contents(dated)).replace(b"-{}", b"-")
    assert b"made 2020-02-29 with" in said or b'"made": "2020-02-29"' in said
    assert THEN.encode() not in said


@pytest.mark.parametrize(
    ("stated", "moment"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T17:30:05Z", "2026-11-22T17:30:05Z"),
        ("2026-11-22T17:30:05+02:00", "2026-11-22T15:30:05Z"),
    ],
)
def test_what_may_be_stated(stated: str, moment: str) -> None:
    """A day, or a moment of any zone."""
    assert moment_made(stated) == moment
    assert day_made(stated).isoformat() == "2026-11-22"


@pytest.mark.parametrize("seconds", ["yesterday", "1e9", "99999999999999999999"])
def test_an_epoch_that_is_none_is_refused(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], seconds: str
) -> None:
    """To go on with the present would look right, and make two equal runs differ."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    assert cli.main(["tables", str(study)]) == cli.FAILED
    assert f"SOURCE_DATE_EPOCH is '{seconds}'" in capsys.readouterr().err


def test_a_date_that_is_none_is_refused(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With how to write it."""
    assert cli.main(["tables", str(study), "--date", "22/11/2026"]) == cli.FAILED
    assert "'22/11/2026' is no date" in capsys.readouterr().err


def test_thousands_are_parted_in_every_note(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No number of four digits stands bare in tables of 4,321 respondents, but for the year."""
    texts = [["Beds and staff"] if number % 3 else [""] for number in range(4_321)]
    study = small_study(tmp_path / "many", texts=texts)
    study.close()
    frame = tmp_path / "many" / "frame.csv"
    frame.write_text("attribute,value,total\nregion,North,2200\nregion,South,2300\n")
    tables = (
        '\n[[table]]\nwhat = "responses"\nby = "region"\nframe = "frame.csv"\n'
        '\n[[table]]\nwhat = "region"\nexclude = ["North"]\n'
        '\n[[table]]\nwhat = "Q1"\nby = "region"\nlow = 3000\nsuppress = 2000\n'
        '\n[[table]]\nwhat = "Q1"\n'
    )
    with (tmp_path / "many" / "study.toml").open("a") as settings:
        settings.write(tables)
    options = ["--format", "md", "--zeros", "--base", "read", "--date", "2020-02-29"]
    assert cli.main(["tables", str(tmp_path / "many"), *options]) == cli.DONE
    out = capsys.readouterr().out.replace("made 2020-02-29 with", "")
    assert len(re.findall(r"\d,\d{3}", out)) > 10
    assert re.findall(r"(?<![\d,])\d{4,}", out) == []
