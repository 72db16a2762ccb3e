"""Making, opening and bringing up to date a study's database, and what goes wrong with disks and files."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from making import small_study

from coder.errors import CoderError
from coder.store import checks, database, log
from coder.store.database import Database
from coder.store.schema import CURRENT, Schema
from coder.workflows.coding.session import CodingSession

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = Schema(("CREATE TABLE note (text TEXT)",))


def old_file(folder: Path) -> Path:
    """Make a database of format 1 with one note in it."""
    path = folder / "study.db"
    with closing(Database.create(path, OLD)) as made, made.transaction():
        made.execute("INSERT INTO note VALUES ('kept')")
    return path


def add_writer(execute: Callable[[str], object]) -> None:
    """Bring format 1 to format 2."""
    execute("ALTER TABLE note ADD COLUMN writer TEXT NOT NULL DEFAULT 'jo'")


def name_coder(execute: Callable[[str], object]) -> None:
    """Bring format 2 to format 3."""
    execute("ALTER TABLE note RENAME writer TO coder")


def fail_half_way(execute: Callable[[str], object]) -> None:
    """Bring format 1 half the way to format 2."""
    add_writer(execute)
    execute("DELETE FROM note")
    execute("INSERT INTO nowhere VALUES (1)")


def test_transactions_reach_the_disk(tmp_path: Path) -> None:
    """A database writes ahead, waits for the disk and minds its references."""
    with closing(Database.create(tmp_path / "study.db")) as made:
        assert made.value("PRAGMA journal_mode") == "wal"
        assert made.value("PRAGMA synchronous") == 2
        assert made.value("PRAGMA foreign_keys") == 1


def test_create_never_overwrites(tmp_path: Path) -> None:
    """A file that is there already stays as it is."""
    path = tmp_path / "study.db"
    path.write_bytes(b"mine")
    with pytest.raises(CoderError, match="exists already"):
        Database.create(path)
    assert path.read_bytes() == b"mine"


def test_create_where_nothing_can_be_made(tmp_path: Path) -> None:
    """A folder that is not there is said to be one that cannot be written to."""
    with pytest.raises(CoderError, match="unable to open") as caught:
        Database.create(tmp_path / "missing" / "study.db")
    assert "cannot be written to" in caught.value.hint


def test_a_migration_keeps_a_copy_and_all_data(tmp_path: Path) -> None:
    """An older file is brought up to date; the old one lies beside it, whole and in its old format."""
    path = old_file(tmp_path)
    newer = Schema((), (add_writer,))
    with closing(Database.open(path, newer)) as opened:
        assert opened.rows("SELECT * FROM note") == [("kept", "jo")]
        assert opened.value("PRAGMA user_version") == 2
    with closing(Database.open(tmp_path / "study-before-format-2.db", OLD)) as copy:
        assert copy.rows("SELECT * FROM note") == [("kept",)]
        assert copy.value("PRAGMA user_version") == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["study-before-format-2.db", "study.db"]


def test_migrations_follow_each_other(tmp_path: Path) -> None:
    """A file two formats behind takes both steps, in order."""
    path = old_file(tmp_path)
    newest = Schema((), (add_writer, name_coder))
    with closing(Database.open(path, newest)) as opened:
        assert opened.rows("SELECT text, coder FROM note") == [("kept", "jo")]
        assert opened.value("PRAGMA user_version") == 3


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """A migration that fails half way leaves the file in its old format with all its data."""
    path = old_file(tmp_path)
    with pytest.raises(CoderError, match="no such table: nowhere"):
        Database.open(path, Schema((), (fail_half_way,)))
    with closing(Database.open(path, OLD)) as opened:
        assert opened.rows("SELECT * FROM note") == [("kept",)]


def test_a_migration_another_program_did_is_not_done_again(tmp_path: Path) -> None:
    """Of two programs that open an old file at once, the second finds it up to date and keeps the copy."""
    path = old_file(tmp_path)
    newer = Schema((), (add_writer,))
    with closing(Database(path)) as late, closing(Database.open(path, newer)):
        late.migrate(newer)
        assert late.rows("SELECT * FROM note") == [("kept", "jo")]
    with closing(Database.open(tmp_path / "study-before-format-2.db", OLD)) as copy:
        assert copy.rows("SELECT * FROM note") == [("kept",)]


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    """A file in a format this program does not know stays as it is."""
    path = old_file(tmp_path)
    Database.open(path, Schema((), (add_writer,))).close()
    with pytest.raises(CoderError, match="format 2, not 1") as caught:
        Database.open(path, OLD)
    assert caught.value.hint == "Install the newer version."


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    """Where there is no database, the hint is the command that makes one; no file appears."""
    with pytest.raises(CoderError, match="no study database") as caught:
        Database.open(tmp_path / "study.db")
    assert "coder new" in caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough" * 40, b"SQLite format 3\0" * 99]
)
def test_garbage_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file that is no database is named, and a copy asked for."""
    path = tmp_path / "study.db"
    path.write_bytes(content)
    with pytest.raises(CoderError, match=r"study\.db") as caught:
        Database.open(path)
    assert "Restore a copy" in caught.value.hint
    assert path.read_bytes() == content


@pytest.mark.parametrize("version", [0, 70])
def test_another_programs_database_is_left_alone(tmp_path: Path, version: int) -> None:
    """A database that is not a study's is refused whatever its version, and not a byte of it changes."""
    path = tmp_path / "places.db"
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE places (url TEXT)")
        foreign.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(CoderError, match="not a study's"):
        Database.open(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("pages", [0, 1, 3, 12])
def test_a_truncated_file_is_an_error_in_words(tmp_path: Path, pages: int) -> None:
    """Whether in opening or in reading, what is missing is told as a CoderError, never as SQLite's own."""
    study = small_study(tmp_path / "study")
    study.close()
    path = study.database.path
    path.write_bytes(path.read_bytes()[: pages * 4096])

    def read_everything() -> None:
        with closing(Database.open(path)) as opened:
            for table in ("setting", "response", "coding", "codebook_version"):
                opened.rows(f"SELECT * FROM {table}")  # noqa: S608 - one of the names above
            list(opened.stream("SELECT * FROM change"))

    with pytest.raises(CoderError) as caught:
        read_everything()
    assert "Restore a copy" in caught.value.hint


def test_a_full_disk_saves_nothing_and_says_so(tmp_path: Path) -> None:
    """When the disk is full the step fails as a whole; with room again, the next one is saved."""
    study = small_study(tmp_path / "study")
    session = CodingSession(study, "jo")
    session.toggle(1, "pay")
    pages = study.database.value("PRAGMA page_count")
    study.database.value(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CoderError, match=r"^Not saved: .*full") as caught:
        session.write_memo(1, "long " * 20_000)
    assert "Make room" in caught.value.hint
    assert session.standing(1).memo == ""
    assert checks.faults(study.database) == []
    study.database.value("PRAGMA max_page_count = 1000000")
    session.write_memo(1, "long " * 20_000)
    assert session.standing(1).memo.startswith("long")
    study.close()


def test_another_program_that_keeps_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A study locked for longer than one waits is said to be so; once free, the key works."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    study = small_study(tmp_path / "study")
    session = CodingSession(study, "jo")
    with closing(Database.open(study.database.path)) as other, other.transaction():
        with pytest.raises(CoderError, match=r"^Not saved: .*locked") as caught:
            session.toggle(1, "pay")
        assert session.standing(1).theme_ids == ()
    assert "Another program" in caught.value.hint
    session.toggle(1, "pay")
    assert session.standing(1).theme_ids == ("pay",)
    study.close()


def test_a_file_held_for_one_program_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that cannot even be read for a lock is not said to be broken."""
    study = small_study(tmp_path / "study")
    study.close()
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(study.database.path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE setting SET value = value")
        with pytest.raises(CoderError, match="locked") as caught:
            Database.open(study.database.path)
    assert "Another program" in caught.value.hint


def test_a_study_that_may_only_be_read(tmp_path: Path) -> None:
    """Where nothing may be written the hint speaks of permissions; reading goes on."""
    study = small_study(tmp_path / "study")
    study.database.execute("PRAGMA query_only = ON")
    with pytest.raises(CoderError, match="readonly") as caught:
        CodingSession(study, "jo").toggle(1, "pay")
    assert "permissions" in caught.value.hint
    assert CodingSession(study, "jo").standing(1).theme_ids == ()
    study.close()


def test_what_fails_in_a_transaction_leaves_nothing(tmp_path: Path) -> None:
    """Any exception takes the whole transaction back, and the next one works."""
    with closing(Database.create(tmp_path / "study.db")) as made:

        def write_and_fail() -> None:
            with made.transaction():
                made.set_setting("key", "value")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            write_and_fail()
        assert made.setting("key") is None
        with made.transaction():
            made.set_setting("key", "first")
            made.set_setting("key", "value")
        assert made.setting("key") == "value"


def test_an_impossible_reference_is_refused(tmp_path: Path) -> None:
    """A change to a response that is not there is not saved."""
    study = small_study(tmp_path / "study")
    with pytest.raises(CoderError, match="Not saved"):
        CodingSession(study, "jo").toggle(99, "pay")
    assert log.last_touched(study.database, "jo") is None
    study.close()


def test_a_copy_is_whole_even_while_somebody_writes(tmp_path: Path) -> None:
    """A copy holds what was saved before, and nothing of a transaction that is not yet."""
    study = small_study(tmp_path / "study")
    CodingSession(study, "jo").toggle(1, "pay")
    with study.database.transaction():
        study.database.set_setting("unsaved", "1")
        study.database.copy_to(tmp_path / "copy.db")
    study.close()
    with closing(Database.open(tmp_path / "copy.db")) as copy:
        assert checks.faults(copy) == []
        assert copy.setting("unsaved") is None
        assert copy.value("SELECT COUNT(*) FROM coding") == 1
    assert [file.name for file in tmp_path.glob("copy*")] == ["copy.db"]


def test_foreign_version_moves_with_other_programs_alone(tmp_path: Path) -> None:
    """The number changes when another connection has written, and not through one's own steps."""
    study = small_study(tmp_path / "study")
    before = study.database.foreign_version()
    CodingSession(study, "jo").toggle(1, "pay")
    assert study.database.foreign_version() == before
    with closing(Database.open(study.database.path)) as other, other.transaction():
        other.set_setting("key", "value")
    assert study.database.foreign_version() != before
    study.close()


def test_a_new_file_says_whose_it_is(tmp_path: Path) -> None:
    """The file's header names the program and the format, for anybody who looks."""
    with closing(Database.create(tmp_path / "study.db")) as made:
        assert made.value("PRAGMA application_id").to_bytes(4, "big") == b"codr"
        assert made.value("PRAGMA user_version") == CURRENT.version


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_lost_its_name_saves_nothing(tmp_path: Path, *, replaced: bool) -> None:
    """Where the file was deleted or replaced, changes are refused: they would be gone on closing."""
    study = small_study(tmp_path / "study")
    path = study.database.path
    CodingSession(study, "jo").toggle(1, "pay")
    if replaced:
        study.database.copy_to(path)
    else:
        path.unlink()
    with pytest.raises(CoderError, match="moved, deleted or replaced"):
        CodingSession(study, "jo").toggle(2, "pay")
    assert study.database.value("SELECT COUNT(*) FROM step") == 1
    study.close()


def test_half_a_surrogate_pair_is_refused_in_words(tmp_path: Path) -> None:
    """What UTF-8 cannot hold is an error that names it, and nothing is saved."""
    study = small_study(tmp_path / "study")
    with pytest.raises(CoderError, match="is no character"):
        CodingSession(study, "jo\ud800").toggle(1, "pay")
    assert log.last_touched(study.database, "jo") is None
    study.close()
