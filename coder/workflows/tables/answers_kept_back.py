"""Tables of some answers alone that cannot stand beside others in which counts are kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.filters import of_answers, phrase_of
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tables.job import TableJob


def refuse_parts_of_answers(jobs: Sequence[TableJob]) -> None:
    """Refuse, where anything is to be kept back, tables that are of different answers.

    What is in some answers is in all answers too: what one table keeps back, the other would tell, and that
    is not worked out.

    Args:
        jobs: The tables that are printed together.

    Raises:
        CoderError: One has columns by what is known of answers; or they are of different answers.
    """
    if not any(job.suppress for job in jobs):
        return
    for job in jobs:
        if job.request.column is not None:
            msg = f"Counts cannot be kept back beside columns by {job.setting.by}: they share respondents."
            raise CoderError(msg, "Leave that table out, or suppress.")
    of_themes = [job for job in jobs if job.questions]
    if len({of_answers(job.request.where) for job in of_themes}) > 1:
        job = next(job for job in of_themes if of_answers(job.request.where))
        phrase = phrase_of(of_answers(job.request.where))
        msg = f"Counts cannot be kept back beside a table of answers {phrase} alone: {job.name}."
        raise CoderError(msg, "Ask for that table by itself; or for all of them with the same --where.")
