"""Whose codings make a theme count on an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store.scope import IS_SETTLED_SO, WEIGHED, counted_codings, filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.store.database import Database
    from coder.store.scope import Scope

_DECIDING = f"""SELECT k.response, k.theme, k.coder FROM ({{codings}}) k
    JOIN (SELECT * FROM ({WEIGHED}) w WHERE {IS_SETTLED_SO}) n
        ON n.response = k.response AND n.theme = k.theme
    LEFT JOIN ({{done}}) f ON f.response = k.response AND f.coder = k.coder
    WHERE CASE WHEN n.is_settled = 1 THEN k.coder = {{layer}} WHEN n.adjudicated > 0
        THEN k.origin = 'adjudication' ELSE f.coder IS NOT NULL END"""


def deciding_codings(database: Database, scope: Scope) -> Iterator[tuple[int, str, str]]:
    """Yield response, theme and coder of the codings by which themes count.

    By the rule `settled` the settled layer's stand for everybody's; else an adjudication's; else those of the
    people who have finished the answer. By other rules they are everybody's with a theme that counts.
    """
    if scope.agreed == "settled":
        text, parameters = filled(_DECIDING, scope)
    else:
        counted = counted_codings(scope)
        everybody, parameters = filled("{codings}", scope)
        text = f"""SELECT response, theme, coder FROM ({everybody}) k
            WHERE (response, theme) IN (SELECT response, theme FROM ({counted.text}) n)"""
        parameters |= counted.parameters
    yield from database.stream(text, parameters)
