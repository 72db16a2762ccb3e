"""Who has worked on a study, by what they left in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.team.settled_layer import is_person

if TYPE_CHECKING:
    from coder.store.database import Database


def people_at_work(database: Database) -> list[str]:
    """Return everybody who has worked on the study, in alphabetical order."""
    # The log's index leads from one name to the next, however long the log is.
    names = database.rows(
        """WITH RECURSIVE person (coder) AS (
            SELECT MIN(coder) FROM step
            UNION ALL SELECT (SELECT MIN(s.coder) FROM step s WHERE s.coder > person.coder) FROM person
            WHERE person.coder IS NOT NULL)
        SELECT coder FROM person WHERE coder IS NOT NULL ORDER BY coder"""
    )
    return [coder_id for (coder_id,) in names if is_person(coder_id)]


def coders_with_codings(database: Database) -> dict[str, int]:
    """Return who has coded, with how many codings of theirs stand."""
    return {
        coder_id: times for coder_id, times in layers_with_codings(database).items() if is_person(coder_id)
    }


def layers_with_codings(database: Database) -> dict[str, int]:
    """Return whose codings stand, and how many: the settled layer among them."""
    return dict(database.rows("SELECT coder, COUNT(*) FROM coding GROUP BY coder ORDER BY coder"))


def coders_of(database: Database, question_id: str) -> list[str]:
    """Return who has codings that stand on a question, in alphabetical order."""
    sql = "SELECT 1 FROM coding WHERE question = ? AND coder = ? LIMIT 1"
    return [coder_id for coder_id in people_at_work(database) if database.row(sql, (question_id, coder_id))]
