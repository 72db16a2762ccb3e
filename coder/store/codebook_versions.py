"""Every version of the codebook that a study has used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.codebook import Codebook, Theme
from coder.domain.copies.acts import read_act_name
from coder.domain.team.rounds import APART
from coder.domain.theme_fields import THEME_FIELDS
from coder.errors import CoderError
from coder.store.opening.damage import damaged
from coder.store.row_hashes import VERSION_COLUMNS, row_hash_of
from coder.store.team.copies.act_rows import act_name, note_act
from coder.store.team.seeing import refuse_to_revise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.store.database import Database

_COLUMNS = """SELECT number, at, coder, COALESCE((SELECT name FROM person WHERE id = coder), coder), hash,
    themes, label, reason, carried, undoes, undone
    FROM codebook_version"""
_IS_APART = f"substr(coder, 1, {len(APART)}) = '{APART}'"
_LISTS = tuple(field.name for field in THEME_FIELDS if field.is_list)


class CodebookVersion(NamedTuple):
    """One version of the codebook, as the study used it, and the revision that made it."""

    number: int
    at: str
    coder_id: str
    made_by: str
    """The name of who made it."""
    hash: bytes
    codebook: Codebook
    label: str
    """What the revision did, in words; empty for the first version."""
    reason: str
    carried: dict[str, Any]
    """What happened to codings, as `add_version` got it."""
    undoes: int | None
    """The version whose revision was taken back."""
    undone: bool


class VersionOrigin(NamedTuple):
    """How a version of the codebook came about."""

    at: str
    coder_id: str
    label: str = ""
    reason: str = ""
    carried: Mapping[str, Any] = MappingProxyType({})
    """What happened to codings: values that JSON can hold."""
    undoes: int | None = None


def source_hash(source: str) -> bytes:
    """Return the 32 bytes by which a codebook file is recognised."""
    return hashlib.sha256(source.encode("utf-8")).digest()


def add_version(database: Database, codebook: Codebook, source: str, origin: VersionOrigin) -> int:
    """Keep a version of the codebook with the text of its file; return its number, from 1.

    Raises:
        CoderError: Whoever is at work is in a blind round.
    """
    refuse_to_revise(database)
    number: int = database.value("SELECT COALESCE(MAX(number), 0) + 1 FROM codebook_version")
    cells = (
        number, origin.at, origin.coder_id, source_hash(source), source, codebook_to_json(codebook),
        origin.label, origin.reason, json.dumps(dict(origin.carried)), origin.undoes,
    )  # fmt: skip
    parent = version_name(database, number - 1)
    parents = json.dumps([parent] if parent else [])
    database.execute(
        f"INSERT INTO codebook_version ({VERSION_COLUMNS}, row_hash, parents)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*cells, row_hash_of(*cells, parents, ""), parents),
    )
    note_act(database, "version", number)
    return number


def version_name(database: Database, number: int) -> str:
    """Return what a version is called on every copy of the study; empty where there is none."""
    derived: str | None = database.value("SELECT derived FROM codebook_version WHERE number = ?", (number,))
    if derived is None:
        return ""
    return derived or str(act_name(database, "version", number) or "")


def parent_of(database: Database, version: CodebookVersion) -> CodebookVersion | None:
    """Return the version that one was made from; None for a first one, and where several were joined."""
    row = database.row("SELECT parents, derived FROM codebook_version WHERE number = ?", (version.number,))
    parents = json.loads(row[0])
    if row[1] or not parents:
        return None
    act = read_act_name(parents[0])
    if act is None:
        return _version(database, "WHERE derived = ?", (parents[0],))
    which = "WHERE number = (SELECT local FROM act WHERE writer = ? AND number = ? AND kind = 'version')"
    return _version(database, which, act)


def are_joined(database: Database) -> bool:
    """Tell whether codebooks of several copies were ever joined."""
    return bool(database.value("SELECT EXISTS (SELECT 1 FROM codebook_version WHERE derived <> '')"))


def set_undone(database: Database, number: int) -> None:
    """Note that a revision was taken back; if it took back another one itself, that stands again."""
    database.execute("UPDATE codebook_version SET undone = 1 WHERE number = ?", (number,))
    database.execute(
        """UPDATE codebook_version SET undone = 0
        WHERE number = (SELECT undoes FROM codebook_version WHERE number = ?)""",
        (number,),
    )


def source_of(database: Database, number: int) -> str:
    """Return the text that codebook.yaml had in a version."""
    text: str = database.value("SELECT source FROM codebook_version WHERE number = ?", (number,))
    return text


def latest_version(database: Database) -> CodebookVersion | None:
    """Return the version in use, or None before the first."""
    return _version(database, "ORDER BY number DESC LIMIT 1", ())


def latest_number(database: Database) -> int:
    """Return the number of the version in use, or 0 before the first."""
    number: int = database.value("SELECT COALESCE(MAX(number), 0) FROM codebook_version")
    return number


def version(database: Database, number: int) -> CodebookVersion | None:
    """Return a version by its number, or None."""
    return _version(database, "WHERE number = ?", (number,))


def version_at(database: Database, moment: str) -> CodebookVersion | None:
    """Return the version that was in use at a moment in UTC, or None before the first."""
    return _version(database, "WHERE at <= ? ORDER BY number DESC LIMIT 1", (moment,))


def _version(database: Database, which: str, values: tuple[Any, ...]) -> CodebookVersion | None:
    row = database.row(f"{_COLUMNS} {which}", values)
    return _read(row) if row else None


def versions_after(database: Database, number: int = 0) -> Iterator[CodebookVersion]:
    """Yield the versions after one, or all of them, oldest first."""
    return map(_read, database.stream(f"{_COLUMNS} WHERE number > ? ORDER BY number", (number,)))


def taken_back_by(database: Database, number: int) -> int | None:
    """Return the number of the version that took back a revision and stands; None if none does."""
    taker: int | None = database.value(
        "SELECT MAX(number) FROM codebook_version WHERE undoes = ? AND undone = 0", (number,)
    )
    return taker


def latest_standing(database: Database) -> int | None:
    """Return the number of the latest revision that is neither taken back nor takes another back."""
    number: int | None = database.value(
        "SELECT MAX(number) FROM codebook_version WHERE number > 1 AND undone = 0 AND undoes IS NULL"
        " AND derived = ''"
    )
    return number


def _read(row: Sequence[Any]) -> CodebookVersion:
    number, at, coder_id, made_by, file_hash, themes, label, reason, carried, undoes, undone = row
    try:
        _refuse_blobs(at, coder_id, themes, label, reason, carried)
        codebook, what_happened = codebook_from_json(themes), json.loads(carried)
        return CodebookVersion(
            number,
            at,
            coder_id,
            made_by,
            file_hash,
            codebook,
            label,
            reason,
            dict(what_happened),
            undoes,
            bool(undone),
        )
    except (AttributeError, CoderError, LookupError, RecursionError, TypeError, ValueError) as error:
        fault = f"Version {number} of the codebook makes no sense."
        raise damaged(fault) from error


def _refuse_blobs(*cells: object) -> None:
    if not all(isinstance(cell, str) for cell in cells):
        raise TypeError


def themes_in_use(database: Database) -> dict[str, int]:
    """Return the themes that codings refer to, with how many do: also codings that are set apart."""
    return dict(
        database.rows(
            f"""SELECT theme, COUNT(*) FROM (SELECT theme FROM coding WHERE NOT {_IS_APART}
                UNION ALL SELECT theme FROM main.coding WHERE {_IS_APART}) GROUP BY theme"""
        )
    )


def is_used(database: Database, theme_id: str, question_id: str | None = None) -> bool:
    """Tell whether a theme is chosen on any answer, or on any to a question, by whomever."""
    apart = f"SELECT EXISTS (SELECT 1 FROM main.coding WHERE theme = ? AND {_IS_APART})"
    return bool(times_used(database, theme_id, 1, question_id) or database.value(apart, (theme_id,)))


def times_used(database: Database, theme_id: str, most: int, question_id: str | None = None) -> int:
    """Return how many codings with a theme there are, counting no further than `most`."""
    times: int = database.value(
        """SELECT COUNT(*) FROM (SELECT 1 FROM coding WHERE theme = :theme
            AND question IN (SELECT id FROM question WHERE :question IS NULL OR id = :question)
            LIMIT :most)""",
        {"theme": theme_id, "question": question_id, "most": most},
    )
    return times


def codebook_to_json(codebook: Codebook) -> str:
    """Return a codebook as the database keeps it."""
    return json.dumps(asdict(codebook), ensure_ascii=False)


def codebook_from_json(text: str) -> Codebook:
    """Return what `codebook_to_json` wrote; raise ValueError, LookupError or TypeError if it is none."""
    content = json.loads(text)
    themes = tuple(_theme(fields) for fields in content["themes"])
    return Codebook(themes, title=content["title"], note=content["note"])


def _theme(fields: dict[str, Any]) -> Theme:
    """Return a theme of what JSON holds; a version from before a field was thought of lacks it."""
    lists = {name: tuple(fields[name]) for name in _LISTS if name in fields}
    return Theme(**{**fields, **lists})
