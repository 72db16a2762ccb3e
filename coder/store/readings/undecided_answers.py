"""Answers that a rule about several coders leaves out, or that it was not made for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from coder.domain.tables.undecided import RuleMisfit, Undecided
from coder.domain.team.rounds import AGAIN, APART
from coder.store.codebook_versions import latest_version
from coder.store.scope import WEIGHED, among, answer_meets, belongs, filled
from coder.store.team.decision_rows import rival_decisions

if TYPE_CHECKING:
    from coder.store.database import Database
    from coder.store.scope import Scope

_OPEN = "is_settled = 0 AND adjudicated = 0"
_DIFFERS = "chosen BETWEEN 1 AND readers - 1"
_UNDECIDED = f"""SELECT COUNT(DISTINCT CASE WHEN {_DIFFERS} THEN response END),
        COUNT(CASE WHEN {_DIFFERS} THEN 1 END), COUNT(DISTINCT CASE WHEN half > 0 THEN response END)
    FROM ({WEIGHED}) w WHERE {_OPEN}"""
_MISFIT = f"""SELECT COUNT(DISTINCT CASE WHEN readers BETWEEN 1 AND :all_coders - 1 THEN response END),
        COUNT(DISTINCT CASE WHEN {_OPEN} AND {_DIFFERS} THEN response END),
        COUNT(DISTINCT CASE WHEN (is_settled = 1 AND in_layer = 0)
            OR (is_settled = 0 AND adjudicated > 0 AND adjudicated_so = 0) THEN response END),
        COUNT(DISTINCT CASE WHEN {_OPEN} AND {_DIFFERS} AND readers = 2 THEN response END)
    FROM ({WEIGHED}) w WHERE TRUE"""


def undecided(database: Database, scope: Scope) -> Undecided:
    """Count what the rule `settled` leaves out of a scope's questions, of the respondents who are counted."""
    answers, themes, half_coded = _counts(database, _UNDECIDED, scope)
    differently, trained = _settled_differently(database, scope), _in_trainings(database, scope)
    return Undecided(answers, themes, half_coded, differently, trained)


def _in_trainings(database: Database, scope: Scope) -> int:
    """Count the answers that somebody has coded in a training by now: how many is no secret."""
    parameters: dict[str, Any] = {}
    condition = among("question", scope.question_ids, parameters).replace("question", "m.question", 1)
    counted_so = belongs(scope.where, parameters, "r.respondent")
    of_answers = answer_meets(scope.answers_where, parameters, "r.number")
    answers: int = database.value(
        f"""SELECT COUNT(DISTINCT m.response) FROM round d
        JOIN main.mark m ON m.coder = '{APART}' || d.id AND m.aspect = 'done'
        JOIN response r ON r.number = m.response
        WHERE d.gold NOT IN ('', '{AGAIN}') AND {condition} AND {counted_so} AND {of_answers}""",
        parameters,
    )
    return answers


def _settled_differently(database: Database, scope: Scope) -> int:
    """Count the answers that people settled differently in several copies of the study."""
    latest = latest_version(database)
    if latest is None:
        return 0
    rivals = rival_decisions(database, latest.codebook, scope.question_ids, scope.as_of)
    if not rivals:
        return 0
    parameters: dict[str, Any] = {"rivals": json.dumps(list(rivals))}
    counted_so = belongs(scope.where, parameters)
    of_answers = answer_meets(scope.answers_where, parameters, "number")
    text = f"""SELECT COUNT(*) FROM response
        WHERE number IN (SELECT value FROM json_each(:rivals)) AND {counted_so} AND {of_answers}"""
    answers: int = database.value(text, parameters)
    return answers


def rule_misfit(database: Database, scope: Scope, coders: int) -> RuleMisfit:
    """Count the answers that another rule was not made for, of the respondents who are counted.

    Args:
        database: The study.
        scope: Which codings are counted.
        coders: How many people's they are.
    """
    return RuleMisfit(*_counts(database, _MISFIT, scope, all_coders=coders))


def _counts(database: Database, form: str, scope: Scope, **numbers: int) -> tuple[int, ...]:
    text, parameters = filled(form, scope._replace(agreed="settled", only_read=False))
    if scope.where or scope.answers_where:
        of_answers = answer_meets(scope.answers_where, parameters)
        text = f"{text} AND {belongs(scope.where, parameters)} AND {of_answers}"
    counts: tuple[int, ...] = database.row(text, parameters | numbers)
    return counts
