"""Counting respondents by what is known about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.store.database import Database


def value_counts(database: Database, attribute: str) -> dict[str, int]:
    """Count the respondents with each value of an attribute; those without one under the empty text."""
    return dict(
        database.rows(
            """SELECT COALESCE(v.value, ''), COUNT(*) FROM respondent p
            LEFT JOIN attribute_value v ON v.respondent = p.number AND v.attribute = ?
            GROUP BY 1 ORDER BY 1""",
            (attribute,),
        )
    )


def pair_counts(database: Database, attribute: str, by: str) -> list[tuple[str, str, int]]:
    """Count the respondents with each pair of values of two attributes; empty where there is no value."""
    return database.rows(
        """SELECT COALESCE(v.value, ''), COALESCE(w.value, ''), COUNT(*) FROM respondent p
        LEFT JOIN attribute_value v ON v.respondent = p.number AND v.attribute = ?
        LEFT JOIN attribute_value w ON w.respondent = p.number AND w.attribute = ?
        GROUP BY 1, 2 ORDER BY 1, 2""",
        (attribute, by),
    )
