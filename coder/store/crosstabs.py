"""Counting respondents, and what they mention, by what is known about them."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from coder.store.scope import ALL, Which, among, belongs, coded_condition, counted
from coder.store.counts import Count, counts_twice, member_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.tables.requests import BaseKind
    from coder.store.database import Database

Cells = dict[str, dict[str, Count]]
"""Theme or net to value to what was counted; empty where a respondent has no value."""

_VALUE = """LEFT JOIN attribute_value v ON v.respondent = {respondent} AND v.attribute = :attribute"""


def value_counts(database: Database, attribute: str, where: tuple[str, str] | None = None) -> dict[str, int]:
    """Count the respondents with each value of an attribute; those without one under the empty text.

    Args:
        database: The study.
        attribute: The attribute's name.
        where: Only respondents with this value of another are counted.
    """
    values = {"attribute": attribute}
    return dict(
        database.rows(
            f"""SELECT COALESCE(v.value, ''), COUNT(*)
            FROM respondent p {_VALUE.format(respondent="p.number")}
            WHERE {belongs(where, values, "p.number")} GROUP BY 1 ORDER BY 1""",
            values,
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
    values = {"attribute": attribute, "by": by}
    return database.rows(
        f"""SELECT COALESCE(v.value, ''), COALESCE(w.value, ''), COUNT(*)
        FROM respondent p {_VALUE.format(respondent="p.number")}
        LEFT JOIN attribute_value w ON w.respondent = p.number AND w.attribute = :by
        WHERE {belongs(where, values, "p.number")} GROUP BY 1, 2 ORDER BY 1, 2""",
        values,
    )


def theme_cells(
    database: Database,
    question_ids: str | Sequence[str],
    attribute: str,
    which: Which = ALL,
) -> Cells:
    """Count each theme of a question among those with each value of an attribute.

    Args:
        database: The study.
        question_ids: The question, or several that are counted as one.
        attribute: The attribute's name.
        which: Which of its codings.
    """
    source = counted(question_ids, which)
    once = f"SELECT DISTINCT theme, response, respondent FROM ({source.sql}) c"
    sql = f"""SELECT theme, json_group_array(respondent)
        FROM ({once if counts_twice(which) else source.sql}) k GROUP BY theme"""
    value_of = _values(database, attribute)
    # Counting a list's values takes half the time of SQLite's sort by theme, value and respondent.
    cells: Cells = {}
    for theme_id, listed in database.stream(sql, source.values):
        respondents = json.loads(listed)
        mentions = Counter(map(value_of.__getitem__, respondents))
        people = Counter(map(value_of.__getitem__, set(respondents)))
        cells[theme_id] = {value: Count(people[value], times) for value, times in mentions.items()}
    return cells


def _values(database: Database, attribute: str) -> dict[int, str]:
    """Return each respondent's value of an attribute; the empty text where there is none."""
    joined = _VALUE.format(respondent="p.number")
    sql = f"SELECT p.number, COALESCE(v.value, '') FROM respondent p {joined}"
    return dict(database.stream(sql, {"attribute": attribute}))


def union_cells(
    database: Database,
    question_ids: str | Sequence[str],
    attribute: str,
    members: Mapping[str, Sequence[str]],
    which: Which = ALL,
) -> Cells:
    """Count groups of themes in the same way, each respondent of a group once.

    Args:
        database: The study.
        question_ids: The question, or several that are counted as one.
        attribute: The attribute's name.
        members: For each group, the ids of its themes.
        which: Which of its codings.
    """
    if not any(members.values()):
        return {}
    source = counted(question_ids, which)
    listed, values = member_rows(members)
    found = database.rows(
        f"""WITH member (net, id) AS ({listed})
        SELECT m.net, COALESCE(v.value, ''), COUNT(DISTINCT k.respondent),
            COUNT(DISTINCT k.theme || ' ' || k.response)
        FROM ({source.sql}) k JOIN member m ON m.id = k.theme {_VALUE.format(respondent="k.respondent")}
        GROUP BY 1, 2""",
        source.values | values | {"attribute": attribute},
    )
    return _cells(found)


def base_cells(
    database: Database,
    question_ids: str | Sequence[str],
    attribute: str,
    kind: BaseKind,
    which: Which = ALL,
) -> dict[str, int]:
    """Count whom the percentages of each value's column are of.

    Args:
        database: The study.
        question_ids: The question, or several that are counted as one.
        attribute: The attribute's name.
        kind: Those who answered, or those with a theme (see `counts.base`); `value_counts` has everybody.
        which: Which of its codings.
    """
    coded, values = coded_condition(
        question_ids, which._replace(agreed="any") if kind == "answered" else which
    )
    who = coded if kind == "coded" else f"(r.answered = 1 OR {coded})"
    return dict(
        database.rows(
            f"""SELECT COALESCE(v.value, ''), COUNT(DISTINCT r.respondent)
            FROM response r {_VALUE.format(respondent="r.respondent")}
            WHERE {among("question", question_ids, values)} AND {who}
            AND {belongs(which.where, values, "r.respondent")} GROUP BY 1""",
            values | {"attribute": attribute},
        )
    )


def _cells(rows: Sequence[tuple[str, str, int, int]]) -> Cells:
    found: Cells = {}
    for name, value, respondents, mentions in rows:
        found.setdefault(name, {})[value] = Count(respondents, mentions)
    return found
