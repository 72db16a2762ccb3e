"""Asking the team about an answer or a theme, answering, and closing what is settled."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coder.domain.log_moments import local_moment
from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.store import log
from coder.store.team.question_rows import questions_seen
from coder.store.team.team_rows import note_event

if TYPE_CHECKING:
    from coder.domain.team.question_threads import QuestionEventKind, TeamQuestion
    from coder.workflows.study.study import Study

_ID_BYTES = 4
_FEWEST_OF_ID = 2
"""Characters of an id by which a question can be named, if no other begins so."""
LONGEST_TEXT = 4_000
"""Characters of a question or an answer to one."""


def ask_team(study: Study, by: str, text: str, response_id: str = "", theme_id: str = "") -> str:
    """Ask the team about an answer or a theme; return the question's id.

    Args:
        study: The study.
        by: The id of who asks.
        text: The question.
        response_id: The answer that it is about; empty if it is about a theme.
        theme_id: The theme that it is about; empty if it is about an answer.

    Raises:
        CoderError: The text is empty or far too long.
        ReadOnlyError: The study can only be read.
    """
    question_id = os.urandom(_ID_BYTES).hex()
    content = {"question": question_id, "text": _checked(text), "response": response_id, "theme": theme_id}
    _note(study, by, "asked", content)
    return question_id


def answer_question(study: Study, by: str, question: TeamQuestion, text: str) -> None:
    """Answer a question of the team's.

    Raises:
        CoderError: The text is empty or far too long, or the question is closed.
        ReadOnlyError: The study can only be read.
    """
    if question.is_closed:
        msg = "The question is closed."
        raise CoderError(msg, f"To open it again: coder team questions open {question.id}")
    _note(study, by, "answered", {"question": question.id, "text": _checked(text)})


def close_question(study: Study, by: str, question: TeamQuestion, *, again: bool = False) -> None:
    """Close a question of the team's, or open one again.

    Raises:
        CoderError: It is so already.
        ReadOnlyError: The study can only be read.
    """
    if question.is_closed != again:
        msg = f"The question is {'open' if again else 'closed'} already."
        raise CoderError(msg, "See: coder team questions")
    _note(study, by, "question opened" if again else "question closed", {"question": question.id})


def question_named(study: Study, person_id: str, name: str) -> TeamQuestion:
    """Return the question of an id, or of its beginning.

    Raises:
        CoderError: None has it, or several have.
    """
    questions = questions_seen(study.database, person_id).questions
    named = [q for q in questions if q.id.startswith(name.casefold()) and len(name) >= _FEWEST_OF_ID]
    if len(named) == 1:
        return named[0]
    msg = f"{len(named) or 'No'} questions to the team begin with '{name}'."
    raise CoderError(msg, nearest(name, [q.id for q in questions]) or "See: coder team questions list --all")


def about_text(study: Study, question: TeamQuestion) -> str:
    """Return what a question is about, in words: the answer's id, or the theme's label."""
    return question.response_id or study.codebook.label(question.theme_id)


def question_lines(study: Study, question: TeamQuestion) -> list[str]:
    """Return a question with its answers, each with who and when."""
    lines = [f"{question.text}", f"  {_signed(study, question.by, question.at)}"]
    for reply in question.replies:
        lines += [reply.text, f"  {_signed(study, reply.by, reply.at)}"]
    return [*lines, "Closed."] if question.is_closed else lines


def _signed(study: Study, person_id: str, at: str) -> str:
    return f"{study.name_of(person_id)}, {local_moment(at):%Y-%m-%d %H:%M}"


def _checked(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST_TEXT:
        msg = "A question to the team, or an answer to one, has no text." if not text else "That is too long."
        raise CoderError(msg, f"Write up to {LONGEST_TEXT:,} characters.")
    return text


def _note(study: Study, by: str, kind: QuestionEventKind, content: dict[str, str]) -> None:
    with study.database.transaction():
        note_event(study.database, log.utc_now(), by, kind, content)
