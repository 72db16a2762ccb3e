"""Decisions of a team on answers, read from the settled layer of the log."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.team.settled_decisions import AnswerDecisions
from coder.domain.team.settled_layer import SETTLED
from coder.store.opening.damage import damaged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from coder.domain.codebook import Codebook
    from coder.domain.team.settled_decisions import StandingDecision
    from coder.store.database import Database

_DECISIONS = """SELECT c.response, s.kind, c.before, c.after, s.by_person, s.at
    FROM json_each(:responses) j CROSS JOIN change c ON c.response = j.value
    JOIN step s ON s.number = c.step
    WHERE s.coder = :layer AND c.aspect = 'kept' AND s.number <= COALESCE(:as_of, s.number)
    ORDER BY c.number"""
# Where decisions differ, something was decided and yet the answer is not settled.
_OPEN_AGAIN = """SELECT k.response, k.question FROM mark k WHERE k.coder = :layer AND k.aspect = 'kept'
    AND NOT EXISTS (SELECT 1 FROM mark d WHERE d.response = k.response AND d.coder = k.coder
        AND d.aspect = 'done' AND d.theme = '')"""
_EVER_DECIDED = """SELECT DISTINCT c.response, r.question FROM step s JOIN change c ON c.step = s.number
    JOIN response r ON r.number = c.response
    WHERE s.coder = :layer AND c.aspect = 'kept' AND s.number <= :as_of"""


def decisions_on(
    database: Database, responses: Iterable[int], as_of: int | None = None
) -> dict[int, AnswerDecisions]:
    """Map those of some answers on which anything was ever decided, or by a step, to the decisions."""
    decisions: dict[int, AnswerDecisions] = defaultdict(AnswerDecisions)
    listed = {"responses": json.dumps(list(responses)), "layer": SETTLED, "as_of": as_of}
    for response, kind, old, new, by, at in database.rows(_DECISIONS, listed):
        try:
            decisions[response].take(kind, old, new, by, at)
        except ValueError as error:
            fault = "A decision of the team makes no sense."
            raise damaged(fault) from error
    return dict(decisions)


def rival_decisions(
    database: Database, codebook: Codebook, question_ids: Collection[str] = (), as_of: int | None = None
) -> dict[int, list[StandingDecision]]:
    """Map the answers that people settled differently, without knowing of each other, to what they decided.

    Args:
        database: The study's.
        codebook: The codebook in use.
        question_ids: Of these questions alone; empty: of all.
        as_of: As it stood after this step; None: as it stands.
    """
    sql = _OPEN_AGAIN if as_of is None else _EVER_DECIDED
    candidates = [
        response
        for response, question in database.rows(sql, {"layer": SETTLED, "as_of": as_of})
        if not question_ids or question in question_ids
    ]
    rivals = {
        response: of_answer.rivals(codebook)
        for response, of_answer in decisions_on(database, candidates, as_of).items()
    }
    return {response: decisions for response, decisions in rivals.items() if decisions}
