"""Response rates: how many of those asked have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from coder.domain.near_names import nearest
from coder.domain.tables.printed import Cell, Column, PrintedRow
from coder.errors import CoderError
from coder.tables.crosstab import TOTAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def rate_columns(unit: str) -> tuple[Column, ...]:
    """Return the columns: how many were asked, how many answered, and their share."""
    return (
        Column(f"{unit} asked", "count"),
        Column("Responses", "count"),
        Column("Response rate %", "percent", decimals=0),
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
