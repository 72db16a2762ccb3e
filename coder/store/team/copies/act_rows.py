"""The identity of each act, written in the transaction that makes it."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.copies.acts import ActKind, ActName, ActPlace, read_act_name

if TYPE_CHECKING:
    from coder.store.database import Database

SALT_BYTES = 16
_WRITER_DIGITS = 16
_BEGINNING = 1_735_689_600_000
"""The first moment of 2025, in milliseconds of Unix time: clocks count from there."""
_NOTE = """INSERT INTO act (writer, number, clock, kind, local, salt)
    VALUES (:writer, COALESCE((SELECT MAX(number) FROM act WHERE writer = :writer), 0) + 1,
        :clock, :kind, :local, :salt)"""
SHARED = ""
"""The subject of what everybody may have: versions of the codebook, people, rounds, notes of the journal."""
_NAME = "SELECT writer, number FROM act WHERE kind = ? AND local = ?"


def note_act(
    database: Database, kind: ActKind, local: int, subject: str = SHARED, clock: int | None = None
) -> None:
    """Give what was just written a name and a place; call it in the transaction that wrote it.

    What somebody may get without the rest has a chain of its own, so that its names tell nothing of that.

    Args:
        database: The study's.
        kind: What it is.
        local: Its number in the table of its kind, which is its number in this copy alone.
        subject: Of what concerns not everybody, what it goes with; as `of_coder` or `of_talk` gives it.
        clock: Its place among all acts; None: behind all that are there.
    """
    cells = {
        "writer": writer_of(database, subject), "kind": kind, "local": local, "salt": os.urandom(SALT_BYTES),
        "clock": next_clock(database) if clock is None else clock,
    }  # fmt: skip
    database.execute(_NOTE, cells)


def next_clock(database: Database) -> int:
    """Return the place of the next act: the time; more than that of any act, if a clock is ahead."""
    latest: int = database.value("SELECT COALESCE(MAX(clock), 0) FROM act")
    return max(_now(), latest + 1)


def of_coder(coder_id: str) -> str:
    """Return the subject of what one coder decides on answers."""
    return f"coder {coder_id}"


def of_talk(about: str, person_id: str) -> str:
    """Return the subject of what one person says about something, which not everybody may read."""
    return f"talk {about} {person_id}"


def writer_of(database: Database, subject: str) -> str:
    """Return the writer of acts on a subject: drawn for each opening of the study, one a subject."""
    return sha256(f"{database.writer}\x1f{subject}".encode()).hexdigest()[:_WRITER_DIGITS]


def _now() -> int:
    """Return the time in milliseconds, as clocks count them."""
    return time.time_ns() // 1_000_000 - _BEGINNING


def act_name(database: Database, kind: ActKind, local: int) -> ActName | None:
    """Return what an act is called, given its number in this copy; None for what the program worked out."""
    row = database.row(_NAME, (kind, local))
    return ActName(*row) if row else None


def is_known_act(database: Database, name: str) -> bool:
    """Tell whether it is known here that an act was made, be it without what it says."""
    act = read_act_name(name)
    sql = "SELECT EXISTS (SELECT 1 FROM act WHERE writer = ? AND number = ?)"
    return act is not None and bool(database.value(sql, tuple(act)))


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
