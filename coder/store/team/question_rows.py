"""Questions to the team in the database: they follow from what was done to the team."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, get_args

from coder.domain.team.question_threads import QuestionEventKind, questions_told
from coder.store.team.team_rows import events

if TYPE_CHECKING:
    from collections.abc import Collection

    from coder.domain.team.question_threads import TeamQuestion
    from coder.store.database import Database

_HIDDEN = """SELECT r.id FROM json_each(:names) j JOIN response r ON r.id = j.value
    WHERE EXISTS (SELECT 1 FROM assignment a WHERE a.response = r.number
        AND a.round IN (SELECT value FROM json_each(:rounds)))"""


class QuestionsSeen(NamedTuple):
    """The questions to the team that somebody may read."""

    questions: list[TeamQuestion]
    """Oldest first."""
    hidden: int
    """How many more there are, about answers of a blind round of theirs: asked by others, who may have said
    how they code."""


def questions_seen(database: Database, person_id: str) -> QuestionsSeen:
    """Return the questions to the team that somebody may read; those they asked they may."""
    questions = team_questions(database)
    of_others = {q.response_id for q in questions if q.response_id and q.by != person_id}
    hidden = hidden_answers(database, of_others)
    seen = [q for q in questions if q.by == person_id or q.response_id not in hidden]
    return QuestionsSeen(seen, len(questions) - len(seen))


def waiting_for(database: Database, person_id: str) -> int:
    """Count the open questions whose last word is somebody else's."""
    return sum(question.waits_for(person_id) for question in questions_seen(database, person_id).questions)


def team_questions(database: Database) -> list[TeamQuestion]:
    """Return the questions to the team, oldest first."""
    of_questions = events(database, *get_args(QuestionEventKind))
    return questions_told((event.at, event.by, event.kind, event.content) for event in of_questions)


def hidden_answers(database: Database, response_ids: Collection[str]) -> set[str]:
    """Return those of some answers on which whoever is at work sees their own codings alone."""
    if not (response_ids and database.sight.is_blind):
        return set()
    names = {"names": json.dumps(list(response_ids)), "rounds": json.dumps(database.sight.rounds)}
    return {response_id for (response_id,) in database.rows(_HIDDEN, names)}
