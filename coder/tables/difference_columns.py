"""Columns with a test of difference between the groups of a table of themes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.tables.printed import Cell, PrintedColumn
from coder.tables.attribute_values import NOT_STATED
from coder.tables.significance import DRAWS, difference, holm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedRow
    from coder.tables.crosstab import Crosstab
    from coder.tables.keeping_back.withheld import Withheld

TEST = "Test of difference"
TEST_NOTE = (
    "{test}, exploratory: p is the probability that shares differ as much as these by chance. Fisher's exact "
    "test for two columns; chi-square for more, by {draws:,} random tables where an expected count is under "
    "5. p (Holm) allows for the {times:,} themes tested. Nets, joined themes and those not stated are left "
    "out."
)
UNTESTED = f"{TEST}: none, because no theme has all its counts here, from two groups or more."


def with_test(
    crosstab: Crosstab,
    columns: tuple[PrintedColumn, ...],
    rows: Sequence[PrintedRow],
    withheld: Withheld,
    order: Sequence[int],
) -> tuple[tuple[PrintedColumn, ...], tuple[PrintedRow, ...], str]:
    """Return columns, rows and a note with the test; a row with anything kept back has none.

    Args:
        crosstab: The counts, of which the last group is the total.
        columns: The printed columns, which those of the test follow.
        rows: The printed rows.
        withheld: What is not printed.
        order: The numbers of the rows in the crosstab, as they are printed.
    """
    groups = [
        number
        for number, (group, base) in enumerate(zip(crosstab.groups[:-1], crosstab.bases, strict=False))
        if base and group != NOT_STATED and number not in withheld.columns
    ]
    bases = [crosstab.bases[group] for group in groups]
    chances = {
        number: chance
        for number, row in enumerate(crosstab.rows)
        if row.kind == "theme" and not withheld.conceals_of(number)
        if (chance := difference([row.counts[group] for group in groups], bases)) is not None
    }
    if not chances:
        return columns, tuple(rows), UNTESTED
    adjusted = dict(zip(chances, holm(list(chances.values())), strict=True))
    tested = tuple(
        replace(row, cells=(*row.cells, Cell(chances.get(number)), Cell(adjusted.get(number))))
        for number, row in zip(order, rows, strict=True)
    )
    test_columns = (PrintedColumn(name, "number", TEST, decimals=3) for name in ("p", "p (Holm)"))
    return (*columns, *test_columns), tested, TEST_NOTE.format(test=TEST, draws=DRAWS, times=len(chances))
