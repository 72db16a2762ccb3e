"""Who coded a question, and what coders noted beside their codings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.codings import Aspect
    from coder.store.database import Database


class Mark(NamedTuple):
    """Something other than a theme that stands on a response."""

    response: int
    coder_id: str
    aspect: Aspect
    theme_id: str
    """The theme, for a memo on a coding."""
    value: str


def coders_of(database: Database, question_id: str) -> list[str]:
    """Return who has codings that stand on a question, in alphabetical order."""
    # The log's index leads from one name to the next, however many codings there are.
    people = database.rows(
        """WITH RECURSIVE person (coder) AS (
            SELECT MIN(coder) FROM step
            UNION ALL SELECT (SELECT MIN(s.coder) FROM step s WHERE s.coder > person.coder) FROM person
            WHERE person.coder IS NOT NULL)
        SELECT coder FROM person WHERE coder IS NOT NULL ORDER BY coder"""
    )
    sql = "SELECT 1 FROM coding WHERE question = ? AND coder = ? LIMIT 1"
    return [coder_id for (coder_id,) in people if database.row(sql, (question_id, coder_id))]


def all_marks(database: Database, coder_id: str | None = None) -> Iterator[Mark]:
    """Yield the marks that stand, of one coder or of all, in the order of the responses."""
    by = "" if coder_id is None else "WHERE coder = :coder"
    columns = "response, coder, aspect, theme, value"
    sql = f"SELECT {columns} FROM mark {by} ORDER BY response, coder, aspect, theme"
    for row in database.stream(sql, {"coder": coder_id}):
        yield Mark(*row)
