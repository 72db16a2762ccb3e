"""Which tables are weighted, and by what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.workflows.study.respondent_weights import respondent_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tables.job import TableJob
    from coder.workflows.study.study import Study


def with_weights(study: Study, jobs: Sequence[TableJob]) -> list[TableJob]:
    """Return jobs, those of which percentages can be weighted with the study's weights.

    Raises:
        CoderError: The weights that `study.toml` names cannot be used.
    """
    if not any(map(_is_weighted, jobs)):
        return list(jobs)
    weights = respondent_weights(study.settings, study.database)
    return [replace(job, weights=weights) if _is_weighted(job) else job for job in jobs]


def _is_weighted(job: TableJob) -> bool:
    """Tell whether a table has percentages of respondents, and these are to be weighted.

    Response rates are of everybody who was asked: most of them have no weight.
    """
    of_mentions = bool(job.questions) and job.options.unit == "mentions"
    return (
        job.setting.has_percents(of_mentions=of_mentions)
        and bool(job.study.weight)
        and job.setting.weighted
        and not job.request.unweighted
    )
