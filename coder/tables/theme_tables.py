"""Tables of themes, alone or by an attribute, from what was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.study_settings import TableSetting
from coder.domain.tables.bases import BASES
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.tables.crosstab import KEPT_BACK, TOTAL, Crosstab, Style, printed_columns, printed_rows
from coder.tables.difference_columns import with_test
from coder.tables.small_numbers import small_number_notes
from coder.tables.suppression import kept_back
from coder.tables.theme_notes import theme_notes
from coder.tables.theme_rows import theme_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tables.crosstab import CrosstabRow
    from coder.tables.job import TableJob
    from coder.tables.suppression import Position
    from coder.tables.theme_counts import ThemeCounts

_TOGETHER = " + "
"""Between questions that are counted together."""


def theme_table(job: TableJob, counts: ThemeCounts) -> PrintedTable:
    """Return the table of who mentions each theme: in one column, or by the values of an attribute."""
    rows = theme_rows(counts, job.options)
    crosstab = _crosstab(job, counts, rows)
    hidden = kept_back(crosstab, job.suppress, covered=BASES[job.options.base].mentions_a_theme)
    of_question = _setting_of_question(job, counts)
    # What study.toml notes of a question holds for all its tables.
    notes = [*of_question.notes, *theme_notes(job, counts)]
    low = job.low if counts.by and job.options.unit == "respondents" else 0
    notes += small_number_notes(job.respondents, crosstab.sizes, low, job.suppress, hidden)
    if counts.by:
        columns, printed, test_notes = _by_attribute(job, crosstab, hidden)
        notes += test_notes
    else:
        columns, printed = _columns(job, counts), _rows(job, counts, rows, hidden)
    standing = job.notes()
    return PrintedTable(
        job.setting.number,
        _title(job, counts, of_question),
        job.setting.stub or "Theme",
        columns,
        printed,
        job.notes(*(note for note in notes if note not in standing)),
        job.provenance(counts.codebook_version, sum(row.mentions for row in rows if row.kind != "net")),
        key="-".join(counts.question_ids) + (f"-by-{counts.by.name}" if counts.by else ""),
        subject=_TOGETHER.join(counts.question_ids),
        by=counts.by.name if counts.by else "",
        base=counts.base(job.options.base),
        counts=job.options.unit,
        question_ids=counts.question_ids,
    )


def _title(job: TableJob, counts: ThemeCounts, of_question: TableSetting) -> str:
    subject = _TOGETHER.join(counts.question_ids)
    title = job.setting.title or of_question.title
    if not job.setting.number and title != subject:
        title = f"{subject}. {title}"
    if counts.by and not job.setting.title:
        title = f"{title}, by {counts.by.label or counts.by.name}"
    return job.titled(title)


def _setting_of_question(job: TableJob, counts: ThemeCounts) -> TableSetting:
    """Return what `study.toml` says about the question's own table, or what its wording makes of it."""
    question, *more = counts.questions
    if more:
        return TableSetting("", title=", ".join(counts.question_ids))
    for setting in job.study.tables:
        if setting.subject == question.id and not setting.by:
            return setting
    return TableSetting(question.id, title=question.label or question.id)


def _crosstab(job: TableJob, counts: ThemeCounts, rows: Sequence[CrosstabRow]) -> Crosstab:
    bases = counts.bases[job.options.base]
    if counts.by is None:
        return Crosstab(counts.columns, bases, tuple(rows))
    if job.options.unit == "mentions":
        # Respondents may give any number of them: a share of a base would say nothing.
        bases = (0,) * len(bases)
    return Crosstab((*counts.columns, TOTAL), (*bases, sum(bases)), tuple(rows), has_total=True)


def _by_attribute(
    job: TableJob, crosstab: Crosstab, hidden: frozenset[Position]
) -> tuple[tuple[PrintedColumn, ...], tuple[PrintedRow, ...], list[str]]:
    """Return the columns and rows of a table by an attribute, and the note on their test of difference."""
    mentions = job.options.unit == "mentions"
    style = Style("Mentions" if mentions else job.respondents_heading, percent=not mentions, low=job.low)
    columns, rows = printed_columns(crosstab, style), printed_rows(crosstab, style, hidden)
    if not job.request.test:
        return columns, rows, []
    columns, rows, note = with_test(crosstab, columns, rows, hidden)
    return columns, rows, [note]


def _columns(job: TableJob, counts: ThemeCounts) -> tuple[PrintedColumn, ...]:
    rank = PrintedColumn("Rank", "number", decimals=0)
    if job.options.unit == "mentions":
        return (PrintedColumn("Mentions", "count"), rank)
    size = counts.base(job.options.base).size
    return (PrintedColumn(job.respondents_heading, "count"), PrintedColumn("%", "percent", base=size), rank)


def _rows(
    job: TableJob, counts: ThemeCounts, rows: Sequence[CrosstabRow], hidden: frozenset[Position]
) -> tuple[PrintedRow, ...]:
    """Return the rows of a table with one column of counts, each theme with its rank among the themes."""
    mentions, size = job.options.unit == "mentions", counts.base(job.options.base).size
    ranked = sorted((_count(row, mentions) for row in rows if row.kind == "theme"), reverse=True)
    printed = []
    for number, row in enumerate(rows):
        count = _count(row, mentions)
        percent = 100 * row.respondents / size if size else None
        rank = 1 + ranked.index(count) if row.kind == "theme" else None
        cells = tuple(map(Cell, (count, rank) if mentions else (count, percent, rank)))
        if (number, 0) in hidden:
            printed.append(PrintedRow(row.label, row.kind, (KEPT_BACK,) * len(cells), row.level, row.key))
            continue
        in_all = (row.respondents, row.mentions)
        printed.append(PrintedRow(row.label, row.kind, cells, row.level, row.key, *in_all))
    return tuple(printed)


def _count(row: CrosstabRow, mentions: bool) -> int:
    return row.mentions if mentions else row.respondents
