"""What it means that a coder has read an answer. It is said here alone.

A coder has read an answer once they have marked it done: with Enter, as "nothing here", or by importing their
codings. An answer with themes that its coder has not marked done is half coded: what is missing there was
not decided against, only not yet chosen. Whoever settles an answer by adjudication is no reader of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from coder.store.database import Database

READ_BY_CODER = f"""SELECT m.response, m.coder, m.question FROM mark m WHERE m.aspect = 'done'
    AND m.coder <> '{SETTLED}' AND NOT EXISTS (
        SELECT 1 FROM coding s WHERE s.response = m.response AND s.coder = m.coder
            AND s.origin = 'adjudication')"""
"""The query of who has read what: response, coder and question."""

_HALF_CODED = """SELECT c.response, c.coder, c.question FROM coding c
    WHERE c.origin <> 'adjudication' AND NOT EXISTS (
        SELECT 1 FROM mark d WHERE d.response = c.response AND d.coder = c.coder AND d.aspect = 'done')"""


class CoderWork(NamedTuple):
    """What one person has done."""

    coder_id: str
    read: int
    """Answers that they have read."""
    nothing: int
    """Of these, without a theme."""
    codings: int
    """On any answer, half-coded ones as well."""


def coder_work(database: Database) -> list[CoderWork]:
    """Return what each person has done, who read most first."""
    rows = database.rows(
        f"""SELECT coder, SUM(read), SUM(read AND NOT codings), SUM(codings) FROM (
            SELECT coder, response, MAX(read) AS read, SUM(codings) AS codings FROM (
                SELECT coder, response, 1 AS read, 0 AS codings FROM ({READ_BY_CODER}) r
                UNION ALL SELECT coder, response, 0, COUNT(*) FROM coding WHERE coder <> '{SETTLED}'
                    GROUP BY coder, response) w
            GROUP BY coder, response) a
        GROUP BY coder ORDER BY SUM(read) DESC, coder"""
    )
    return [CoderWork(*row) for row in rows]


def answers_read(database: Database) -> tuple[int, int]:
    """Count the answers that anybody has read, and those that several people have."""
    row: tuple[int, int] = database.row(
        f"""SELECT COUNT(*), COUNT(*) FILTER (WHERE readers > 1)
        FROM (SELECT COUNT(*) AS readers FROM ({READ_BY_CODER}) r GROUP BY response) n"""
    )
    return row


def read_by_each(database: Database, question_id: str) -> dict[str, int]:
    """Count the answers to a question that each person has read."""
    sql = f"SELECT coder, COUNT(*) FROM ({READ_BY_CODER}) r WHERE question = ? GROUP BY coder ORDER BY coder"
    return dict(database.rows(sql, (question_id,)))


def half_coded(database: Database, question_id: str) -> dict[str, int]:
    """Count the answers to a question that each person has coded, but not read to the end."""
    rows = database.rows(
        f"SELECT coder, COUNT(DISTINCT response) FROM ({_HALF_CODED}) h WHERE question = ? GROUP BY coder",
        (question_id,),
    )
    return dict(rows)
