"""How often a theme is mentioned."""

from __future__ import annotations

from typing import NamedTuple


class Count(NamedTuple):
    """How many respondents mention a theme, and in how many answers."""

    respondents: int
    mentions: int


NOTHING = Count(0, 0)
