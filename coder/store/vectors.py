"""Embeddings of the study's texts, by model and text hash: a cache that may be deleted at any time."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.store.opening.complaints import advice, is_of_disk
from coder.store.opening.places import restrict_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LOOKUP = 500
"""How many hashes one query asks for: below SQLite's limit on parameters."""
_SECONDS = 10.0
_TABLE = """CREATE TABLE vector
    (model TEXT, hash BLOB, data BLOB, PRIMARY KEY (model, hash)) WITHOUT ROWID"""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class VectorStore:
    """Vectors in a file of their own, so that writing them never delays a coding.

    A file that is no such cache, or is damaged, is thrown away and made anew. Every method raises CoderError
    if the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not _is_own(path):
                self._throw_away()
            is_new = not path.exists()
            self._open()
            if is_new:
                for made in (path.parent, path):
                    restrict_like(made, path.parent.parent)

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._path, timeout=_SECONDS, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS", 1))

    def _throw_away(self) -> None:
        """Delete the file; where it is a link, the link alone."""
        if self._path.parent.is_symlink():
            # Somebody keeps the cache elsewhere: what lies there may be anybody's.
            msg = "it is no cache of coder's, in a folder outside the study"
            raise OSError(msg)
        for suffix in ("", "-wal", "-shm", "-journal"):
            self._path.with_name(f"{self._path.name}{suffix}").unlink(missing_ok=True)

    def get(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the stored vectors (float32, little-endian) of these text hashes, where there are any."""
        vectors: dict[bytes, bytes] = {}
        with self._explained(), self._mended():
            for start in range(0, len(hashes), _LOOKUP):
                part = hashes[start : start + _LOOKUP]
                marks = ", ".join("?" * len(part))
                sql = f"SELECT hash, CAST(data AS BLOB) FROM vector WHERE model = ? AND hash IN ({marks})"
                vectors.update(self._connection.execute(sql, (model, *part)).fetchall())
        return vectors

    def put(self, model: str, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Store vectors by text hash; one write to the file."""
        with self._explained(), self._mended(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT OR REPLACE INTO vector (model, hash, data) VALUES (?, ?, ?)",
                ((model, text_hash, vector) for text_hash, vector in rows),
            )

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            msg = f"Stored vectors cannot be used: {error} ({self._path})."
            raise CoderError(msg, f"{self._advice(error)} Coding goes on without it.") from error

    def _advice(self, error: Exception) -> str:
        """Return what to do: a new file would not fit on a full disk either."""
        return advice(error, self._path) if is_of_disk(error) else "Delete that file: it is made anew."

    @contextmanager
    def _mended(self) -> Iterator[None]:
        """Make a file anew that turns out to be damaged; what stood in it is worked out again."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGED:
                raise
            self._connection.close()
            self._throw_away()
            self._open()


def _is_own(path: Path) -> bool:
    """Tell whether there is no file of that name yet, or one with the table of vectors and nothing else."""
    parts = ("", "-wal", "-shm", "-journal")
    if any(path.with_name(f"{path.name}{part}").is_symlink() for part in parts):
        return False
    if not path.exists():
        return True
    # Under a second name it may be another database, such as the study's own.
    if not path.is_file() or path.stat().st_nlink > 1:
        return False
    try:
        with closing(sqlite3.connect(path, timeout=_SECONDS)) as connection:
            statements = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master")]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            return False
        raise
    # One that another process is just making is empty.
    return [" ".join(sql.split()) for sql in statements] in ([], [" ".join(_TABLE.split())])
