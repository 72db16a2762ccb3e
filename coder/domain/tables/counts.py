"""How often a theme is mentioned."""

from __future__ import annotations

from typing import NamedTuple


class Count(NamedTuple):
    """How many respondents mention a theme, and in how many answers."""

    respondents: int
    mentions: int


NOTHING = Count(0, 0)


class CellCount(NamedTuple):
    """The same among those with one value of an attribute, and what these respondents weigh together."""

    respondents: int = 0
    mentions: int = 0
    weight: int = 0
    """In the unit of the weights; 0 where a table is not weighted."""
