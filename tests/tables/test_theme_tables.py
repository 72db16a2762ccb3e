"""Printed tables of themes, from counts alone."""

from __future__ import annotations

from making import CODEBOOK
from theme_counting import theme_counts, theme_job

from coder.domain.tables.counts import Count
from coder.domain.tables.requests import TableOptions
from coder.tables.keeping_back.withheld import NOTHING_WITHHELD
from coder.tables.theme_tables import theme_table

PAY = {"pay": Count(2, 3)}


def test_percentages_are_of_respondents_alone() -> None:
    """Mentions have no percentage, and neither has anything of an empty base."""
    table = theme_table(theme_job(), theme_counts(CODEBOOK, PAY), NOTHING_WITHHELD)
    assert [[cell.value for cell in row.cells] for row in table.rows] == [[2, 25.0, 1]]
    table = theme_table(
        theme_job(TableOptions(unit="mentions")), theme_counts(CODEBOOK, PAY), NOTHING_WITHHELD
    )
    assert [column.name for column in table.columns] == ["Mentions", "Rank"]
    assert [[cell.value for cell in row.cells] for row in table.rows] == [[3, 1]]
    empty = theme_counts(CODEBOOK, PAY, bases={"asked": (0,), "answered": (0,)})
    assert [cell.value for cell in theme_table(theme_job(), empty, NOTHING_WITHHELD).rows[0].cells] == [
        2,
        None,
        1,
    ]
