"""The coder and the question that a report on suggestions is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.workflows.study.opening import default_coder

if TYPE_CHECKING:
    from coder.workflows.study.study import Study


def coder_meant(study: Study, coder_id: str | None) -> str:
    """Return the coder of a name, or without a name the only one there is, else whoever is logged in.

    Raises:
        CoderError: Nobody of that name has worked on the study, or it is not clear who is meant.
    """
    people = codings.people(study.database)
    if coder_id is None:
        coder_id = people[0] if len(people) == 1 else default_coder()
    if coder_id not in people:
        msg = f"'{coder_id}' has not worked on this study."
        hint = f"Who has: {', '.join(people)} (--coder NAME)." if people else "Nobody has yet."
        raise CoderError(msg, nearest(coder_id, people) or hint)
    return coder_id


def refuse_unknown_question(study: Study, question_id: str | None) -> None:
    """Raise CoderError if the study has no such open question."""
    question_ids = [question.id for question in surveys.questions(study.database)]
    if question_id is not None and question_id not in question_ids:
        msg = f"The study has no question '{question_id}'."
        hint = f"Its questions are {', '.join(question_ids)}."
        raise CoderError(msg, nearest(question_id, question_ids) or hint)
