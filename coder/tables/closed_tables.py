"""Tables of closed questions, from what was counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.tables.printed import PrintedTable
from coder.tables.attribute_values import NO_ANSWER
from coder.tables.closed_layout import ClosedLayout, crosstab_has_total, percents_note
from coder.tables.closed_notes import closed_notes
from coder.tables.crosstab import TOTAL, Crosstab, CrosstabRow
from coder.tables.small_numbers import small_number_notes
from coder.tables.suppression import kept_back

if TYPE_CHECKING:
    from coder.tables.closed_counts import ClosedCounts
    from coder.tables.job import TableJob


def closed_table(job: TableJob, counts: ClosedCounts) -> PrintedTable:
    """Return the table of the answers to a closed question, of all or by another attribute's values."""
    layout, by = job.setting.layout, counts.by
    crosstab = closed_crosstab(counts, total=crosstab_has_total(layout, total=job.setting.total))
    hidden = kept_back(crosstab, job.suppress, exclusive=True)
    grid = ClosedLayout(crosstab, layout, job.respondents_heading, job.low, hidden, job.setting.total)
    title = counts.question.label or counts.question.name
    if by:
        title = f"{title}, by {by.label or by.name}"
    names = [counts.question.name, *([by.name] if by else [])]
    return PrintedTable(
        job.setting.number,
        job.titled(job.setting.title or title),
        job.setting.stub or ((by.label or by.name) if by and layout.turn else "Answer"),
        grid.columns(),
        grid.rows(),
        job.notes(
            *closed_notes(job, counts),
            *filter(None, [percents_note(layout, by=by is not None)]),
            *small_number_notes(job.respondents, grid.sizes, job.low, job.suppress, hidden),
        ),
        job.provenance(),
        key="-by-".join(names),
        subject=counts.question.name,
        by=by.name if by else "",
    )


def closed_crosstab(counts: ClosedCounts, *, total: bool = True) -> Crosstab:
    """Return the respondents with each answer in each column, and a row for all.

    Args:
        counts: What was counted.
        total: Whether there is a column for all, where there are several.
    """
    groups = counts.columns.names
    cells = Counter[tuple[str, str]]()
    for row_value, column_value, times in counts.pairs:
        if counts.shows(row_value, column_value):
            cells[counts.rows.name_of[row_value], counts.columns.name_of[column_value]] += times
    rows = [(name, [cells[name, group] for group in groups]) for name in counts.rows.names]
    has_total = counts.by is not None and total
    if has_total:
        groups = (*groups, TOTAL)
        rows = [(name, [*numbers, sum(numbers)]) for name, numbers in rows]
    bases = tuple(map(sum, zip(*(numbers for _, numbers in rows), strict=True))) or (0,) * len(groups)
    value_rows = (CrosstabRow(name or NO_ANSWER, "value", tuple(numbers), key=name) for name, numbers in rows)
    return Crosstab(groups, bases, (*value_rows, CrosstabRow(TOTAL, "total", bases)), has_total)
