"""A database that cannot be written to is read from a copy: of one moment, private, and gone afterwards."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from read_only_places import contents, forbid_writing, on_read_only_disk, study_with_log

from coder.errors import CoderError, ReadOnlyError
from coder.store import codings
from coder.store.database import Database, open_to_read, remember
from coder.store.opening import private_folders, read_copies
from coder.store.opening.private_folders import make_private_folder, sweep_private_folders

if TYPE_CHECKING:
    from coder.store.opening.private_folders import PrivateFolder

HOLDS = """
import os, sys, time
from coder.store.opening.private_folders import make_private_folder
folder = make_private_folder()
(folder.path / "study.db").write_text("answers")
print(folder.path, flush=True)
exec(sys.argv[1])
"""
"""A program that has a private folder, then does what it is told."""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder for temporary files, also of programs that are started."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a study with codings in its log alone, where nothing can be written."""
    study = study_with_log(tmp_path / "study")
    forbid_writing(monkeypatch, study)
    return study


def coded(database: Database) -> list[tuple[int, str]]:
    """Return which responses have which themes."""
    return sorted((coding.response, coding.theme_id) for coding in codings.all_codings(database, "jo"))


def holding(then: str) -> tuple[subprocess.Popen[str], Path]:
    """Start a program that has a private folder; return it, and where the folder is."""
    program = subprocess.Popen([sys.executable, "-c", HOLDS, then], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    return program, Path(program.stdout.readline().strip())


def test_codings_that_stand_in_the_log_alone_are_read(folder: Path, temporary: Path) -> None:
    """What was coded last is there, which SQLite's `immutable` leaves out; nothing is written beside it."""
    before = contents(folder)
    with closing(sqlite3.connect(f"{(folder / 'study.db').as_uri()}?mode=ro&immutable=1", uri=True)) as bare:
        assert bare.execute("SELECT COUNT(*) FROM coding").fetchone() == (1,)
    with closing(Database.open(folder / "study.db")) as database:
        assert coded(database) == [(1, "pay"), (1, "staff"), (3, "beds")]
    with closing(open_to_read(folder / "study.db")) as database:
        assert len(coded(database)) == 3
    assert contents(folder) == before
    assert not list(temporary.iterdir())


def test_on_a_disk_that_is_mounted_read_only(tmp_path: Path, temporary: Path) -> None:
    """The same, where the system itself forbids to write."""
    with (
        on_read_only_disk(tmp_path / "disk") as study,
        closing(Database.open(study / "study.db")) as database,
    ):
        assert coded(database) == [(1, "pay"), (1, "staff"), (3, "beds")]
    assert not list(temporary.iterdir())


def test_a_place_of_which_only_sqlite_finds_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system says that one may write, and SQLite that it may not, a copy is read as well."""
    study, connect = study_with_log(tmp_path / "study"), sqlite3.connect

    def forbidden(path: object, *args: object, **kwargs: object) -> sqlite3.Connection:
        connection = connect(path, *args, **kwargs)  # type: ignore[call-overload]
        if path == study / "study.db":
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA user_version = 1")
        assert isinstance(connection, sqlite3.Connection)
        return connection

    monkeypatch.setattr(sqlite3, "connect", forbidden)
    with closing(Database.open(study / "study.db")) as database:
        assert database.copy is not None
        assert len(coded(database)) == 3


def test_every_change_is_refused_with_what_to_do(folder: Path) -> None:
    """A transaction says that the study is read only, and where; how one looks at it may be remembered."""
    with closing(Database.open(folder / "study.db")) as database:
        with (
            pytest.raises(ReadOnlyError, match=f"read only: copy {folder} ") as caught,
            database.transaction(),
        ):
            pytest.fail("was begun")
        assert "Nothing was changed" in caught.value.hint
        remember(database, "screen.theme", "dark")
        assert database.setting("screen.theme") == "dark"
    with closing(Database.open(folder / "study.db")) as database:
        assert database.setting("screen.theme") is None


def test_the_copy_is_private(folder: Path, temporary: Path) -> None:
    """Only the user can look into the folder."""
    with closing(Database.open(folder / "study.db")):
        (private,) = temporary.iterdir()
        assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_what_changes_meanwhile_is_copied_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A colleague who saves while the files are copied: the copy is of after that, and whole."""
    copy, times = read_copies._copy, 0

    def copy_while_somebody_saves(path: Path, target: Path) -> None:
        nonlocal times
        copy(path, target)
        times += 1
        if times == 1:
            with closing(sqlite3.connect(folder / "study.db", isolation_level=None)) as colleague:
                colleague.execute("UPDATE mark SET value = value")
                colleague.execute("INSERT INTO setting VALUES ('saved', 'meanwhile')")
                colleague.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    monkeypatch.setattr(read_copies, "_copy", copy_while_somebody_saves)
    with closing(Database.open(folder / "study.db")) as database:
        assert database.setting("saved") == "meanwhile"
        assert len(coded(database)) == 3
        assert database.value("PRAGMA integrity_check") == "ok"
    assert times > len(read_copies._FILES)


def test_only_what_has_changed_is_copied_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the log grows the large file need not be read again."""
    copy, copied = read_copies._copy, list[str]()

    def copy_while_the_log_grows(path: Path, target: Path) -> None:
        copy(path, target)
        copied.append(path.name)
        if copied == ["study.db", "study.db-wal"]:
            with path.open("ab") as log:
                log.write(bytes(100))

    monkeypatch.setattr(read_copies, "_copy", copy_while_the_log_grows)
    with closing(Database.open(folder / "study.db")) as database:
        assert len(coded(database)) == 3
    assert copied == ["study.db", "study.db-wal", "study.db-wal"]


def test_what_never_stands_still_is_given_up(
    folder: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After several tries it is said that the study is being written to, and nothing is left behind."""
    monkeypatch.setattr("time.sleep", lambda _: os.utime(folder / "study.db-wal"))
    with pytest.raises(CoderError, match="written to without a pause") as caught:
        Database.open(folder / "study.db")
    assert "nobody is at work" in caught.value.hint
    assert not list(temporary.iterdir())


def test_no_room_for_the_copy(folder: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk for temporary files: how much is needed, and how to say where."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(read_copies, "copyfileobj", full)
    with pytest.raises(CoderError, match="no room for a private copy") as caught:
        Database.open(folder / "study.db")
    assert "TMPDIR" in caught.value.hint
    assert " MB " in caught.value.hint
    assert not list(temporary.iterdir())


def test_a_log_that_is_no_file(folder: Path) -> None:
    """A pipe in place of the log is not waited for."""
    (folder / "study.db-wal").unlink()
    os.mkfifo(folder / "study.db-wal")
    with pytest.raises(CoderError, match="no ordinary file"):
        Database.open(folder / "study.db")


def test_a_newer_format_is_told_of_the_study_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong with the database names the file that people know, not the copy."""
    study = study_with_log(tmp_path / "study")
    with closing(sqlite3.connect(study / "study.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    forbid_writing(monkeypatch, study)
    with pytest.raises(CoderError, match=f"{study / 'study.db'} was made by a newer version") as caught:
        Database.open(study / "study.db")
    assert "Install" in caught.value.hint


@pytest.mark.parametrize(
    "then",
    ["pass", "sys.exit(3)", "1 / 0", "raise KeyboardInterrupt"],
    ids=["end", "exit", "error", "ctrl-c"],
)
def test_the_folder_goes_with_its_program(then: str, temporary: Path) -> None:
    """However the program ends by itself."""
    program, _ = holding(f"sys.stderr.close(); {then}")
    program.communicate()
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_folder_goes_with_a_signal(number: signal.Signals, temporary: Path) -> None:
    """A signal deletes it first, and ends the program as ever."""
    program, path = holding("sys.stderr.close(); time.sleep(60)")
    assert path.is_dir()
    program.send_signal(number)
    program.communicate()
    assert program.returncode == -number
    assert not list(temporary.iterdir())


def test_what_a_killed_program_left_is_swept(temporary: Path) -> None:
    """Its folder goes when the next one is made; that of a program that lives stays."""
    killed, left = holding("time.sleep(60)")
    living, kept = holding("time.sleep(60)")
    killed.kill()
    killed.communicate()
    assert (left / "study.db").exists()
    sweep_private_folders()
    assert list(temporary.iterdir()) == [kept]
    living.kill()
    living.communicate()


def test_only_folders_of_its_own_are_swept(temporary: Path, tmp_path: Path) -> None:
    """A link, a file, another name, or a folder that is just being made: all stay."""
    elsewhere = tmp_path / "mine"
    elsewhere.mkdir()
    (temporary / "coder-reading-abcdefgh").symlink_to(elsewhere)
    (temporary / "coder-reading-12345678").touch()
    (temporary / "coder-reading-young_00").mkdir()
    (temporary / "coder-reading").mkdir()
    (temporary / "coder-reading-of-somebody").mkdir()
    (temporary / "coder-reading-old_0000").mkdir()
    os.utime(temporary / "coder-reading-old_0000", (1, 1))
    sweep_private_folders()
    assert sorted(path.name[len("coder-reading") :] for path in temporary.iterdir()) == [
        "", "-12345678", "-abcdefgh", "-of-somebody", "-young_00",
    ]  # fmt: skip


def test_another_process_leaves_the_folder_alone(temporary: Path) -> None:
    """The engine's process reads in the folder of the screen's, and does not delete it."""
    folder: PrivateFolder = make_private_folder()
    private_folders.PrivateFolder(folder.path).delete()
    assert folder.path.is_dir()
    folder.delete()
    assert not list(temporary.iterdir())
