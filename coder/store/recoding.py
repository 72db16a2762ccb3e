"""Codings that need a fresh look since the codebook was revised, and how far that has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coder.store.database import Database


class Queue(NamedTuple):
    """One coder's codings that a revision put before a person."""

    version: int
    """The version of the codebook that the revision made."""
    coder_id: str
    waiting: int
    total: int


def waiting_by_theme(database: Database, question_id: str) -> dict[str, int]:
    """Return the codings of a question that wait to be recoded, by theme."""
    sql = "SELECT theme, COUNT(*) FROM mark WHERE aspect = 'recode' AND question = ? GROUP BY theme"
    return dict(database.rows(sql, (question_id,)))


def waiting_of(database: Database, coder_id: str) -> int:
    """Count a coder's codings that wait to be recoded."""
    count: int = database.value(
        "SELECT COUNT(*) FROM mark WHERE coder = ? AND aspect = 'recode'", (coder_id,)
    )
    return count


def queues(database: Database) -> list[Queue]:
    """Return what each revision put before each coder, and how much of it waits still."""
    found = database.rows(
        """SELECT s.revision, s.coder, COUNT(m.response), COUNT(*)
        FROM step s JOIN change c ON c.step = s.number AND c.aspect = 'recode' AND c.after IS NOT NULL
        LEFT JOIN mark m ON m.response = c.response AND m.coder = s.coder AND m.aspect = 'recode'
            AND m.theme = c.theme
        WHERE s.revision IS NOT NULL GROUP BY s.revision, s.coder ORDER BY s.revision, s.coder"""
    )
    return [Queue(*row) for row in found]
