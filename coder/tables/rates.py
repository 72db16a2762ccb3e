"""Response rates: how many of those asked have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coder.domain.near_names import nearest
from coder.domain.study_settings import RESPONSE_RATES
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.errors import CoderError
from coder.tables.crosstab import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.tables.closed_counts import RateCounts
    from coder.tables.job import TableJob


def rates_table(job: TableJob, counts: RateCounts) -> PrintedTable:
    """Return the table of how many of those asked have answered, by an attribute.

    Raises:
        CoderError: More answered than were asked.
    """
    by = counts.by
    return PrintedTable(
        job.setting.number,
        job.setting.title or f"Response rates by {by.label or by.name}",
        job.setting.stub or by.label or by.name,
        _columns(job.respondents_heading),
        rate_rows(counts.asked, counts.answered, job.setting.rows.order, total=job.setting.total),
        job.notes(*_notes(job.respondents, counts)),
        job.provenance(),
        key=f"{RESPONSE_RATES}-by-{by.name}",
        subject=RESPONSE_RATES,
        by=by.name,
    )


def _columns(respondents: str) -> tuple[PrintedColumn, ...]:
    return (
        PrintedColumn(f"{respondents} asked", "count"),
        PrintedColumn("Responses", "count"),
        PrintedColumn("Response rate %", "percent", decimals=0),
    )


def _notes(respondents: str, counts: RateCounts) -> Iterator[str]:
    yield f"Base: the {sum(counts.asked.values())} {respondents} that were asked."
    if counts.not_stated:
        yield (
            f"{counts.not_stated} of the {respondents} that answered have no {counts.by.name} and are in no "
            "row."
        )


def rate_rows(
    asked: Mapping[str, int], answered: Mapping[str, int], order: Sequence[str] = (), *, total: bool = True
) -> tuple[PrintedRow, ...]:
    """Return a row for each group, the highest rate first, and one for all.

    Args:
        asked: How many were asked in each group.
        answered: How many of them answered.
        order: These groups first, in this order.
        total: Whether there is a row for all.

    Raises:
        CoderError: More answered than were asked, or some of a group that nobody was asked in.
    """
    for group, responses in answered.items():
        if responses > asked.get(group, 0):
            msg = f"'{group}' has {responses} responses, but only {asked.get(group, 0)} were asked."
            raise CoderError(msg, nearest(group, asked) or "Add it to the file of those asked.")
    names = [*dict.fromkeys(name for name in order if name in asked)]
    rates = {name: answered.get(name, 0) / asked[name] for name in asked if asked[name]}
    names += sorted((name for name in rates if name not in names), key=lambda name: -rates[name])
    rows = [_row(name, "value", asked[name], answered.get(name, 0)) for name in names]
    if total:
        rows.append(_row(TOTAL, "total", sum(asked.values()), sum(answered.values())))
    return tuple(rows)


def _row(name: str, kind: Literal["value", "total"], asked: int, answered: int) -> PrintedRow:
    rate = Cell(100 * answered / asked) if asked else Cell(None)
    return PrintedRow(name, kind, (Cell(asked), Cell(answered), rate), key=name if kind == "value" else "")
