"""Counting who mentions which theme or net, and how often; in all, or by attribute."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.domain.tables.counts import CellCount, Count
from coder.store.opening.damage import damaged
from coder.store.readings.by_value import ByValue
from coder.store.scope import Scope, counted_codings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.store.database import Database

Cells = dict[str, dict[str, CellCount]]
"""Theme or net to attribute value to what was counted; empty where a respondent has no value."""

_VALUE = """LEFT JOIN attribute_value v ON v.respondent = {respondent} AND v.attribute = :attribute"""


def theme_counts(database: Database, scope: Scope) -> dict[str, Count]:
    """Count each theme that anybody mentions.

    Args:
        database: The study.
        scope: Which codings are counted.
    """
    codings = counted_codings(scope)
    mentions = "COUNT(DISTINCT response)" if scope.counts_twice else "COUNT(*)"
    rows = database.rows(
        f"SELECT theme, COUNT(DISTINCT respondent), {mentions} FROM ({codings.text}) k GROUP BY theme",
        codings.parameters,
    )
    return {theme_id: Count(*numbers) for theme_id, *numbers in rows}


def mentions_of_each(database: Database, scope: Scope) -> Iterator[tuple[int, str, int]]:
    """Yield each respondent's number with a theme that they mention, and in how many answers."""
    codings = counted_codings(scope)
    mentions = "COUNT(DISTINCT response)" if scope.counts_twice else "COUNT(*)"
    yield from database.stream(
        f"SELECT respondent, theme, {mentions} FROM ({codings.text}) k GROUP BY respondent, theme",
        codings.parameters,
    )


def net_counts(database: Database, scope: Scope, members: Mapping[str, Sequence[str]]) -> dict[str, Count]:
    """Count each net that anybody mentions: the union of its respondents, the sum of its themes' mentions.

    Args:
        database: The study.
        scope: Which codings are counted.
        members: For each net, or other group of themes, the ids of the themes whose codings it counts.
    """
    if not any(members.values()):
        return {}
    codings = counted_codings(scope)
    listed, member_names = _member_rows(members)
    rows = database.rows(
        f"""WITH member (net, id) AS ({listed})
        SELECT m.net, COUNT(DISTINCT k.respondent), COUNT(DISTINCT k.theme || ' ' || k.response)
        FROM ({codings.text}) k JOIN member m ON m.id = k.theme GROUP BY m.net""",
        codings.parameters | member_names,
    )
    return {net: Count(*numbers) for net, *numbers in rows}


def theme_cells(
    database: Database,
    scope: Scope,
    attribute: str | None = None,
    weights: Mapping[int, int] | None = None,
) -> Cells:
    """Count each theme that anybody mentions among those with each value of an attribute.

    Args:
        database: The study.
        scope: Which codings are counted.
        attribute: The attribute's name; None to count all together, under the empty text.
        weights: What each respondent counts in percentages, by their number; None: all alike.
    """
    if attribute is None and weights is None:
        return {
            theme_id: {"": CellCount(*count)} for theme_id, count in theme_counts(database, scope).items()
        }
    codings = counted_codings(scope)
    once = f"SELECT DISTINCT theme, response, respondent FROM ({codings.text}) c"
    sql = f"""SELECT theme, json_group_array(respondent)
        FROM ({once if scope.counts_twice else codings.text}) k GROUP BY theme"""
    by_value = ByValue(_values(database, attribute), weights)
    # Counting a list takes half the time of SQLite's sort by theme, value and respondent.
    cells: Cells = {}
    for theme_id, numbers in database.stream(sql, codings.parameters):
        try:
            cells[theme_id] = by_value.counted(json.loads(numbers))
        except (LookupError, TypeError, ValueError) as error:
            fault = f"Codings with the theme {str(theme_id)!r} are of a respondent who is not there."
            raise damaged(fault) from error
    return cells


def _values(database: Database, attribute: str | None) -> dict[int, str]:
    """Return each respondent's value of an attribute; the empty text where there is none, or no attribute."""
    joined = _VALUE.format(respondent="p.number")
    sql = f"SELECT p.number, COALESCE(v.value, '') FROM respondent p {joined}"
    return dict(database.stream(sql, {"attribute": attribute}))


def net_cells(
    database: Database,
    scope: Scope,
    members: Mapping[str, Sequence[str]],
    attribute: str | None = None,
    weights: Mapping[int, int] | None = None,
) -> Cells:
    """Count nets, or other groups of themes, in the same way, each respondent of a group once.

    Args:
        database: The study.
        scope: Which codings are counted.
        members: For each group, the ids of its themes.
        attribute: The attribute's name; None to count all together, under the empty text.
        weights: What each respondent counts in percentages, by their number; None: all alike.
    """
    if attribute is None and weights is None:
        return {net: {"": CellCount(*count)} for net, count in net_counts(database, scope, members).items()}
    if not any(members.values()):
        return {}
    codings = counted_codings(scope)
    listed, member_names = _member_rows(members)
    weighing = "NULL" if weights is None else "json_group_array(DISTINCT k.respondent)"
    rows = database.rows(
        f"""WITH member (net, id) AS ({listed})
        SELECT m.net, COALESCE(v.value, ''), COUNT(DISTINCT k.respondent),
            COUNT(DISTINCT k.theme || ' ' || k.response), {weighing}
        FROM ({codings.text}) k JOIN member m ON m.id = k.theme {_VALUE.format(respondent="k.respondent")}
        GROUP BY 1, 2""",
        codings.parameters | member_names | {"attribute": attribute},
    )
    cells: Cells = {}
    for net, attribute_value, respondents, mentions, numbers in rows:
        weight = sum(map((weights or {}).__getitem__, json.loads(numbers or "[]")))
        cells.setdefault(net, {})[attribute_value] = CellCount(respondents, mentions, weight)
    return cells


def _member_rows(members: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, str]]:
    """Return the rows of nets with each of their themes, as SQL with its parameters."""
    pairs = [(net, theme_id) for net, theme_ids in members.items() for theme_id in theme_ids]
    parameters: dict[str, str] = {}
    for number, (net, theme_id) in enumerate(pairs):
        parameters |= {f"net{number}": net, f"member{number}": theme_id}
    return "VALUES " + ", ".join(f"(:net{n}, :member{n})" for n in range(len(pairs))), parameters


def coders_then(database: Database, question_ids: Sequence[str], as_of: int) -> list[str]:
    """Return who had codings that stood on some questions after a step of the log, in alphabetical order."""
    codings = counted_codings(Scope(question_ids, as_of=as_of))
    rows = database.rows(f"SELECT DISTINCT coder FROM ({codings.text}) k ORDER BY coder", codings.parameters)
    return [coder_id for (coder_id,) in rows]
