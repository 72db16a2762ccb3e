"""The files of a study that is open: what becomes of them is noticed before the next change."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.errors import CoderError, NotSavedError
from coder.store import checks
from coder.store.opening import complaints
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coder.workflows.study.study import Study


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Give an open study with two codings."""
    small = small_study(tmp_path / "study")
    CodingSession(small, "jo").toggle(1, "pay")
    CodingSession(small, "jo").toggle(2, "pay")
    yield small
    small.close()


def beside(study: Study, part: str) -> Path:
    """Return the path of the write-ahead log (`wal`) or of its index (`shm`)."""
    return study.folder / f"study.db-{part}"


def refuses(study: Study) -> None:
    """Make sure that a change is refused, and that it does not stand."""
    steps = study.database.value("SELECT COUNT(*) FROM step")
    with pytest.raises(NotSavedError, match=r"^Not saved: .*study\.db"):
        CodingSession(study, "jo").toggle(3, "beds")
    assert study.database.value("SELECT COUNT(*) FROM step") == steps


@pytest.mark.parametrize("part", ["wal", "shm"])
def test_a_log_that_was_removed_is_noticed(study: Study, part: str) -> None:
    """What would go into a file without a name is refused; what was saved before is there afterwards."""
    beside(study, part).unlink()
    refuses(study)
    refuses(study)
    study.close()
    with closing(open_study(study.folder)) as again:
        assert checks.faults(again.database) == []
        assert again.database.value("SELECT COUNT(*) FROM coding") == 2


@pytest.mark.parametrize("part", ["wal", "shm"])
def test_a_log_that_was_replaced_is_noticed(study: Study, tmp_path: Path, part: str) -> None:
    """A copy under the same name is not the file that SQLite goes on writing to."""
    shutil.copy(beside(study, part), tmp_path / "copy")
    (tmp_path / "copy").replace(beside(study, part))
    refuses(study)
    study.close()
    with closing(open_study(study.folder)) as again:
        assert checks.faults(again.database) == []
        assert again.database.value("SELECT COUNT(*) FROM coding") == 2


def test_a_log_that_was_put_back_is_used(study: Study, tmp_path: Path) -> None:
    """Once the file itself is there again, changes are saved."""
    beside(study, "wal").rename(tmp_path / "away")
    refuses(study)
    (tmp_path / "away").rename(beside(study, "wal"))
    CodingSession(study, "jo").toggle(3, "beds")
    assert checks.faults(study.database) == []


def test_a_log_written_over_in_place_is_noticed(study: Study) -> None:
    """An emptied log, one cut off, one of another study: the file is the same, its content is not."""
    log = beside(study, "wal")
    content = log.read_bytes()
    for other in (b"", content[:4096], content[:12] + bytes(len(content) - 12), bytes(len(content) * 2)):
        log.write_bytes(other)
        refuses(study)
        log.write_bytes(content)
    CodingSession(study, "jo").toggle(3, "beds")
    assert checks.faults(study.database) == []


def test_a_log_begun_anew_is_in_order(study: Study) -> None:
    """However often the programs at work empty the log or begin it anew, changes are saved."""
    with closing(open_study(study.folder)) as other:
        for number in range(24):
            here = (study, other)[number // 4 % 2]
            kind = ("PASSIVE", "RESTART", "TRUNCATE", "FULL")[number % 4]
            here.database.rows(f"PRAGMA wal_checkpoint({kind})")
            CodingSession(here, "jo").toggle_flag(2)
    for _ in range(3):
        with closing(sqlite3.connect(study.folder / "study.db")) as stranger:
            stranger.execute("PRAGMA wal_checkpoint(PASSIVE)")
        CodingSession(study, "jo").toggle_flag(3)
    assert checks.faults(study.database) == []


FULL = """
import resource, signal, sys
from pathlib import Path
from coder.errors import CoderError
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
study = open_study(Path(sys.argv[1]))
session = CodingSession(study, "jo")
session.write_memo(1, "saved")
size = (Path(sys.argv[1]) / "study.db-wal").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 5000, resource.RLIM_INFINITY))
try:
    session.write_memo(1, "long " * 20_000)
except CoderError as error:
    print(type(error).__name__, error)
print("stands:", session.standing(1).memo[:10])
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
session.write_memo(1, "room again")
print("then:", session.standing(1).memo)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file size there")
def test_a_file_that_may_not_grow(study: Study) -> None:
    """The message says what is the matter, not to run a check; with room the work goes on."""
    command = [sys.executable, "-c", FULL, str(study.folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    first, *_ = lines = run.stdout.splitlines()
    assert first.startswith("NotSavedError Not saved: ")
    assert "quota" in run.stdout
    assert "coder check" not in run.stdout
    assert lines[-2:] == ["stands: saved", "then: room again"]
    assert checks.faults(study.database) == []


def test_a_full_disk_says_how_much_to_free(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every kind of error that a full disk gives rise to, the hint tells how much is free, and where."""
    monkeypatch.setattr(complaints, "_free_mb", lambda _: 0.3)
    for name in ("FULL", "IOERR", "IOERR_WRITE", "IOERR_FSYNC", "IOERR_SHMSIZE"):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = getattr(sqlite3, f"SQLITE_{name}")
        hint = complaints.advice(error, study.database.path)
        assert hint.startswith(f"The disk is full. Make room for {study.folder} (0.3 MB are free")
        assert "check" not in hint


def test_a_failing_disk_is_told_from_a_full_one(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is room, the disk itself is the matter; where its folder is gone, that."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    monkeypatch.setattr(complaints, "_free_mb", lambda _: 900.0)
    assert "900 MB are free: it failed" in complaints.advice(error, study.database.path)
    monkeypatch.setattr(complaints, "_free_mb", lambda _: None)
    assert "not there any more" in complaints.advice(error, study.database.path)


def test_the_check_itself_never_advises_a_check(study: Study) -> None:
    """What is wrong with a file that cannot be read is told once, with something else to do."""
    study.close()
    path = study.database.path
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(CoderError) as caught:
        open_study(study.folder)
    assert "Restore a copy" in caught.value.hint
