"""Survey files that are damaged or made to do harm: each is one clear error, or is read."""

from __future__ import annotations

import datetime as dt
import os
import random
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import guarded_readers
import pytest
from hostile_files import archive, endless_ods, far_cell, text_rows, with_stated_size, workbook

from coder.errors import CancelledError, CoderError
from coder.formats.shared import guarded
from coder.formats.shared.guarded import read_guarded
from coder.formats.surveys.reading import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

MUTATIONS = 200


def fault(path: Path, content: bytes) -> CoderError:
    """Write a file that cannot be read and return the error."""
    path.write_bytes(content)
    with pytest.raises(CoderError) as caught:
        read_rows(path)
    return caught.value


@pytest.mark.parametrize(
    ("dimension", "at"),
    [
        ("", "worksheets/sheet1.xml"),
        ("A1:B4", "worksheets/sheet1.xml"),
        ("A1:XFD1048576", "worksheets/sheet1.xml"),
        ("A1:B4", "elsewhere/data.xml"),
    ],
    ids=["no dimension", "lying dimension", "true dimension", "sheet elsewhere"],
)
def test_a_far_cell_is_named(tmp_path: Path, dimension: str, at: str) -> None:
    """A stray cell whose empty neighbours would fill the memory is named, wherever the sheet lies."""
    error = fault(tmp_path / "survey.xlsx", archive(workbook(far_cell(dimension), at)))
    assert error.message == "survey.xlsx: a stray cell near XFD1048576 makes a sheet too large to read."
    assert "Delete the rows and columns beyond the table" in error.hint


def test_a_dimension_alone_does_no_harm(tmp_path: Path) -> None:
    """What a sheet says of its size is not believed: formats without content may reach that far."""
    path = tmp_path / "survey.xlsx"
    path.write_bytes(archive(workbook(far_cell("A1:XFD1048576", "B4"))))
    assert read_rows(path).rows == [["a2", "b2"], ["a3", "b3"], ["", "1"]]


def test_a_sheet_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cut off OpenDocument sheet, which calamine reads for ever, is refused after a while."""
    monkeypatch.setattr(guarded, "SECONDS", 1)
    error = fault(tmp_path / "survey.ods", endless_ods())
    assert error.message == "survey.ods could not be read in 1 seconds: it is damaged."


def test_an_archive_that_says_it_is_too_large_is_refused(tmp_path: Path) -> None:
    """A zip bomb that tells its size is not unpacked."""
    bomb = with_stated_size(archive(workbook(far_cell())), "xl/worksheets/sheet1.xml", 3 * 2**30)
    error = fault(tmp_path / "survey.xlsx", bomb)
    assert error.message == "survey.xlsx unpacks to 3.0 GB; the limit is 2 GB."


@pytest.mark.parametrize("megabytes", [1, 100])
def test_an_archive_that_lies_about_its_size_is_refused(tmp_path: Path, megabytes: int) -> None:
    """A zip bomb that says it is small is unpacked no further than it says."""
    files = workbook("<!--" + " " * megabytes * 2**20 + "-->" + far_cell("A1:B4", "B4"))
    bomb = with_stated_size(archive(files), "xl/worksheets/sheet1.xml", 1_000)
    started = time.monotonic()
    error = fault(tmp_path / "survey.xlsx", bomb)
    assert error.message == "survey.xlsx is damaged: a part of it is larger than it says."
    assert time.monotonic() - started < 5


def test_text_that_multiplies_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One long shared text in very many cells does not fill the memory."""
    monkeypatch.setattr(guarded, "MOST_MEMORY", 2**29)
    monkeypatch.setattr(guarded, "MOST_SENT", 2**26)
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(1, 2_000)
    )
    files = workbook(f"<sheetData>{cells}</sheetData>")
    text = "x" * 500_000
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    files["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}"><si><t>{text}</t></si></sst>'
    relations = files["xl/_rels/workbook.xml.rels"]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    shared = f'<Relationship Id="r2" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    files["xl/_rels/workbook.xml.rels"] = relations.replace("</Relationships>", shared)
    assert "of memory" in fault(tmp_path / "survey.xlsx", archive(files)).message


def good_sav(path: Path) -> bytes:
    """Write an SPSS file with texts, labels, numbers and dates, and return what it holds."""
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame(
        {
            "id": [f"A{n}" for n in range(20)],
            "agree": [1.0, 2.0] * 10,
            "when": pd.to_datetime(["2023-09-04"] * 20),
            "q1": ["Long waits, and no beds " * 15] * 20,
        }
    )
    labels = {"agree": {1.0: "Yes", 2.0: "No"}}
    pyreadstat.write_sav(frame, path, variable_value_labels=labels, column_labels=["", "Agree?", "", "What?"])
    return path.read_bytes()


def mutated(content: bytes, choices: random.Random) -> bytes:
    """Change some bytes of a file, mostly of its beginning, or cut it off."""
    changed = bytearray(content)
    for _ in range(choices.choice([1, 2, 4, 16])):
        at = choices.randrange(8, choices.choice([400, len(changed)]))
        changed[at] = choices.choice([0, 1, 0x7F, 0x80, 0xFF, choices.randrange(256)])
    return bytes(changed[: choices.randrange(100, len(changed))] if choices.random() < 0.1 else changed)


def test_no_damaged_spss_file_ends_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a mutated .sav does to the library that reads it, the program goes on and says what it is."""
    monkeypatch.setattr(guarded, "SECONDS", 5)
    package = Path(guarded.__file__).parents[3]
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(Path(guarded_readers.__file__).parent), str(package)])
    )
    content, choices = good_sav(tmp_path / "good.sav"), random.Random(11)  # noqa: S311 - the same files each time
    names = [f"{number}.sav" for number in range(MUTATIONS)]
    for name in names:
        (tmp_path / name).write_bytes(mutated(content, choices))
    outcomes: list[str] = []
    crashes = 0
    while len(outcomes) < MUTATIONS:
        try:
            read_guarded(guarded_readers.each_of, tmp_path, outcomes.append, names=names[len(outcomes) :])
        except CoderError as error:
            crashes += 1
            outcomes.append(error.message)
    assert any(outcome == "21 rows" for outcome in outcomes)
    assert any("cannot be read as an SPSS file" in outcome for outcome in outcomes)
    assert crashes < MUTATIONS / 4


def test_a_date_out_of_range_is_no_crash(tmp_path: Path) -> None:
    """A date that no calendar has is an error that names the file, or is read."""
    path = tmp_path / "survey.sav"
    seconds = (dt.date(2023, 9, 4) - dt.date(1582, 10, 14)).days * 86_400
    stored = struct.pack("<d", seconds)
    content = good_sav(path)
    assert stored in content
    for wild in (seconds * 100.0, -seconds * 100.0, 1e300, float("inf"), float("nan")):
        path.write_bytes(content.replace(stored, struct.pack("<d", wild), 1))
        with suppress(CoderError):
            assert len(read_rows(path).rows) == 20


def test_progress_is_told(tmp_path: Path) -> None:
    """Reading a workbook tells how far it has come, and of how many rows."""
    path = tmp_path / "survey.xlsx"
    rows = text_rows([("id", "answer"), *((f"a{n}", f"b{n}") for n in range(1_800))])
    path.write_bytes(archive(workbook(f"<sheetData>{rows}</sheetData>")))
    told: list[tuple[int, int | None]] = []
    read_rows(path, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (1801, 1801)
    assert {(500, 1801), (1000, 1801), (1500, 1801)} <= set(told)


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    """Whoever cancels need not wait for the library."""
    path = tmp_path / "survey.ods"
    path.write_bytes(endless_ods())

    def cancel(_done: int, _total: int | None) -> None:
        raise CancelledError

    started = time.monotonic()
    with pytest.raises(CancelledError):
        read_rows(path, progress=cancel)
    assert time.monotonic() - started < 2


def test_a_csv_needs_no_other_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text is read as before, at no cost."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("subprocess.Popen", refuse)
    path = tmp_path / "survey.csv"
    path.write_text("id,q1\nA1,beds\n")
    assert read_rows(path).rows == [["A1", "beds"]]


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, lambda path: path.symlink_to("/dev/zero")],
    ids=["pipe", "device"],
)
@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no devices to link to")
def test_what_is_no_ordinary_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A pipe, into which nobody may ever write, and a device, which may never end, are not opened."""
    path = tmp_path / "survey.csv"
    make(path)
    with pytest.raises(CoderError, match=r"survey\.csv is not an ordinary file"):
        read_rows(path)


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    """It is not read at all."""
    path = tmp_path / "survey.csv"
    with path.open("wb") as file:
        file.truncate(5 * 2**30)
    with pytest.raises(CoderError, match=r"survey\.csv has 5,120 MB; the limit is 1,024 MB"):
        read_rows(path)
