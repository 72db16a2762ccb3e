"""Counting respondents by what is known about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store.scope import belongs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.filters import Having
    from coder.store.database import Database

_VALUE = """LEFT JOIN attribute_value v ON v.respondent = {respondent} AND v.attribute = :attribute"""


def value_counts(database: Database, attribute: str, where: Sequence[Having] = ()) -> dict[str, int]:
    """Count the respondents with each value of an attribute; those without one under the empty text.

    Args:
        database: The study.
        attribute: The attribute's name.
        where: Only respondents that meet all of these are counted.
    """
    parameters = {"attribute": attribute}
    return dict(
        database.rows(
            f"""SELECT COALESCE(v.value, ''), COUNT(*)
            FROM respondent p {_VALUE.format(respondent="p.number")}
            WHERE {belongs(where, parameters, "p.number")} GROUP BY 1 ORDER BY 1""",
            parameters,
        )
    )


def pair_counts(
    database: Database, attribute: str, by: str, where: Sequence[Having] = ()
) -> list[tuple[str, str, int]]:
    """Count the respondents with each pair of values of two attributes; empty where there is no value.

    Args:
        database: The study.
        attribute: The one attribute's name.
        by: The other's.
        where: Only respondents that meet all of these are counted.
    """
    parameters = {"attribute": attribute, "by": by}
    return database.rows(
        f"""SELECT COALESCE(v.value, ''), COALESCE(w.value, ''), COUNT(*)
        FROM respondent p {_VALUE.format(respondent="p.number")}
        LEFT JOIN attribute_value w ON w.respondent = p.number AND w.attribute = :by
        WHERE {belongs(where, parameters, "p.number")} GROUP BY 1, 2 ORDER BY 1, 2""",
        parameters,
    )
