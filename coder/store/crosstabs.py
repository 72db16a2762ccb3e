"""Counting respondents, and what they mention, by what is known about them."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.tables.counts import Count
from coder.store.counts import member_rows, net_counts, theme_counts
from coder.store.scope import belongs, counted_codings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.store.database import Database
    from coder.store.scope import Scope

Cells = dict[str, dict[str, Count]]
"""Theme or net to attribute value to what was counted; empty where a respondent has no value."""

_VALUE = """LEFT JOIN attribute_value v ON v.respondent = {respondent} AND v.attribute = :attribute"""


def value_counts(database: Database, attribute: str, where: tuple[str, str] | None = None) -> dict[str, int]:
    """Count the respondents with each value of an attribute; those without one under the empty text.

    Args:
        database: The study.
        attribute: The attribute's name.
        where: Only respondents with this value of another are counted.
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
    database: Database, attribute: str, by: str, where: tuple[str, str] | None = None
) -> list[tuple[str, str, int]]:
    """Count the respondents with each pair of values of two attributes; empty where there is no value.

    Args:
        database: The study.
        attribute: The one attribute's name.
        by: The other's.
        where: Only respondents with this value of a third are counted.
    """
    parameters = {"attribute": attribute, "by": by}
    return database.rows(
        f"""SELECT COALESCE(v.value, ''), COALESCE(w.value, ''), COUNT(*)
        FROM respondent p {_VALUE.format(respondent="p.number")}
        LEFT JOIN attribute_value w ON w.respondent = p.number AND w.attribute = :by
        WHERE {belongs(where, parameters, "p.number")} GROUP BY 1, 2 ORDER BY 1, 2""",
        parameters,
    )


def theme_cells(database: Database, scope: Scope, attribute: str | None = None) -> Cells:
    """Count each theme that anybody mentions among those with each value of an attribute.

    Args:
        database: The study.
        scope: Which codings are counted.
        attribute: The attribute's name; None to count all together, under the empty text.
    """
    if attribute is None:
        return {theme_id: {"": count} for theme_id, count in theme_counts(database, scope).items()}
    codings = counted_codings(scope)
    once = f"SELECT DISTINCT theme, response, respondent FROM ({codings.text}) c"
    sql = f"""SELECT theme, json_group_array(respondent)
        FROM ({once if scope.counts_twice else codings.text}) k GROUP BY theme"""
    value_of = _values(database, attribute)
    # Counting a list's values takes half the time of SQLite's sort by theme, value and respondent.
    cells: Cells = {}
    for theme_id, numbers in database.stream(sql, codings.parameters):
        respondents = json.loads(numbers)
        mentions = Counter(map(value_of.__getitem__, respondents))
        people = Counter(map(value_of.__getitem__, set(respondents)))
        cells[theme_id] = {
            attribute_value: Count(people[attribute_value], times)
            for attribute_value, times in mentions.items()
        }
    return cells


def _values(database: Database, attribute: str) -> dict[int, str]:
    """Return each respondent's value of an attribute; the empty text where there is none."""
    joined = _VALUE.format(respondent="p.number")
    sql = f"SELECT p.number, COALESCE(v.value, '') FROM respondent p {joined}"
    return dict(database.stream(sql, {"attribute": attribute}))


def net_cells(
    database: Database, scope: Scope, members: Mapping[str, Sequence[str]], attribute: str | None = None
) -> Cells:
    """Count nets, or other groups of themes, in the same way, each respondent of a group once.

    Args:
        database: The study.
        scope: Which codings are counted.
        members: For each group, the ids of its themes.
        attribute: The attribute's name; None to count all together, under the empty text.
    """
    if attribute is None:
        return {net: {"": count} for net, count in net_counts(database, scope, members).items()}
    if not any(members.values()):
        return {}
    codings = counted_codings(scope)
    listed, member_names = member_rows(members)
    rows = database.rows(
        f"""WITH member (net, id) AS ({listed})
        SELECT m.net, COALESCE(v.value, ''), COUNT(DISTINCT k.respondent),
            COUNT(DISTINCT k.theme || ' ' || k.response)
        FROM ({codings.text}) k JOIN member m ON m.id = k.theme {_VALUE.format(respondent="k.respondent")}
        GROUP BY 1, 2""",
        codings.parameters | member_names | {"attribute": attribute},
    )
    cells: Cells = {}
    for net, attribute_value, *numbers in rows:
        cells.setdefault(net, {})[attribute_value] = Count(*numbers)
    return cells
