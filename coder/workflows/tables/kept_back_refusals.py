"""Tables that cannot stand beside others in which counts are kept back: their columns go by codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.errors import CoderError
from coder.workflows.tables.typed_columns import CROSSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.tables.job import TableJob
    from coder.workflows.tables.banners import Banner
    from coder.workflows.tables.coded_back import CodedBack


def refuse_columns_of_codings(
    jobs: Sequence[TableJob], banners: Iterable[Banner | None], backs: Iterable[CodedBack]
) -> None:
    """Refuse, where anything is to be kept back, tables that print counts of themes as if they were known.

    Args:
        jobs: The tables that are printed together.
        banners: Their columns, where these are not those of one attribute.
        backs: The closed questions that texts are coded back into.

    Raises:
        CoderError: The bases of columns are those who mention a theme; or a closed question is counted with
            the texts of a question whose themes are counted as well.
    """
    if not any(job.suppress for job in jobs):
        return
    of_themes = [side.title for banner in banners if banner for side in banner.sides if side.is_of_theme]
    if of_themes:
        msg = f"Counts cannot be kept back beside columns by {listed(list(dict.fromkeys(of_themes)))}."
        hint = "How many mention a theme stands over such columns. Leave that table out, or suppress."
        raise CoderError(msg, hint)
    question_ids = {question.id for job in jobs for question in job.questions}
    for back in backs:
        is_counted = any(back.derived.name in _attributes(job) for job in jobs)
        if back.question_id in question_ids and is_counted:
            msg = (
                f"{back.derived.name} counts texts of {back.question_id}: counts of both cannot be kept back."
            )
            raise CoderError(
                msg, f"Leave out the tables of {back.derived.name}, or those of {back.question_id}."
            )


def _attributes(job: TableJob) -> set[str]:
    """Return the attributes that decide who is counted where, parts of crossed ones as well."""
    conditions = (condition.attribute for condition in job.request.where)
    subject = () if job.questions else (job.setting.subject,)
    return {*job.setting.by.split(CROSSED), *subject, *conditions}
