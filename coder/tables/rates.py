"""Response rates: how many of those asked have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coder.domain.grammar import as_name
from coder.domain.near_names import nearest
from coder.domain.study_settings import RESPONSE_RATES
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.errors import CoderError
from coder.tables.crosstab import TOTAL, Crosstab, CrosstabRow
from coder.tables.figures.cell_figures import KEPT_BACK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from coder.tables.closed_counts import RateCounts
    from coder.tables.job import TableJob
    from coder.tables.keeping_back.withheld import Withheld


def rates_table(job: TableJob, counts: RateCounts, withheld: Withheld) -> PrintedTable:
    """Return the table of how many of those asked have answered, by an attribute.

    Raises:
        CoderError: More answered than were asked.
    """
    by, rows = counts.by, rates_crosstab(counts).rows
    hidden = {row.key for number, row in enumerate(rows) if withheld.conceals(number, 0)}
    return PrintedTable(
        job.setting.number,
        job.setting.title or f"Response rates by {by.title}",
        job.setting.stub or by.title,
        _columns(job.respondents_heading),
        rate_rows(
            counts.asked, counts.answered, job.setting.rows.order, total=job.setting.total, hidden=hidden
        ),
        job.notes(*_notes(job.respondents, counts, hidden), *_hidden_note(job, hidden, withheld)),
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


def _notes(respondents: str, counts: RateCounts, hidden: Collection[str]) -> Iterator[str]:
    yield f"Base: the {sum(counts.asked.values()):,} {respondents} that were asked."
    if counts.not_stated and not (hidden and len(counts.asked) == 1):
        yield (
            f"{counts.not_stated:,} of the {respondents} that answered have no {as_name(counts.by.title)} "
            "and are in no row."
        )


def _hidden_note(job: TableJob, hidden: Collection[str], withheld: Withheld) -> Iterator[str]:
    if hidden:
        limit = job.suppress or withheld.limit
        yield (
            f"Kept back, so that none of the {job.respondents} can be recognised: responses of groups in "
            f"which fewer than {limit:,} answered or fewer than {limit:,} did not, and as many others as are "
            "needed so that none of these can be worked out. These groups stand last, by name."
        )


def rates_crosstab(counts: RateCounts) -> Crosstab:
    """Return how many answered in each group that anybody was asked in."""
    rows = tuple(
        CrosstabRow(name, "value", (counts.answered.get(name, 0),), key=name)
        for name, size in counts.asked.items()
        if size
    )
    return Crosstab(("",), (sum(row.counts[0] for row in rows),), rows)


def rate_rows(
    asked: Mapping[str, int],
    answered: Mapping[str, int],
    order: Sequence[str] = (),
    *,
    total: bool = True,
    hidden: Collection[str] = (),
) -> tuple[PrintedRow, ...]:
    """Return a row for each group, the highest rate first, and one for all.

    Args:
        asked: How many were asked in each group.
        answered: How many of them answered.
        order: These groups first, in this order.
        total: Whether there is a row for all.
        hidden: Groups whose responses are kept back. They stand last: their place would tell of their rate.

    Raises:
        CoderError: More answered than were asked, or some of a group that nobody was asked in.
    """
    for group, responses in answered.items():
        if responses > asked.get(group, 0):
            msg = f"'{group}' has {responses} responses, but only {asked.get(group, 0)} were asked."
            hint = "Mend the file of those asked." if group in asked else nearest(group, asked)
            raise CoderError(msg, hint or "Add it to the file of those asked.")
    names = [*dict.fromkeys(name for name in order if name in asked)]
    rates = {name: answered.get(name, 0) / asked[name] for name in asked if asked[name]}
    names += sorted(
        (name for name in rates if name not in names),
        key=lambda name: (name in hidden, name if name in hidden else "", -rates[name]),
    )
    rows = [
        _row(name, "value", asked[name], answered.get(name, 0), is_hidden=name in hidden) for name in names
    ]
    if total:
        # Of one group all is told by the total.
        is_hidden = bool(hidden) and len(rates) == 1
        rows.append(_row(TOTAL, "total", sum(asked.values()), sum(answered.values()), is_hidden=is_hidden))
    return tuple(rows)


def _row(
    name: str, kind: Literal["value", "total"], asked: int, answered: int, *, is_hidden: bool = False
) -> PrintedRow:
    if is_hidden:
        return PrintedRow(
            name, kind, (Cell(asked), KEPT_BACK, KEPT_BACK), key=name if kind == "value" else ""
        )
    rate = Cell(100 * answered / asked) if asked else Cell(None)
    return PrintedRow(name, kind, (Cell(asked), Cell(answered), rate), key=name if kind == "value" else "")
