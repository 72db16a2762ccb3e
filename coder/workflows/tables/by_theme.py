"""Tables of themes as they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.tables.printed import Cell, Column, PrintedRow, PrintedTable
from coder.tables.crosstab import Grid, GridRow
from coder.tables.small_numbers import small_number_notes
from coder.tables.suppression import kept_back
from coder.tables.job import counting_in
from coder.workflows.tables.codebook_counts import codings_of, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.requests import FrequencyTable, TableRow
    from coder.tables.job import Job


def theme_table(job: Job, names: Sequence[str]) -> PrintedTable:
    """Count who mentions each theme of one question, or of several together."""
    request = job.request
    counting = counting_in(job, names)
    table = table_of(job.study, counting, request.options)
    limits = job.limits
    grid = _grid(table)
    hidden = kept_back(grid, limits.suppress, covered=request.options.base == "coded")
    notes = [note for note in table.notes if note not in job.notes()]
    return PrintedTable(
        job.setting.number,
        job.title(table.question_id, table.title),
        job.setting.stub or "Theme",
        _columns(job, table),
        tuple(_row(row, (place, 0) in hidden, table) for place, row in enumerate(table.rows)),
        job.notes(*notes, *small_number_notes(table.respondents_word, grid, 0, limits.suppress, hidden)),
        job.provenance(counting.version, codings_of(table)),
        key="-".join(counting.question_ids),
        what=table.question_id,
        base=table.base,
        counts=table.options.what,
    )


def _grid(table: FrequencyTable) -> Grid:
    rows = tuple(GridRow(row.label, row.kind, (row.respondents,), row.level) for row in table.rows)
    return Grid(("",), (table.base.size,), rows)


def _columns(job: Job, table: FrequencyTable) -> tuple[Column, ...]:
    rank = Column("Rank", "number", decimals=0)
    if table.options.what == "mentions":
        return (Column("Mentions", "count"), rank)
    return (Column(job.unit, "count"), Column("%", "percent", base=table.base.size), rank)


def _row(row: TableRow, hidden: bool, table: FrequencyTable) -> PrintedRow:
    rank = Cell(row.rank)
    of_respondents = table.options.what == "respondents"
    cells = (Cell(row.count), *([Cell(row.percent)] if of_respondents else []), rank)
    if hidden:
        cells = tuple(Cell(None, "suppressed") for _ in cells)
    return PrintedRow(
        row.label,
        row.kind,
        cells,
        row.level,
        row.theme_id,
        None if hidden else row.respondents,
        None if hidden else row.mentions,
    )
