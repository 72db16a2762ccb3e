"""Counting in the database: distinct respondents and mentions, by theme and by net."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.tables.counts import Count
from coder.store.scope import Scope, counted_codings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.store.database import Database


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
    listed, member_names = member_rows(members)
    rows = database.rows(
        f"""WITH member (net, id) AS ({listed})
        SELECT m.net, COUNT(DISTINCT k.respondent), COUNT(DISTINCT k.theme || ' ' || k.response)
        FROM ({codings.text}) k JOIN member m ON m.id = k.theme GROUP BY m.net""",
        codings.parameters | member_names,
    )
    return {net: Count(*numbers) for net, *numbers in rows}


def member_rows(members: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, str]]:
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
