"""The identity of each act, written in the transaction that makes it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coder.domain.team.copies.acts import ActKind, ActName

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
