"""Tables of themes, alone or by an attribute, from what was counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.study_settings import TableSetting
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.domain.tables.weights import together
from coder.tables.crosstab import TOTAL, Crosstab, placeless_last, printed_columns, printed_rows
from coder.tables.difference_columns import with_test
from coder.tables.figures.base_figures import base_note, base_rows
from coder.tables.figures.cell_figures import KEPT_BACK, NO_LETTERS, FigureStyle, figure_columns, figures
from coder.tables.figures.column_letters import column_letters
from coder.tables.figures.weight_notes import interval_notes, unweighted_notes, weight_notes
from coder.tables.small_numbers import small_number_notes, withheld_notes
from coder.tables.theme_notes import theme_notes
from coder.tables.theme_rows import theme_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from coder.domain.tables.printed import Provenance
    from coder.domain.tables.weights import WeightedSize
    from coder.tables.crosstab import CrosstabRow
    from coder.tables.job import TableJob
    from coder.tables.keeping_back.withheld import Withheld
    from coder.tables.theme_counts import ThemeCounts

_TOGETHER = " + "
"""Between questions that are counted together."""


def theme_table(job: TableJob, counts: ThemeCounts, withheld: Withheld) -> PrintedTable:
    """Return the table of who mentions each theme: in one column, or by the values of an attribute."""
    crosstab = theme_crosstab(job, counts)
    order = placeless_last(crosstab.rows, withheld, _by_codebook(counts, crosstab))
    of_question = _setting_of_question(job, counts)
    # What study.toml notes of a question holds for all its tables.
    notes = [*of_question.notes, *theme_notes(job, counts, withheld)]
    low = job.low if counts.by and job.options.unit == "respondents" else 0
    sizes = [size for group, size in enumerate(crosstab.sizes) if group not in withheld.columns]
    notes += small_number_notes(job.respondents, sizes, low, effective=bool(crosstab.weighed))
    notes += withheld_notes(job.respondents, job.suppress, withheld)
    if counts.by:
        columns, printed, test_notes = _by_attribute(job, crosstab, withheld, order)
        notes += test_notes
    else:
        columns, printed = _columns(job, counts), _rows(job, crosstab, withheld, order)
    printed += _bases(job, crosstab, withheld, len(columns))
    notes += _weighing(job, counts, crosstab, withheld)
    standing = job.notes()
    return PrintedTable(
        job.setting.number,
        _title(job, counts, of_question),
        job.setting.stub or "Theme",
        columns,
        printed,
        job.notes(*(note for note in notes if note not in standing)),
        _provenance(job, counts, crosstab, withheld),
        key="-".join(counts.question_ids) + (f"-by-{counts.by.name}" if counts.by else ""),
        subject=_TOGETHER.join(counts.question_ids),
        by=counts.by.name if counts.by else "",
        base=counts.base(job.options.base),
        counts=job.options.unit,
        question_ids=counts.question_ids,
        noted_bases=_noted_bases(job, crosstab, withheld),
    )


def _title(job: TableJob, counts: ThemeCounts, of_question: TableSetting) -> str:
    subject = _TOGETHER.join(counts.question_ids)
    title = job.setting.title or of_question.title
    if not job.setting.number and title != subject:
        title = f"{subject}. {title}"
    if counts.by and not job.setting.title:
        title = f"{title}, by {counts.by.title}"
    return job.titled(title)


def _setting_of_question(job: TableJob, counts: ThemeCounts) -> TableSetting:
    """Return what `study.toml` says about the question's own table, or what its wording makes of it."""
    question, *more = counts.questions
    if more:
        return TableSetting("", title=", ".join(counts.question_ids))
    wording = question.label or question.id
    for setting in job.study.tables:
        if setting.subject == question.id and not (setting.by or setting.choices.where):
            return replace(setting, title=setting.title or wording)
    return TableSetting(question.id, title=wording)


def _provenance(job: TableJob, counts: ThemeCounts, crosstab: Crosstab, withheld: Withheld) -> Provenance:
    codings = sum(row.mentions for row in crosstab.rows if row.kind != "net")
    provenance = job.provenance(counts.codebook_version, codings)
    return provenance.without_codings() if withheld.themes_too else provenance


def _by_codebook(counts: ThemeCounts, crosstab: Crosstab) -> Callable[[int], int]:
    """Return the function from the number of a row to where its theme stands in the codebook."""
    order = {theme.id: number for number, theme in enumerate(counts.codebook)}
    return lambda number: order.get(crosstab.rows[number].key, len(order))


def theme_crosstab(job: TableJob, counts: ThemeCounts) -> Crosstab:
    """Return the counts of a table of themes, its rows in the order of their counts."""
    rows = theme_rows(counts, job.options, by_weight=job.by_weight)
    bases, weighed = counts.bases[job.options.base], counts.weighed
    if counts.by is None:
        return Crosstab(counts.columns, bases, rows, weighed=weighed)
    if job.options.unit == "mentions":
        # Respondents may give any number of them: a share of a base would say nothing.
        bases = (0,) * len(bases)
    if weighed:
        weighed = (*weighed, together(weighed))
    return Crosstab((*counts.columns, TOTAL), (*bases, sum(bases)), rows, True, weighed)


def _by_attribute(
    job: TableJob, crosstab: Crosstab, withheld: Withheld, order: Sequence[int]
) -> tuple[tuple[PrintedColumn, ...], tuple[PrintedRow, ...], list[str]]:
    """Return the columns and rows of a table by an attribute, and the notes on their differences."""
    style = _style(job)
    letters = column_letters(crosstab, withheld) if job.letters and style.percent else NO_LETTERS
    columns = printed_columns(crosstab, style, withheld, letters)
    rows = printed_rows(crosstab, style, withheld, order, letters)
    notes = [letters.note] if letters.note else []
    if not job.request.test:
        return columns, rows, notes
    columns, rows, note = with_test(crosstab, columns, rows, withheld, order)
    return columns, rows, [*notes, note]


def _style(job: TableJob, decimals: int = 0, low: int | None = None) -> FigureStyle:
    mentions = job.options.unit == "mentions"
    return FigureStyle(
        "Mentions" if mentions else job.respondents_heading,
        percent=not mentions,
        decimals=decimals,
        low=job.low if low is None else low,
        weighted=job.weights is not None,
        intervals=job.intervals,
    )


def _one_column(job: TableJob) -> FigureStyle:
    """Return how the cells of a table look that is not by an attribute."""
    return _style(job, decimals=1, low=0)


def _columns(job: TableJob, counts: ThemeCounts) -> tuple[PrintedColumn, ...]:
    rank = PrintedColumn("Rank", "number", decimals=0)
    return (*figure_columns(_one_column(job), "", counts.base(job.options.base).size), rank)


def _rows(
    job: TableJob, crosstab: Crosstab, withheld: Withheld, order: Sequence[int]
) -> tuple[PrintedRow, ...]:
    """Return the rows of a table with one column of counts, each theme with its rank among those printed."""
    mentions = job.options.unit == "mentions"
    if mentions:
        # How many respondents a row has is in files beside its mentions: either would tell of the other.
        withheld = withheld.with_cells((row, 0) for row in withheld.mentions)

    def size(row: CrosstabRow) -> int:
        return row.weights[0] if job.by_weight else row.mentions if mentions else row.respondents

    themes = [row for number, row in enumerate(crosstab.rows) if not withheld.conceals(number, 0)]
    ranked = sorted((size(row) for row in themes if row.kind == "theme"), reverse=True)
    printed = []
    for number in order:
        row, concealed = crosstab.rows[number], crosstab.concealed((number, 0), withheld)
        is_concealed = concealed == "everything"
        rank = 1 + ranked.index(size(row)) if row.kind == "theme" and not is_concealed else None
        share = crosstab.share(row, 0)
        cells = figures(
            _one_column(job), replace(share, count=row.mentions) if mentions else share, concealed
        )
        cells.append(KEPT_BACK if is_concealed else Cell(rank))
        in_answers = None if number in withheld.mentions else row.mentions
        in_all = (None, None) if is_concealed else (row.respondents, in_answers)
        printed.append(PrintedRow(row.label, row.kind, tuple(cells), row.level, row.key, *in_all))
    return tuple(printed)


def _bases(job: TableJob, crosstab: Crosstab, withheld: Withheld, width: int) -> tuple[PrintedRow, ...]:
    """Return the rows with the bases of a weighted table, where it has columns of counts to hold them."""
    style = _style(job)
    if not crosstab.weighed or job.setting.layout.numbers != "both":
        return ()
    further = width - style.width * len(crosstab.groups)
    return base_rows(crosstab.weighed_bases, style, withheld, further=further)


def _weighing(job: TableJob, counts: ThemeCounts, crosstab: Crosstab, withheld: Withheld) -> Iterator[str]:
    """Yield how a table is weighted, or that it is not, and what its intervals are."""
    yield from interval_notes(_style(job))
    yield from unweighted_notes(job)
    yield from weight_notes(job, counts.base(job.options.base).size, together(counts.weighed))
    if noted_bases := _noted_bases(job, crosstab, withheld):
        yield base_note(noted_bases)


def _noted_bases(
    job: TableJob, crosstab: Crosstab, withheld: Withheld
) -> tuple[tuple[str, WeightedSize], ...]:
    """Return the groups with their bases, where no row has these."""
    if not crosstab.weighed or job.setting.layout.numbers == "both":
        return ()
    sizes = enumerate(zip(crosstab.groups, crosstab.weighed, strict=True))
    return tuple(size for group, size in sizes if group not in withheld.columns)
