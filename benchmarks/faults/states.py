"""What stands in a folder, so that two states of it can be compared."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zipfile
from contextlib import closing, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

State = dict[str, str]
"""The path of each file to a digest of what is in it."""
_DIFFERS_EACH_TIME = ("at", "row_hash")
"""Columns of the database: when a step was made, and the hash that covers it."""
_DRAWN = {
    "act": ("writer", "number", "clock", "salt", "digest", "link"),
    "codebook_version": ("parents",),
}
"""Columns of tables that name acts by their writer, who is drawn anew at each opening, or by the time."""
_DRAWN_ID = re.compile(rb"(?<=\w)-[0-9a-f]{8}\b")
"""What is drawn of a person's id."""
_LEFT_OUT = {"setting": "WHERE key NOT LIKE 'languages.%' AND key <> 'privacy.texts'"}
"""Rows that are no part of what was done: languages of answers that are not noted are found again."""
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|\d\d \w{3} \d{4}:\d\d:\d\d")
"""When a file was made, as it stands in it; the second in a .sav."""
_UNFINISHED = ".part"
"""How the name of a file or folder ends that was being written."""
_NO_STATE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""


def read_state(folder: Path, left_out: tuple[str, ...] = ()) -> State:
    """Return what stands in a folder: databases by their rows, other files by their bytes; no moments.

    Args:
        folder: The folder.
        left_out: Names of files that do not count.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {
        str(path.relative_to(folder)): _database_digest(path) if path.suffix == ".db" else _digest(path)
        for path in files
        if not _is_passing(path.relative_to(folder)) and path.name not in left_out
    }


def _is_passing(path: Path) -> bool:
    """Return whether a file is unfinished or in an unfinished folder, SQLite's own, or in a cache."""
    return path.name.endswith(_NO_STATE) or any(
        name == "cache" or name.endswith(_UNFINISHED) for name in path.parts
    )


def unfinished_parts(folder: Path) -> int:
    """Return how many unfinished files and folders lie in a folder."""
    return sum(1 for _ in folder.rglob(f"*{_UNFINISHED}"))


def differences(state: State, other: State) -> list[str]:
    """Return the paths of the files that differ between two states."""
    return sorted(path for path in {*state, *other} if state.get(path) != other.get(path))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for content in _contents(path):
        digest.update(_DRAWN_ID.sub(b"", _MOMENT.sub(b"", content)))
    return digest.hexdigest()


def _contents(path: Path) -> list[bytes]:
    """Return a file's bytes, of a whole archive those of each file in it."""
    with suppress(zipfile.BadZipFile, OSError), zipfile.ZipFile(path) as archive:
        if archive.testzip() is None:
            return [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]
    return [path.read_bytes()]


def _database_digest(path: Path) -> str:
    digest = hashlib.sha256()
    with closing(sqlite3.connect(path)) as connection:
        digest.update(str(connection.execute("PRAGMA user_version").fetchone()).encode())
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        for (table,) in tables.fetchall():
            information = connection.execute(f"PRAGMA table_info({table})").fetchall()
            left_out = (*_DIFFERS_EACH_TIME, *_DRAWN.get(table, ()))
            columns = [column for _, column, *_ in information if column not in left_out]
            rows = connection.execute(f"SELECT {', '.join(columns)} FROM {table} {_LEFT_OUT.get(table, '')}")
            lines = (_DRAWN_ID.sub(b"", f"{table} {row!r}\n".encode()) for row in rows)
            for line in sorted(lines):
                digest.update(line)
    return digest.hexdigest()
