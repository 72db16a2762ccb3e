"""Tables of closed questions: which values have rows and columns, and whom they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.tables.crosstab import TOTAL, Grid, GridRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.study_settings import Values

Tallies = Sequence[tuple[str, str, int]]
"""A value of the rows, one of the columns, and how many respondents have both; blank where not answered."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The values of an attribute as a table shows them."""

    names: tuple[str, ...]
    """In the table's order."""
    name_of: Mapping[str, str]
    """From a value to the name it is shown under; without those left out."""


def shown_values(attribute: str, counts: Mapping[str, int], values: Values) -> Shown:
    """Return how an attribute's values are shown: joined, left out, in the order asked for.

    Those without a place in it follow, the most frequent first.

    Args:
        attribute: Its name, for messages.
        counts: How many have each value; blank is no value.
        values: What the study says about them.

    Raises:
        CoderError: A value to join or to leave out is nobody's.
    """
    joined = {value: name for name, members in values.joined.items() for value in members}
    for value in (*joined, *values.excluded):
        if value not in counts:
            msg = f"Nobody has the value '{value}' of {attribute}."
            raise CoderError(msg, nearest(value, counts) or f"Its values: {', '.join(filter(None, counts))}.")
    name_of = {value: joined.get(value, value) for value in counts if value and value not in values.excluded}
    totals = Counter[str]()
    for value, name in name_of.items():
        totals[name] += counts[value]
    listed = dict.fromkeys(values.order)
    others = sorted((name for name in totals if name not in listed), key=lambda name: (-totals[name], name))
    return Shown((*listed, *others), name_of)


def closed_grid(tallies: Tallies, rows: Shown, columns: Shown | None, *, total: bool = True) -> Grid:
    """Count each answer to a closed question, among all or by another attribute's values.

    Args:
        tallies: How many have each pair of values.
        rows: The answers.
        columns: The other attribute's values; None for a single column.
        total: Whether a crosstab has a column for all.
    """
    names = ("",) if columns is None else columns.names
    counts = Counter[tuple[str, str]]()
    for value, by, times in tallies:
        if _is_in(value, by, rows, columns):
            counts[rows.name_of[value], columns.name_of[by] if columns else ""] += times
    made = [(name, [counts[name, group] for group in names]) for name in rows.names]
    has_total = columns is not None and total
    if has_total:
        names = (*names, TOTAL)
        made = [(name, [*row, sum(row)]) for name, row in made]
    bases = tuple(map(sum, zip(*(row for _, row in made), strict=True))) or (0,) * len(names)
    shown = (GridRow(name, "value", tuple(row), key=name) for name, row in made)
    return Grid(names, bases, (*shown, GridRow(TOTAL, "total", bases)), has_total)


def in_table(tallies: Tallies, rows: Shown, columns: Shown | None) -> int:
    """Return how many respondents a table is of."""
    return sum(times for value, by, times in tallies if _is_in(value, by, rows, columns))


def _is_in(value: str, by: str, rows: Shown, columns: Shown | None) -> bool:
    return value in rows.name_of and (columns is None or by in columns.name_of)
