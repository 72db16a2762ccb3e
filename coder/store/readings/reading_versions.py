"""Under which version of the codebook answers were last decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from coder.store.database import Database


def read_by_version(database: Database) -> list[tuple[str, int, int]]:
    """Count the answers that somebody has finished, by question and by the codebook of the last look at them.

    What a revision or a team did to codings was no look at the answer.

    Returns:
        Question, version of the codebook, answers.
    """
    rows: list[tuple[str, int, int]] = database.rows(
        f"""SELECT r.question, v.codebook, COUNT(*) FROM (
            SELECT c.response, MAX(s.codebook) AS codebook FROM change c JOIN step s ON s.number = c.step
            WHERE c.aspect IN ('theme', 'done') AND s.revision IS NULL AND s.coder <> '{SETTLED}'
            GROUP BY c.response) v
        JOIN response r ON r.number = v.response
        WHERE EXISTS (SELECT 1 FROM mark m WHERE m.response = v.response AND m.aspect = 'done'
            AND m.coder <> '{SETTLED}')
        GROUP BY r.question, v.codebook"""
    )
    return rows
