"""Wiping what SQLite keeps of rows that were changed or deleted, and vectors of old texts."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.errors import CoderError
from coder.store.opening.places import make_like

if TYPE_CHECKING:
    from pathlib import Path

    from coder.store.database import Database

_BESIDE = ("-wal", "-shm", "-journal")
_SECONDS = 5.0


def wipe(database: Database) -> None:
    """Write the database anew without what it no longer holds, and empty its log.

    Raises:
        CoderError: Another program is reading or writing, or the disk is full.
    """
    _empty_log(database)
    database.execute("PRAGMA secure_delete = ON")
    database.execute("VACUUM")
    _empty_log(database)


def _empty_log(database: Database) -> None:
    is_busy = database.row("PRAGMA wal_checkpoint(TRUNCATE)")[0]
    if is_busy:
        msg = f"another program is reading {database.path}, whose log still holds the old text."
        raise CoderError(msg, "Close it: it is finished when the study is next opened.")


def wipe_vectors(path: Path, database: Database) -> None:
    """Keep of the vectors only those of the answers as they are now, in a new file.

    A program that has the old file open goes on with that, which has no name any more.
    """
    for leftover in path.parent.glob(f"{path.name}.*.part"):
        leftover.unlink()
    if not path.exists():
        return
    if path.is_symlink() or path.parent.is_symlink():
        msg = f"{path} is a link: what it leads to is not the study's alone."
        raise CoderError(msg, "Delete the vectors there, and the link.")
    hashes = {
        sha256(normalize("NFC", text).encode("utf-8", "surrogatepass")).digest()
        for (text,) in database.stream("SELECT text FROM response")
    }
    part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
    make_like(part, path, path)
    try:
        _copy_vectors(path, part, hashes)
        for suffix in _BESIDE:
            path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
        part.replace(path)
    except sqlite3.DatabaseError:
        # A damaged cache is made anew by whoever next needs it.
        for suffix in ("", *_BESIDE):
            path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
    finally:
        part.unlink(missing_ok=True)


def _copy_vectors(path: Path, part: Path, hashes: set[bytes]) -> None:
    with (
        closing(sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)) as source,
        closing(sqlite3.connect(part, isolation_level=None)) as target,
    ):
        for (sql,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
            target.execute(sql)
        rows = source.execute("SELECT model, hash, data FROM vector")
        target.execute("BEGIN")
        target.executemany(
            "INSERT INTO vector (model, hash, data) VALUES (?, ?, ?)",
            (row for row in rows if row[1] in hashes),
        )
        target.execute("COMMIT")
