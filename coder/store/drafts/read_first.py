"""Answers that came at random and were read, before draft themes come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coder.domain.reading_orders import READ_FIRST
from coder.store.database import remember
from coder.store.drafts.kept_lists import read_list

if TYPE_CHECKING:
    from coder.store.database import Database


def note_read(database: Database, coder_id: str, question_id: str, number: int) -> None:
    """Note that an answer that came at random was read; no more than have to be before drafts come."""
    numbers = passed_on(database, coder_id, question_id)
    if number not in numbers and len(numbers) < READ_FIRST:
        numbers.append(number)
        remember(database, _reading(coder_id, question_id), json.dumps(numbers))


def read_at_random(database: Database, coder_id: str, question_id: str) -> int:
    """Return how many answers to a question came at random and were decided on or passed on, 30 at most."""
    noted = passed_on(database, coder_id, question_id)
    decided = database.rows(
        """SELECT DISTINCT c.response FROM step s JOIN change c ON c.step = s.number
            JOIN response r ON r.number = c.response
            WHERE s.coder = ? AND s.came_by = 'random' AND r.question = ? LIMIT ?""",
        (coder_id, question_id, READ_FIRST),
    )
    return min(READ_FIRST, len({*noted, *(number for (number,) in decided)}))


def passed_on(database: Database, coder_id: str, question_id: str) -> list[int]:
    """Return the answers to a question that came at random and were read and left open, as noted."""
    numbers = read_list(database.setting(_reading(coder_id, question_id)))
    return [number for number in numbers if isinstance(number, int)]


def _reading(coder_id: str, question_id: str) -> str:
    return f"read-first.{coder_id}.{question_id}"
