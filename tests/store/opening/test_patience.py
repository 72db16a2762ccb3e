"""A change that waits for another program tells after a second, can be given up, and ends with an error."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder import cli
from coder.errors import BusyError
from coder.store.database import Database, rehearsal
from coder.store.opening import lock_holder, patience
from coder.store.opening.held import is_held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Open a small study's database, which another program holds."""
    small_study(tmp_path / "study").close()
    path = tmp_path / "study" / "study.db"
    with (
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
        closing(Database.open(path)) as database,
    ):
        other.execute("BEGIN IMMEDIATE")
        _OTHERS[id(database)] = other
        yield database


def other_of(database: Database) -> sqlite3.Connection:
    """Return the other program's connection to a database."""
    return _OTHERS[id(database)]


_OTHERS: dict[int, sqlite3.Connection] = {}


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return for how many seconds it was told that a change waits."""
    seconds: list[float] = []
    monkeypatch.setattr(patience, "_listeners", [lambda waited, _holder: seconds.append(waited)])
    monkeypatch.setattr(patience, "_SILENT_SECONDS", 0.2)
    return seconds


def test_a_short_wait_is_not_told(database: Database, waits: list[float]) -> None:
    """What is saved within a second needs no words."""
    database.patience = 0.1
    with pytest.raises(BusyError), database.transaction():
        pass
    assert waits == []


def test_a_longer_wait_is_told_again_and_again(database: Database, waits: list[float]) -> None:
    """Until the study is free; then the change is made."""
    release = threading.Timer(0.8, other_of(database).execute, ["ROLLBACK"])
    release.start()
    with database.transaction():
        database.set_setting("tried", "yes")
    release.join()
    assert database.setting("tried") == "yes"
    assert len(waits) > 1
    assert waits == sorted(waits)
    assert waits[0] >= 0.2


def test_whoever_is_told_can_give_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C ends the waiting in a moment: nothing has been changed, and the database can be used."""

    def interrupt(_waited: float, _holder: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(patience, "_listeners", [interrupt])
    monkeypatch.setattr(patience, "_SILENT_SECONDS", 0.2)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), database.transaction():
        pytest.fail("It was begun.")
    assert time.monotonic() - began < 2
    other_of(database).execute("ROLLBACK")
    with database.transaction():
        database.set_setting("tried", "yes")


def test_the_end_of_patience_is_a_clear_error(database: Database) -> None:
    """For changes and for plans, which try a change out; once the study is free, both work."""
    database.patience = 0.2
    assert is_held(database)
    with pytest.raises(BusyError, match="another program") as caught, database.transaction():
        pass
    assert "Try again" in caught.value.hint
    with pytest.raises(BusyError, match="another program"), rehearsal(database):
        pass
    other_of(database).execute("ROLLBACK")
    assert not is_held(database)
    with rehearsal(database):
        database.set_setting("tried", "yes")
    assert database.setting("tried") is None


def test_the_program_that_writes_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the system's table of locks, where there is one; whoever only waits or reads is not."""
    path = tmp_path / "study.db"
    path.touch()
    status = path.stat()
    file = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    monkeypatch.setattr(lock_holder, "LOCK_TABLE", tmp_path / "locks")
    assert lock_holder.holder_of(path) == ""
    (tmp_path / "locks").write_text(
        f"""1: POSIX  ADVISORY  READ 4000001 {file} 123 123
1: -> POSIX  ADVISORY  WRITE 4000002 {file} 120 120
2: POSIX  ADVISORY  WRITE {os.getpid()} {file} 120 120
3: POSIX  ADVISORY  WRITE 4000003 08:02:1 120 120
4: POSIX  ADVISORY  WRITE 4000004 {file} 120 120
"""
    )
    assert lock_holder.holder_of(path) == "process 4000004"
    (tmp_path / "locks").write_text("nonsense\n1: POSIX ADVISORY WRITE x y 1 1\n")
    assert lock_holder.holder_of(path) == ""


def test_a_command_says_that_it_waits(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a second, once where no terminal shows a line of it; at the end comes a clear error."""
    monkeypatch.setattr("coder.store.database.BUSY_SECONDS", 1.5)
    folder = database.path.parent
    code = cli.main(["codebook", "plan", str(folder), "--rename", "beds=Wards"])
    said = capsys.readouterr().err
    assert code == cli.FAILED
    assert said.count("Waiting for another program that is writing to the study") == 1
    assert "Not saved: another program" in said


def test_a_command_that_waits_ends_by_ctrl_c(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says that nothing was changed."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coder.cli.plain_output.say_wait", interrupt)
    code = cli.main(["codebook", "apply", str(database.path.parent), "--rename", "beds=Wards", "--yes"])
    assert code == cli.CANCELLED
    assert "Nothing was changed" in capsys.readouterr().err
