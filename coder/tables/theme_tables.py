"""Tables of themes by an attribute, as they are printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Cell, Column, PrintedTable
from coder.errors import CoderError
from coder.tables.crosstab import TOTAL, Grid, GridRow, Look, grid_columns, grid_rows
from coder.tables.significance import DRAWS, difference, holm
from coder.tables.small_numbers import small_number_notes
from coder.tables.suppression import kept_back
from coder.workflows.study.attributes import find_attribute
from coder.workflows.tables.counting_by import NOT_STATED, CountingBy, counting_by
from coder.tables.job import counting_in
from coder.workflows.tables.codebook_counts import codings_of, table_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.tables.requests import FrequencyTable
    from coder.domain.tables.printed import PrintedRow
    from coder.tables.job import Job

TEST = "Test of difference"
TEST_NOTE = (
    "{test}, exploratory: p is the probability that shares differ as much as these by chance. Fisher's exact "
    "test for two columns; chi-square for more, by {draws:,} random tables where an expected count is under "
    "5. p (Holm) allows for the {times} themes tested. Nets, joined themes and those not stated are left out."
)
UNTESTED = f"{TEST}: none, because no theme has all its counts here, from two groups or more."


def theme_crosstab(job: Job, names: Sequence[str]) -> PrintedTable:
    """Count who mentions each theme among those with each value of an attribute.

    Raises:
        CoderError: There is no such question, attribute or coder, or mentions are to be kept back.
    """
    request = job.request
    options, limits = request.options, job.limits
    mentions = options.what == "mentions"
    if mentions and limits.suppress:
        msg = "Mentions cannot be kept back: what they give away of a respondent is not known."
        raise CoderError(msg, "Count respondents, or leave out --suppress.")
    by = find_attribute(job.study, job.setting.by)
    counting = counting_by(counting_in(job, names), by.name, job.setting.columns)
    table = table_of(job.study, counting, options)
    grid = _grid(table, counting, mentions=mentions)
    hidden = kept_back(grid, limits.suppress, covered=options.base == "coded")
    look = Look("Mentions" if mentions else job.unit, percent=not mentions, low=limits.low)
    columns, rows = grid_columns(grid, look), grid_rows(grid, look, hidden)
    notes = [note for note in table.notes if note not in job.notes()]
    word = table.respondents_word
    notes += small_number_notes(word, grid, 0 if mentions else limits.low, limits.suppress, hidden)
    if request.test:
        columns, rows, note = _tested(grid, columns, rows, hidden)
        notes.append(note)
    title = job.title(table.question_id, table.title)
    return PrintedTable(
        job.setting.number,
        title if job.setting.title else f"{title}, by {by.label or by.name}",
        job.setting.stub or "Theme",
        columns,
        rows,
        job.notes(*notes),
        job.provenance(counting.version, codings_of(table)),
        key=f"{'-'.join(counting.question_ids)}-by-{by.name}",
        what=table.question_id,
        by=by.name,
        base=table.base,
        counts=options.what,
    )


def _grid(table: FrequencyTable, counting: CountingBy, *, mentions: bool) -> Grid:
    # A row that joins several themes was counted as a union; mentions have no bases.
    bases = [0] * len(counting.shown.names) if mentions else counting.bases(table.options.base)
    rows = []
    for row in table.rows:
        each = counting.row(row.theme_ids, mentions=mentions)
        rows.append(GridRow(row.label, row.kind, (*each, row.count), row.level, row.theme_id))
    groups = (*counting.shown.names, TOTAL)
    return Grid(groups, (*bases, sum(bases)), tuple(rows), has_total=True)


def _tested(
    grid: Grid,
    columns: tuple[Column, ...],
    rows: Sequence[PrintedRow],
    hidden: Collection[tuple[int, int]],
) -> tuple[tuple[Column, ...], tuple[PrintedRow, ...], str]:
    """Return columns, rows and a note with the test; a row with anything kept back has none."""
    compared = [
        place
        for place, (group, base) in enumerate(zip(grid.groups[:-1], grid.bases, strict=False))
        if base and group != NOT_STATED
    ]
    bases = [grid.bases[place] for place in compared]
    concealed = {row for row, _ in hidden}
    found = {
        place: chance
        for place, row in enumerate(grid.rows)
        if row.kind == "theme" and place not in concealed
        if (chance := difference([row.counts[each] for each in compared], bases)) is not None
    }
    adjusted = dict(zip(found, holm(list(found.values())), strict=True))
    tested = tuple(
        replace(row, cells=(*row.cells, Cell(found.get(place)), Cell(adjusted.get(place))))
        for place, row in enumerate(rows)
    )
    more = tuple(Column(name, "number", TEST, decimals=3) for name in ("p", "p (Holm)"))
    if not found:
        return columns, tuple(rows), UNTESTED
    return (*columns, *more), tested, TEST_NOTE.format(test=TEST, draws=DRAWS, times=len(found))
