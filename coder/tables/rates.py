"""Response rates: how many of those asked have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coder.domain.grammar import as_name
from coder.domain.near_names import nearest
from coder.domain.study_settings import RESPONSE_RATES
from coder.domain.tables.printed import Cell, PrintedColumn, PrintedRow, PrintedTable
from coder.errors import CoderError
from coder.tables.crosstab import TOTAL
from coder.tables.figures.cell_figures import KEPT_BACK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from coder.tables.closed_counts import RateCounts
    from coder.tables.job import TableJob


def rates_table(job: TableJob, counts: RateCounts) -> PrintedTable:
    """Return the table of how many of those asked have answered, by an attribute.

    Raises:
        CoderError: More answered than were asked.
    """
    by, hidden = counts.by, kept_back_rates(counts.asked, counts.answered, job.suppress)
    return PrintedTable(
        job.setting.number,
        job.setting.title or f"Response rates by {by.title}",
        job.setting.stub or by.title,
        _columns(job.respondents_heading),
        rate_rows(
            counts.asked, counts.answered, job.setting.rows.order, total=job.setting.total, hidden=hidden
        ),
        job.notes(*_notes(job.respondents, counts), *_hidden_note(job, hidden)),
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
    yield f"Base: the {sum(counts.asked.values()):,} {respondents} that were asked."
    if counts.not_stated:
        yield (
            f"{counts.not_stated:,} of the {respondents} that answered have no {as_name(counts.by.title)} "
            "and are in no row."
        )


def _hidden_note(job: TableJob, hidden: Collection[str]) -> Iterator[str]:
    if hidden:
        limit = job.suppress
        yield (
            f"Kept back, so that none of the {job.respondents} can be recognised: responses of groups in "
            f"which fewer than {limit:,} answered or fewer than {limit:,} did not, and as many others as are "
            "needed so that none of these can be worked out. These groups stand last, by name."
        )


def kept_back_rates(asked: Mapping[str, int], answered: Mapping[str, int], limit: int) -> frozenset[str]:
    """Return the groups whose responses are kept back; all responses together, and who was asked, are known.

    None of them can be worked out: of another one that is kept back there may be one more or one less.

    Args:
        asked: How many were asked in each group.
        answered: How many of them answered.
        limit: Fewer than these who answered, or who did not, are kept back; 0 for none.
    """
    numbers = {group: (answered.get(group, 0), size) for group, size in asked.items() if size}
    everybody = sum(count for count, _ in numbers.values())
    if not 0 < everybody < sum(size for _, size in numbers.values()):
        # Where nobody answered, or all did, the total alone tells everything.
        return frozenset()
    hidden = {
        group for group, (count, size) in numbers.items() if 0 < count < limit or 0 < size - count < limit
    }
    smallest_first = sorted(numbers, key=lambda group: (numbers[group][0], group))
    for group in sorted(hidden):
        partners = [
            other for other in smallest_first if other != group and _exchange(numbers[group], numbers[other])
        ]
        if hidden.isdisjoint(partners):
            hidden |= set(partners[:1])
    return frozenset(hidden)


def _exchange(group: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether one response more in one of two groups may be one less in the other."""
    (count, size), (other_count, other_size) = group, other
    return (count < size and other_count > 0) or (count > 0 and other_count < other_size)


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
            raise CoderError(msg, nearest(group, asked) or "Add it to the file of those asked.")
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
