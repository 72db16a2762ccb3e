"""Every version of the codebook that a study has used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codebook import Codebook, Theme

if TYPE_CHECKING:
    from coder.store.database import Database

_LISTS = ("examples", "keywords", "questions")


class CodebookVersion(NamedTuple):
    """One version of the codebook, as the study used it."""

    number: int
    at: str
    coder_id: str
    hash: bytes
    codebook: Codebook


def source_hash(source: str) -> bytes:
    """Return the 32 bytes by which a codebook file is recognised."""
    return hashlib.sha256(source.encode("utf-8")).digest()


def add_version(database: Database, codebook: Codebook, source: str, at: str, coder_id: str) -> int:
    """Keep a version of the codebook with the text of its file; return its number, from 1."""
    number: int = database.value("SELECT COALESCE(MAX(number), 0) + 1 FROM codebook_version")
    database.execute(
        "INSERT INTO codebook_version (number, at, coder, hash, source, themes) VALUES (?, ?, ?, ?, ?, ?)",
        (number, at, coder_id, source_hash(source), source, _to_json(codebook)),
    )
    return number


def latest_version(database: Database) -> CodebookVersion | None:
    """Return the version in use, or None before the first."""
    return _version(database, "ORDER BY number DESC LIMIT 1", ())


def version(database: Database, number: int) -> CodebookVersion | None:
    """Return a version by its number, or None."""
    return _version(database, "WHERE number = ?", (number,))


def version_at(database: Database, moment: str) -> CodebookVersion | None:
    """Return the version that was in use at a moment in UTC, or None before the first."""
    return _version(database, "WHERE at <= ? ORDER BY number DESC LIMIT 1", (moment,))


def _version(database: Database, which: str, values: tuple[Any, ...]) -> CodebookVersion | None:
    row = database.row(f"SELECT number, at, coder, hash, themes FROM codebook_version {which}", values)
    if row is None:
        return None
    number, at, coder_id, file_hash, themes = row
    return CodebookVersion(number, at, coder_id, file_hash, _from_json(themes))


def themes_in_use(database: Database) -> dict[str, int]:
    """Return the themes that codings refer to, with how many do."""
    return dict(database.rows("SELECT theme, COUNT(*) FROM coding GROUP BY theme"))


def _to_json(codebook: Codebook) -> str:
    return json.dumps(asdict(codebook), ensure_ascii=False)


def _from_json(text: str) -> Codebook:
    data = json.loads(text)
    themes = tuple(_theme(fields) for fields in data["themes"])
    return Codebook(themes, title=data["title"], note=data["note"])


def _theme(fields: dict[str, Any]) -> Theme:
    lists = {key: tuple(fields[key]) for key in _LISTS}
    return Theme(**{**fields, **lists})
