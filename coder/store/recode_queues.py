"""Codings that need a fresh look since the codebook was revised, and how far that has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import read_choices

if TYPE_CHECKING:
    from coder.store.database import Database


class RevisionQueue(NamedTuple):
    """How many codings of one coder a revision put into the queue to be recoded, and how many wait still."""

    version: int
    """The version of the codebook that the revision made."""
    coder_id: str
    waiting: int
    total: int


def waiting_by_theme(database: Database, question_id: str) -> dict[str, int]:
    """Return the codings of a question that wait to be recoded, by theme."""
    sql = "SELECT theme, COUNT(*) FROM mark WHERE aspect = 'recode' AND question = ? GROUP BY theme"
    return dict(database.rows(sql, (question_id,)))


def waiting_by_coder(database: Database, question_id: str) -> dict[str, int]:
    """Return the codings of a question that wait to be recoded, by coder."""
    sql = "SELECT coder, COUNT(*) FROM mark WHERE aspect = 'recode' AND question = ? GROUP BY coder"
    return dict(database.rows(sql, (question_id,)))


def choices_of(database: Database, coder_id: str) -> dict[str, tuple[str, ...]]:
    """Return the themes of a coder's codings that wait to be recoded, each with the themes to choose from."""
    sql = "SELECT DISTINCT theme, value FROM mark WHERE aspect = 'recode' AND coder = ? ORDER BY theme, value"
    return {theme_id: read_choices(choices) for theme_id, choices in database.rows(sql, (coder_id,))}


def waiting_of(database: Database, coder_id: str) -> int:
    """Count a coder's codings that wait to be recoded."""
    count: int = database.value(
        "SELECT COUNT(*) FROM mark WHERE coder = ? AND aspect = 'recode'", (coder_id,)
    )
    return count


def answers_waiting(database: Database, coder_id: str) -> dict[str, int]:
    """Return a coder's answers with a coding that waits to be recoded, by question."""
    sql = """SELECT question, COUNT(DISTINCT response) FROM mark WHERE coder = ? AND aspect = 'recode'
        GROUP BY question"""
    return dict(database.rows(sql, (coder_id,)))


def answers_asked(database: Database, coder_id: str, question_id: str) -> int:
    """Count the answers that revisions put into a coder's queue, of revisions with some that wait still."""
    count: int = database.value(
        """WITH asked AS (SELECT s.revision, c.response, m.response AS waiting
            FROM step s JOIN change c ON c.step = s.number AND c.aspect = 'recode'
            AND c.before IS NULL AND c.after IS NOT NULL
            JOIN response r ON r.number = c.response AND r.question = :question
            LEFT JOIN mark m ON m.response = c.response AND m.coder = s.coder AND m.aspect = 'recode'
                AND m.theme = c.theme
            WHERE s.revision IS NOT NULL AND s.coder = :coder)
        SELECT COUNT(DISTINCT response) FROM asked
        WHERE revision IN (SELECT revision FROM asked WHERE waiting IS NOT NULL)""",
        {"coder": coder_id, "question": question_id},
    )
    return count


def asking_version(database: Database, coder_id: str, response: int, theme_id: str) -> int | None:
    """Return the version of the codebook whose revision last put a coding into the queue, or None."""
    version: int | None = database.value(
        """SELECT MAX(s.revision) FROM change c JOIN step s ON s.number = c.step
        WHERE s.coder = ? AND c.response = ? AND c.theme = ? AND c.aspect = 'recode'
        AND c.before IS NULL AND c.after IS NOT NULL AND s.revision IS NOT NULL""",
        (coder_id, response, theme_id),
    )
    return version


def queues(database: Database) -> list[RevisionQueue]:
    """Return what each revision put into each coder's queue, and how much of it waits still.

    What waited already, and has other themes to choose from since, is the earlier revision's.
    """
    rows = database.rows(
        """SELECT s.revision, s.coder, COUNT(m.response), COUNT(*)
        FROM step s JOIN change c ON c.step = s.number AND c.aspect = 'recode'
            AND c.before IS NULL AND c.after IS NOT NULL
        LEFT JOIN mark m ON m.response = c.response AND m.coder = s.coder AND m.aspect = 'recode'
            AND m.theme = c.theme
        WHERE s.revision IS NOT NULL GROUP BY s.revision, s.coder ORDER BY s.revision, s.coder"""
    )
    return [RevisionQueue(*row) for row in rows]
