"""The cache of vectors: what goes in comes out, and a broken file is an error in words."""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from coder.errors import CoderError
from coder.store.vectors import _TABLE, VectorStore

if TYPE_CHECKING:
    from pathlib import Path


def test_vectors_by_model_and_text(tmp_path: Path) -> None:
    """Each model has its own; missing ones are left out; any number can be asked for at once."""
    rows = [(number.to_bytes(4, "big"), bytes([number % 256])) for number in range(1200)]
    path = tmp_path / "cache" / "vectors.db"
    with closing(VectorStore(path)) as store:
        store.put("one", rows)
        store.put("other", [(rows[0][0], b"else")])
        store.put("one", rows[:1])
    with closing(VectorStore(path)) as store:
        assert store.get("one", [key for key, _ in rows] + [b"missing"]) == dict(rows)
        assert store.get("other", [key for key, _ in rows]) == {rows[0][0]: b"else"}
        assert store.get("none", []) == {}


ROW = (b"hash", b"\x00\x00\x80?")


def works(path: Path) -> None:
    """Make sure that a cache keeps what is put in."""
    with closing(VectorStore(path)) as store:
        assert store.get("one", [ROW[0]]) == {}
        store.put("one", [ROW])
    with closing(VectorStore(path)) as store:
        assert store.get("one", [ROW[0]]) == dict([ROW])


def foreign(path: Path, script: str = "CREATE TABLE places (url TEXT)") -> bytes:
    """Make another program's database; return its bytes."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
    return path.read_bytes()


def test_a_full_disk_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full, the message is about room, not about deleting what could not be made anew."""
    path = tmp_path / "vectors.db"
    usage = namedtuple("usage", "free")
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(0))
    with closing(VectorStore(path)) as store:
        ((pages,),) = store._connection.execute("PRAGMA page_count")
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CoderError, match="full") as caught:
            store.put("one", [(b"hash", bytes(100_000))])
    assert caught.value.hint.startswith("The disk is full. Make room")
    assert "Delete" not in caught.value.hint


STRANGERS = {
    "no database": "",
    "another program's": "CREATE TABLE places (url TEXT)",
    "with a trigger": ";".join(
        (_TABLE, "CREATE TRIGGER t AFTER INSERT ON vector BEGIN DELETE FROM vector; END")
    ),
    "a view": "CREATE VIEW vector AS SELECT 'one' AS model, x'00' AS hash, x'00' AS data",
    "other columns": "CREATE TABLE vector (model TEXT)",
}


@pytest.mark.parametrize("script", STRANGERS.values(), ids=STRANGERS)
def test_what_is_no_cache_is_made_anew(tmp_path: Path, script: str) -> None:
    """A file that is none is thrown away, and the cache works."""
    path = tmp_path / "vectors.db"
    if script:
        foreign(path, script)
    else:
        path.write_bytes(b"broken" * 400)
    works(path)


@pytest.mark.parametrize("hard", [False, True])
def test_another_database_behind_a_link_stays_as_it_is(tmp_path: Path, *, hard: bool) -> None:
    """The link is taken away, not what it leads to: not a byte of that changes."""
    (tmp_path / "cache").mkdir()
    path, other = tmp_path / "cache" / "vectors.db", tmp_path / "study.db"
    before = foreign(other)
    if hard:
        path.hardlink_to(other)
    else:
        path.symlink_to(other)
    works(path)
    assert other.read_bytes() == before
    assert not path.is_symlink()


def test_a_log_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    """What SQLite writes beside the cache goes into files of its own."""
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "vectors.db-wal").symlink_to(tmp_path / "mine")
    works(tmp_path / "vectors.db")
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_cache_kept_elsewhere_is_never_thrown_away(tmp_path: Path) -> None:
    """Behind a folder that is a link, another program's file of that name is left alone, and that is said."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "elsewhere")
    works(tmp_path / "cache" / "vectors.db")
    (tmp_path / "elsewhere" / "vectors.db").unlink()
    before = foreign(tmp_path / "elsewhere" / "vectors.db")
    with pytest.raises(CoderError, match="outside the study"):
        VectorStore(tmp_path / "cache" / "vectors.db")
    assert (tmp_path / "elsewhere" / "vectors.db").read_bytes() == before


def test_a_cache_damaged_while_it_is_open_is_made_anew(tmp_path: Path) -> None:
    """Pages that make no sense cost the vectors, not the work."""
    path = tmp_path / "vectors.db"
    rows = [(number.to_bytes(4, "big"), bytes(2000)) for number in range(300)]
    with closing(VectorStore(path)) as store:
        store.put("one", rows)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with closing(VectorStore(path)) as store:
        assert store.get("one", [key for key, _ in rows]) == {}
        store.put("one", rows)
        assert store.get("one", [key for key, _ in rows]) == dict(rows)


def test_a_cache_that_cannot_be_made(tmp_path: Path) -> None:
    """A folder that cannot be made is an error in words."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CoderError, match="Stored vectors"):
        VectorStore(tmp_path / "file" / "vectors.db")
