"""From what was counted to the printed table, whatever it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tables.closed_counts import ClosedCounts, RateCounts
from coder.tables.closed_tables import closed_table
from coder.tables.rates import rates_table
from coder.tables.theme_tables import theme_table

if TYPE_CHECKING:
    from coder.domain.tables.printed import PrintedTable
    from coder.tables.job import TableJob
    from coder.tables.theme_counts import ThemeCounts

    TableCounts = ThemeCounts | ClosedCounts | RateCounts


def printed_table(job: TableJob, counts: TableCounts) -> PrintedTable:
    """Return a table as it is printed.

    Raises:
        CoderError: The counts do not agree: more answered than were asked.
    """
    if isinstance(counts, RateCounts):
        return rates_table(job, counts)
    if isinstance(counts, ClosedCounts):
        return closed_table(job, counts)
    return theme_table(job, counts)
