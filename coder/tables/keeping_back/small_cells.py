"""Which cells of a table are kept back for their own sake: they are true of few, or of all but few."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from coder.tables.crosstab import Crosstab
    from coder.tables.keeping_back.withheld import Position


def small_cells(crosstab: Crosstab, limit: int, open_columns: Collection[int] = ()) -> Iterator[Position]:
    """Yield the cells of fewer respondents than the limit, nought included, and of all but fewer.

    Of what nobody does, or everybody, the total alone tells all: nothing is left to keep back.

    Args:
        crosstab: The counts.
        limit: The limit.
        open_columns: Groups of which it tells something, too, that nobody is in them.
    """
    several = len(crosstab.groups) - crosstab.has_total
    for number, row in enumerate(crosstab.rows):
        if row.kind == "total" or not 0 < sum(row.counts[:several]) < sum(crosstab.bases[:several]):
            continue
        for group, (count, base) in enumerate(zip(row.counts, crosstab.bases, strict=True)):
            if (base or group in open_columns) and min(count, base - count) < limit:
                yield number, group


def small_rates(answered: Sequence[int], asked: Sequence[int], limit: int) -> Iterator[Position]:
    """Yield the groups in which fewer than the limit answered, or fewer did not; nought is told of both.

    Where nobody answered, or all did, the total alone tells everything.
    """
    if not 0 < sum(answered) < sum(asked):
        return
    for row, (count, size) in enumerate(zip(answered, asked, strict=True)):
        if 0 < count < limit or 0 < size - count < limit:
            yield row, 0
