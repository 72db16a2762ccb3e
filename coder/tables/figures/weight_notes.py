"""What a table says of its weights: by which it is weighted, how its bases come about, whom it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing
from coder.domain.tables.weights import fault_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.tables.weights import WeightedSize
    from coder.tables.figures.cell_figures import FigureStyle
    from coder.tables.job import TableJob

KISH = (
    "The effective base is the square of the sum of the weights over the sum of their squares, the design "
    "effect the base over that (Kish)."
)


def weight_notes(job: TableJob, base: int, size: WeightedSize) -> Iterator[str]:
    """Yield what the weights of a weighted table do, and whom of its base they leave out.

    Args:
        job: The table.
        base: How many it is of.
        size: The same with their weights.
    """
    if job.weights is None:
        return
    name = job.weights.label or job.weights.name
    yield f"Percentages are weighted by {name}; counts of {job.respondents} are not. {KISH}"
    if without := base - size.respondents:
        have = agreeing(without, "has", "have")
        yield (
            f"Warning: {without:,} of {base:,} {job.respondents} {have} no weight that can be used (in the "
            f"study: {fault_counts(job.weights.faulty)}): counted, but in no weighted figure, effective base "
            f"or design effect; these are of {size.respondents:,}."
        )


def interval_notes(style: FigureStyle) -> Iterator[str]:
    """Yield what the intervals of a table are."""
    if style.percent and style.intervals:
        bases = " on effective bases" if style.weighted else ""
        yield (
            f"95% from, to: Wilson's score interval of each percentage{bases}. It allows for chance in who "
            "answered, for nothing else."
        )


def unweighted_notes(job: TableJob) -> Iterator[str]:
    """Yield that a table is not weighted, where the study has weights."""
    if job.study.weight and job.weights is None:
        yield "Not weighted, although the study has survey weights."
