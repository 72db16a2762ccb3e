"""The identity of each act, written in the transaction that makes it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.copies.acts import ActKind, ActName, ActPlace

if TYPE_CHECKING:
    from coder.store.database import Database

SALT_BYTES = 16
_NOTE = """INSERT INTO act (writer, number, clock, kind, local, salt)
    VALUES (:writer, COALESCE((SELECT MAX(number) FROM act WHERE writer = :writer), 0) + 1,
        COALESCE((SELECT MAX(clock) FROM act), 0) + 1, :kind, :local, :salt)"""
_NAME = "SELECT writer, number FROM act WHERE kind = ? AND local = ?"


def note_act(database: Database, kind: ActKind, local: int) -> None:
    """Give what was just written a name and a place; call it in the transaction that wrote it.

    Args:
        database: The study's.
        kind: What it is.
        local: Its number in the table of its kind, which is its number in this copy alone.
    """
    database.execute(
        _NOTE,
        {"writer": database.writer, "kind": kind, "local": local, "salt": os.urandom(SALT_BYTES)},
    )


def act_name(database: Database, kind: ActKind, local: int) -> ActName | None:
    """Return what an act is called, given its number in this copy; None for what the program worked out."""
    row = database.row(_NAME, (kind, local))
    return ActName(*row) if row else None


def names_of(database: Database, kind: ActKind) -> dict[int, str]:
    """Map the numbers of all acts of a kind in this copy to what they are called on every copy."""
    sql = "SELECT local, writer || ':' || number FROM act WHERE kind = ? AND local IS NOT NULL"
    return dict(database.rows(sql, (kind,)))


class ActRow(NamedTuple):
    """An act as this copy has it."""

    place: ActPlace
    kind: ActKind
    local: int | None
    """Its number in this copy; None where what it says is not here."""
    salt: bytes
    digest: bytes | None
    link: bytes | None
    """Both None until a bundle is first made."""
    altered: str
    """What was cut out of its texts since it was made; empty if it is as it was made."""


def acts_of(database: Database, writer: str) -> list[ActRow]:
    """Return the acts of a writer, in order."""
    rows = database.rows(
        "SELECT clock, writer, number, kind, local, salt, digest, link, altered FROM act"
        " WHERE writer = ? ORDER BY number",
        (writer,),
    )
    return [ActRow(ActPlace(*row[:3]), *row[3:]) for row in rows]


def places_of(database: Database, kind: ActKind) -> dict[int, ActPlace]:
    """Map the numbers of all acts of a kind in this copy to their places."""
    sql = "SELECT local, clock, writer, number FROM act WHERE kind = ? AND local IS NOT NULL"
    return {local: ActPlace(*place) for local, *place in database.rows(sql, (kind,))}
