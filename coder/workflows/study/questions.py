"""Open questions of a study by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
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
    questions = surveys.questions(study.database)
    for question in sorted(questions, key=lambda question: question.id != name):
        if question.id.casefold() == name.strip().casefold():
            return question
    ids = [question.id for question in questions]
    hint = nearest(name, ids) or f"Its open questions: {', '.join(ids)}."
    msg = f"The study has no open question '{name}'."
    raise CoderError(msg, hint)
