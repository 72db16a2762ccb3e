"""Open questions of a study by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import matching, nearest
from coder.errors import CoderError
from coder.store import surveys

if TYPE_CHECKING:
    from coder.domain.responses import Question
    from coder.workflows.study.study import Study


def find_question(study: Study, name: str) -> Question:
    """Find an open question by its id, whatever the case; of two that differ in case, the one as written.

    Raises:
        CoderError: There is none; the hint gives the nearest.
    """
    questions = {question.id: question for question in surveys.questions(study.database)}
    question_id = matching(name, questions)
    if question_id is not None:
        return questions[question_id]
    hint = nearest(name, questions) or f"Its open questions: {', '.join(questions)}."
    msg = f"The study has no open question '{name}'."
    raise CoderError(msg, hint)


def question_title(question: Question) -> str:
    """Return a question's id and wording: `Q16. Three most pressing challenges`."""
    return f"{question.id}. {question.label}" if question.label else question.id
