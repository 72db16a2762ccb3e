"""From what was counted to the printed table, whatever it is of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.study_settings import TableLayout
from coder.errors import CoderError
from coder.tables.closed_counts import ClosedCounts, RateCounts
from coder.tables.closed_tables import closed_table
from coder.tables.rates import rates_table
from coder.tables.theme_tables import theme_table

if TYPE_CHECKING:
    from coder.domain.study_settings import NumbersShown
    from coder.domain.tables.printed import PrintedTable
    from coder.tables.job import TableJob
    from coder.tables.keeping_back.withheld import Withheld
    from coder.tables.theme_counts import ThemeCounts

    TableCounts = ThemeCounts | ClosedCounts | RateCounts


def printed_table(job: TableJob, counts: TableCounts, withheld: Withheld) -> PrintedTable:
    """Return a table as it is printed, without what is withheld for the sake of all tables printed together.

    Raises:
        CoderError: The counts do not agree: more answered than were asked; or the heads do not fit.
    """
    _refuse_idle(job)
    if isinstance(counts, ClosedCounts):
        return with_heads(closed_table(job, counts, withheld), job.setting.layout)
    _refuse_layout_of_closed(job)
    if isinstance(counts, RateCounts):
        made = rates_table(job, counts, withheld)
    else:
        made = theme_table(job, counts, withheld)
    return with_heads(of_numbers(made, job.setting.layout.numbers), job.setting.layout)


def _refuse_idle(job: TableJob) -> None:
    """Refuse what a [[table]] says of percentages that it does not have."""
    setting = job.setting
    # What is typed goes before: a block of mentions may be asked for as respondents, and the other way round.
    of_mentions = setting.choices.count == job.options.unit == "mentions"
    has_percents = setting.has_percents(of_mentions=of_mentions)
    needs = {"intervals": has_percents, "letters": has_percents and bool(setting.by)}
    for key, is_of_use in needs.items():
        if getattr(setting, key) and not is_of_use:
            msg = f"{key} in a [[table]] of {setting.subject} does nothing: it has no such percentages."
            raise CoderError(msg, "Take the line out of study.toml.")


def _refuse_layout_of_closed(job: TableJob) -> None:
    usual = TableLayout()
    for key in ("turn", "percents", "show_n", "no_answer"):
        if getattr(job.setting.layout, key) != getattr(usual, key):
            msg = f"{key} in a [[table]] of {job.setting.subject} does nothing: it is of closed questions."
            raise CoderError(msg, "Take the line out of study.toml.")


def of_numbers(table: PrintedTable, numbers: NumbersShown) -> PrintedTable:
    """Return a table with its counts or its percentages alone, if only these are wanted."""
    if numbers == "both":
        return table
    unwanted = "count" if numbers == "percent" else "percent"
    stay = [number for number, column in enumerate(table.columns) if column.kind != unwanted]
    alone = Counter(table.columns[number].group for number in stay)
    columns = [table.columns[number] for number in stay]
    return replace(
        table,
        columns=tuple(
            replace(column, name=column.group, alone=True)
            if column.group and alone[column.group] == 1
            else column
            for column in columns
        ),
        rows=tuple(replace(row, cells=tuple(row.cells[number] for number in stay)) for row in table.rows),
    )


def with_heads(table: PrintedTable, layout: TableLayout) -> PrintedTable:
    """Return a table with its own heads, and with signs behind its percentages if they are wanted.

    Raises:
        CoderError: It has fewer columns, or more.
    """
    columns = table.columns
    if layout.heads and len(layout.heads) != len(columns):
        names = ", ".join(f"'{' '.join(filter(None, (column.group, column.name)))}'" for column in columns)
        msg = f"{table.heading}: heads has {counted(len(layout.heads), 'text')} for {len(columns)} columns."
        raise CoderError(msg, f"Its columns: {names}.")
    if layout.percent_signs:
        columns = tuple(
            replace(column, sign="%") if column.kind == "percent" else column for column in columns
        )
    if layout.heads:
        columns = tuple(
            replace(column, name=head) for column, head in zip(columns, layout.heads, strict=True)
        )
    return replace(table, columns=columns)
