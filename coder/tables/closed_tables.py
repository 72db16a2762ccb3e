"""Tables of closed questions, from what was counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.tables.printed import PrintedTable
from coder.domain.tables.weights import WeightedSize, together
from coder.tables.attribute_values import NO_ANSWER
from coder.tables.closed_layout import ClosedLayout, closed_style, crosstab_has_total, percents_note
from coder.tables.closed_notes import closed_notes
from coder.tables.closed_shares import ClosedShares
from coder.tables.crosstab import TOTAL, Crosstab, CrosstabRow
from coder.tables.figures.base_figures import base_note
from coder.tables.figures.cell_figures import NO_LETTERS
from coder.tables.figures.weight_notes import interval_notes, unweighted_notes, weight_notes
from coder.tables.small_numbers import small_number_notes, withheld_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tables.closed_counts import ClosedCounts
    from coder.tables.job import TableJob
    from coder.tables.keeping_back.withheld import Withheld

_Pair = tuple[str, str]
"""A value of the rows, and one of the columns."""


def closed_crosstab_of(job: TableJob, counts: ClosedCounts) -> Crosstab:
    """Return the counts of a table of a closed question."""
    return closed_crosstab(counts, total=crosstab_has_total(job.setting.layout, total=job.setting.total))


def closed_table(job: TableJob, counts: ClosedCounts, withheld: Withheld) -> PrintedTable:
    """Return the table of the answers to a closed question, of all or by another attribute's values."""
    layout, by = job.setting.layout, counts.by
    crosstab = closed_crosstab_of(job, counts)
    style = replace(
        closed_style(job.respondents_heading, layout),
        low=job.low,
        weighted=job.weights is not None,
        intervals=job.intervals,
    )
    shares = ClosedShares(crosstab, layout, withheld, job.setting.total)
    letters = shares.letters() if job.letters and style.percent and by else NO_LETTERS
    grid = ClosedLayout(shares, style, letters)
    title = counts.question.title
    if by:
        title = f"{title}, by {by.title}"
    names = [counts.question.name, *([by.name] if by else [])]
    return PrintedTable(
        job.setting.number,
        job.titled(job.setting.title or title),
        job.setting.stub or (by.title if by and layout.turn else "Answer"),
        grid.columns(),
        grid.rows(),
        job.notes(
            *closed_notes(job, counts, withheld),
            *filter(None, [percents_note(layout, by=by is not None)]),
            *small_number_notes(job.respondents, shares.sizes(), job.low, effective=job.weights is not None),
            *withheld_notes(job.respondents, job.suppress, withheld),
            *unweighted_notes(job),
            *weight_notes(job, counts.size, counts.weighed_size),
            *map(base_note, filter(None, [grid.noted_bases])),
            *interval_notes(style),
            *filter(None, [letters.note]),
        ),
        job.provenance(),
        key="-by-".join(names),
        subject=counts.question.name,
        by=by.name if by else "",
        noted_bases=grid.noted_bases,
    )


def closed_crosstab(counts: ClosedCounts, *, total: bool = True) -> Crosstab:
    """Return the respondents with each answer in each column, and a row for all.

    Args:
        counts: What was counted.
        total: Whether there is a column for all, where there are several.
    """
    groups = counts.columns.names
    cells, weighed = Counter[_Pair](), defaultdict[_Pair, WeightedSize](WeightedSize)
    for row_value, column_value, times in counts.pairs:
        if counts.shows(row_value, column_value):
            pair = counts.rows.name_of[row_value], counts.columns.name_of[column_value]
            cells[pair] += times
            if counts.weighed:
                weighed[pair] = weighed[pair].plus(counts.weighed[row_value, column_value])
    pairs_of = {name: [(name, group) for group in groups] for name in counts.rows.names}
    numbers = {name: [cells[pair] for pair in pairs] for name, pairs in pairs_of.items()}
    sizes = {name: [weighed[pair] for pair in pairs if counts.weighed] for name, pairs in pairs_of.items()}
    has_total = counts.by is not None and total
    if has_total:
        groups = (*groups, TOTAL)
        numbers = {name: [*row, sum(row)] for name, row in numbers.items()}
        sizes = {name: [*row, together(row)] if row else row for name, row in sizes.items()}
    rows = [
        _row(CrosstabRow(name or NO_ANSWER, "value", tuple(row), key=name), sizes[name], has_total=has_total)
        for name, row in numbers.items()
    ]
    bases = tuple(map(sum, zip(*numbers.values(), strict=True))) or (0,) * len(groups)
    weighed_bases = tuple(map(together, zip(*sizes.values(), strict=True)))
    everybody = _row(CrosstabRow(TOTAL, "total", bases), weighed_bases, has_total=has_total)
    return Crosstab(groups, bases, (*rows, everybody), has_total, weighed_bases)


def _row(row: CrosstabRow, sizes: Sequence[WeightedSize], *, has_total: bool) -> CrosstabRow:
    """Return a row with what those weigh who are counted in it."""
    size = sizes[-1] if sizes and has_total else together(sizes)
    return replace(row, weights=tuple(size.weight for size in sizes), size=size)
