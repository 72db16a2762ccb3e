"""What there is of settled answers before some place of the log, as taking in acts behind it needs it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.copies.late_settlings import SettledBefore
from coder.domain.copies.logged_steps import CellContent
from coder.domain.team.settled_decisions import AnswerDecisions
from coder.domain.team.settled_layer import SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.copies.logged_steps import CodingCell
    from coder.domain.copies.received_acts import Content
    from coder.store.database import Database

_DECISIONS = """SELECT c.response, s.kind, c.before, c.after FROM main.step s
    JOIN main.change c ON c.step = s.number
    WHERE s.coder = :layer AND s.number <= :kept AND c.aspect = 'kept' ORDER BY c.number"""
_LAYER = """SELECT c.response, c.aspect, c.theme, c.after, c.words_by
    FROM json_each(:responses) j CROSS JOIN main.change c ON c.response = j.value
    JOIN main.step s ON s.number = c.step
    WHERE s.coder = :layer AND s.number <= :kept AND c.aspect IN ('theme', 'memo', 'recode', 'done')
    ORDER BY c.number"""


class SettledSoFar(NamedTuple):
    """What there is of settled answers before some place."""

    before: SettledBefore
    standing: dict[CodingCell, CellContent]
    """What stands in the settled layer on these answers."""


def settled_before(database: Database, steps: Iterable[Content], kept: int) -> SettledSoFar | None:
    """Return what there is of settled answers up to a step; None where nothing behind it concerns the layer.

    Args:
        database: The study's.
        steps: What the steps behind it say.
        kept: The number of that step.
    """
    of_layer = [content for content in steps if content["coder"] == SETTLED]
    if not of_layer:
        return None
    numbers: dict[str, int] = dict(database.rows("SELECT id, number FROM response"))
    decisions: dict[int, AnswerDecisions] = defaultdict(AnswerDecisions)
    for response, kind, old, new in database.rows(_DECISIONS, {"layer": SETTLED, "kept": kept}):
        decisions[response].take(kind, old, new)
    concerned = {numbers[row[0]] for content in of_layer for row in content["changes"]}
    concerned |= {response for response, of_answer in decisions.items() if of_answer.had_unaware}
    before = SettledBefore({response: decisions[response] for response in concerned}, {}, {})
    standing: dict[CodingCell, CellContent] = {}
    listed = {"responses": json.dumps(sorted(concerned)), "layer": SETTLED, "kept": kept}
    for response, aspect, theme_id, after, words_by in database.rows(_LAYER, listed):
        if aspect == "done":
            before.done.pop(response, None)
            if after is not None:
                before.done[response] = after
            continue
        cell: CodingCell = (response, SETTLED, aspect, theme_id)
        standing.pop(cell, None)
        if after is not None:
            standing[cell] = CellContent(after, words_by)
            if aspect == "theme":
                before.words[response, theme_id] = standing[cell]
    return SettledSoFar(before, standing)
