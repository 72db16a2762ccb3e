"""What a report's methods note says of survey weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing
from coder.domain.tables.weights import fault_counts
from coder.tables.figures.weight_notes import KISH
from coder.workflows.study.respondent_weights import respondent_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.domain.tables.weights import Weights
    from coder.workflows.study.study import Study


def weight_paragraphs(study: Study, tables: Sequence[PrintedTable]) -> Iterator[str]:
    """Yield by what the tables' percentages are weighted, what that costs, and whose weights cannot be used.

    Args:
        study: The study.
        tables: The report's tables.
    """
    weights = respondent_weights(study.settings, study.database)
    if weights is None:
        return
    weighted = sum(bool(table.provenance.weight) for table in tables)
    if not weighted:
        yield f"The study has survey weights ({weights.title}); none of the tables is weighted by them."
        return
    word = study.settings.respondents
    others = "" if weighted == len(tables) else "; tables that are not say so"
    yield (
        f"Percentages of {word} are weighted by {weights.title}{others}; counts are not. The largest "
        f"weight is {_times_the_smallest(weights)} the smallest. {_size_text(weights)} {KISH}"
    )
    if weights.faulty:
        have = agreeing(len(weights.faulty), "has", "have")
        yield (
            f"{len(weights.faulty):,} of {len(weights.units):,} {word} {have} no weight that can be used "
            f"({fault_counts(weights.faulty)}): counted, but in no weighted figure."
        )


def _times_the_smallest(weights: Weights) -> str:
    usable = [unit for unit in weights.units.values() if unit]
    return f"{max(usable) / min(usable):,.1f} times"


def _size_text(weights: Weights) -> str:
    size = weights.size
    return (
        f"All {size.respondents:,} with a weight tell as much as {size.effective:,.1f} of equal weight "
        f"would: the design effect is {size.design_effect or 0:.2f}."
    )
