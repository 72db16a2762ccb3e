"""Draft themes as a coder has left them: what was proposed, and what was decided.

A decision belongs to a step of the log and stands while the step does: undo and redo take it back and bring
it again. All of it lies among the study's settings: it is nobody's coding, and no table counts it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.drafting.theme_drafts import DraftDecision, ThemeDraft
from coder.store.database import remember
from coder.store.drafts.kept_lists import read_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from coder.store.database import Database

_DECISION = "draft."
_DECISIONS = "SELECT key, value FROM setting WHERE key > ? AND key < ?"


def keep_drafts(database: Database, coder_id: str, question_id: str, drafts: Sequence[ThemeDraft]) -> None:
    """Keep the drafts for a question, in place of those before."""
    rows = [[draft.name, draft.words, draft.responses, draft.quotes] for draft in drafts]
    remember(database, f"drafts.{coder_id}.{question_id}", json.dumps(rows, ensure_ascii=False))


def kept_drafts(database: Database, coder_id: str, question_id: str) -> list[ThemeDraft]:
    """Return the drafts worked out last for a question, whatever was decided of them."""
    rows = read_list(database.setting(f"drafts.{coder_id}.{question_id}"))
    try:
        return [
            ThemeDraft(str(name), tuple(map(str, words)), _numbers(responses), _numbers(quotes))
            for name, words, responses, quotes in rows
        ]
    except (TypeError, ValueError):
        # Somebody wrote into it; drafts are soon worked out anew.
        return []


def keep_decision(database: Database, step: int, question_id: str, decision: DraftDecision) -> None:
    """Keep what a step of the log decided about a draft; call it in the step's transaction."""
    _write_decision(database, f"{_DECISION}{step}", question_id, decision)


def _write_decision(database: Database, key: str, question_id: str, decision: DraftDecision) -> None:
    members = [
        question_id,
        decision.verdict,
        decision.responses,
        decision.name,
        decision.into,
        decision.theme_id,
    ]
    database.set_setting(key, json.dumps(members, ensure_ascii=False))


def forget_in_decisions(database: Database, numbers: Collection[int]) -> None:
    """Have decisions about drafts name none of some answers, which are deleted; call it in that transaction.

    Args:
        database: The study's.
        numbers: The numbers of the answers.
    """

    def without(responses: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number for number in responses if number not in numbers)

    for key, text in database.rows(_DECISIONS, (_DECISION, _after(_DECISION))):
        for question_id, decision in _decided(text):
            remaining = replace(decision, responses=without(decision.responses), into=without(decision.into))
            if remaining != decision:
                _write_decision(database, key, question_id, remaining)


def decisions(database: Database, coder_id: str, question_id: str) -> list[DraftDecision]:
    """Return a coder's decisions about drafts for a question that stand, the oldest first."""
    standing = sorted(
        (int(key.removeprefix(_DECISION)), text)
        for key, text in database.rows(_DECISIONS, (_DECISION, _after(_DECISION)))
        if key.removeprefix(_DECISION).isdecimal()
    )
    return [
        decision
        for step, text in standing
        for of_question, decision in _decided(text)
        if of_question == question_id and _stands(database, step, coder_id)
    ]


def decision_of(database: Database, step: int) -> DraftDecision | None:
    """Return what a step decided about a draft; None if it was about none."""
    return next((decision for _, decision in _decided(database.setting(f"{_DECISION}{step}"))), None)


def _decided(text: str | None) -> Iterator[tuple[str, DraftDecision]]:
    try:
        question_id, verdict, responses, name, into, theme_id = read_list(text)
        decision = DraftDecision(verdict, _numbers(responses), str(name), _numbers(into), str(theme_id))
    except (TypeError, ValueError):
        return
    yield str(question_id), decision


def _stands(database: Database, step: int, coder_id: str) -> bool:
    return bool(
        database.value("SELECT undone = 0 FROM step WHERE number = ? AND coder = ?", (step, coder_id))
    )


def _numbers(members: Sequence[object]) -> tuple[int, ...]:
    return tuple(number for number in members if isinstance(number, int))


def _after(prefix: str) -> str:
    """Return the least text that comes after every text with a prefix."""
    return f"{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}"
