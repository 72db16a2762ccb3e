"""What steps of certain labels have left, and which labels there are: imports are known by theirs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.store.scope import like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.codings import Aspect
    from coder.store.database import Database

_STANDS = "s.coder = :coder AND s.kind = 'do' AND s.undone = 0"


def labels_beginning(database: Database, coder_id: str, start: str) -> list[str]:
    """Return the labels of a coder's steps that stand which begin with a text, in alphabetical order."""
    rows = database.rows(
        f"""SELECT DISTINCT s.label FROM step s WHERE {_STANDS} AND s.label LIKE :start ESCAPE '\\'
        ORDER BY s.label""",
        {"coder": coder_id, "start": like(start).removeprefix("%")},
    )
    return [label for (label,) in rows]


def left_by(database: Database, coder_id: str, labels: Iterable[str]) -> dict[tuple[int, Aspect, str], str]:
    """Return what a coder's steps of some labels that stand have left of codings and marks.

    Returns:
        Response, aspect and theme of each to its content as the log writes it; what they took away is not
        among it.
    """
    rows = database.stream(
        f"""SELECT c.response, c.aspect, c.theme, c.after FROM step s JOIN change c ON c.step = s.number
        WHERE {_STANDS} AND s.label IN (SELECT value FROM json_each(:labels)) ORDER BY c.number""",
        {"coder": coder_id, "labels": json.dumps(list(labels))},
    )
    latest = {(response, aspect, theme): after for response, aspect, theme, after in rows}
    return {key: content for key, content in latest.items() if content is not None}
