"""Embeddings of the study's texts, by model and text hash: a cache that may be deleted at any time."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LOOKUP = 500
"""How many hashes one query asks for: below SQLite's limit on parameters."""


class VectorStore:
    """Vectors in a file of their own, so that writing them never delays a coding."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS vector (model TEXT, hash BLOB, data BLOB, PRIMARY KEY (model, hash)) WITHOUT ROWID"
        )

    def get(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the stored vectors (float32, little-endian) of these text hashes; missing ones are left out."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(hashes), _LOOKUP):
            part = hashes[start : start + _LOOKUP]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT hash, data FROM vector WHERE model = ? AND hash IN ({marks})"
            found.update(self._connection.execute(sql, (model, *part)).fetchall())
        return found

    def put(self, model: str, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Store vectors by text hash, in one transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(
            "INSERT OR REPLACE INTO vector (model, hash, data) VALUES (?, ?, ?)",
            ((model, text_hash, data) for text_hash, data in rows),
        )
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
