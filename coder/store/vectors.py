"""Embeddings of the study's texts, by model and text hash: a cache that may be deleted at any time."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LOOKUP = 500
"""How many hashes one query asks for: below SQLite's limit on parameters."""
_SECONDS = 10.0


class VectorStore:
    """Vectors in a file of their own, so that writing them never delays a coding.

    Every method raises CoderError if the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._explained():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_SECONDS, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute(
                """CREATE TABLE IF NOT EXISTS vector
                (model TEXT, hash BLOB, data BLOB, PRIMARY KEY (model, hash)) WITHOUT ROWID"""
            )

    def get(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the stored vectors (float32, little-endian) of these text hashes, where there are any."""
        vectors: dict[bytes, bytes] = {}
        for start in range(0, len(hashes), _LOOKUP):
            part = hashes[start : start + _LOOKUP]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT hash, data FROM vector WHERE model = ? AND hash IN ({marks})"
            with self._explained():
                vectors.update(self._connection.execute(sql, (model, *part)).fetchall())
        return vectors

    def put(self, model: str, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Store vectors by text hash; one write to the file."""
        with self._explained(), self._connection:
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
            raise CoderError(msg, "Delete that file: it is made anew. Coding goes on without it.") from error
