"""How often each theme of the codebook is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import counts, surveys
from coder.store.readings.counted_scope import counted_scope
from coder.store.scope import Scope

if TYPE_CHECKING:
    from coder.domain.tables.counts import Count
    from coder.workflows.study.study import Study


def codebook_counts(study: Study, question_id: str | None) -> dict[str, Count]:
    """Count every theme and net as a table does, those without a coding left out.

    Args:
        study: The study.
        question_id: The question whose themes and answers are counted; None means all of them together.
    """
    tree = study.codebook.tree(question_id)
    members = {theme.id: study.codebook.members(theme.id) for theme, _ in tree}
    question_ids = [question.id for question in surveys.questions(study.database)]
    scope = Scope([question_id] if question_id else question_ids, agreed="settled")
    return counts.net_counts(study.database, counted_scope(study.database, scope), members)
