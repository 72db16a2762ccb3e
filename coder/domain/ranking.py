"""The ranking of the themes of one response, as the suggestion engine gives it."""

# Without `from __future__ import annotations`: the codec of the engine's messages reads the fields' types.

from dataclasses import dataclass
from typing import Literal

from coder.domain.codings import Span

NUMBER_KEYS = 9
"""So many suggestions of an answer are on keys, the first on 1."""

FIND_KEYS = 6
"""Keys for a theme that is found by typing: `/`, four letters, Enter."""

Stage = Literal["words", "embeddings", "learned"]
"""What a ranking rests on: words alone, meaning too, or also what has been coded."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One theme for one response."""

    theme_id: str
    probability: float
    spans: tuple[Span, ...] = ()
    """Its words and keywords in the text, for the first twelve."""


@dataclass(frozen=True, slots=True)
class RankedResponse:
    """All themes of a response's question, best first."""

    response: int
    """The response's number."""
    stage: Stage
    suggestions: tuple[Suggestion, ...]


def keys_to_choose(place: int) -> int:
    """Return the fewest keys that choose the theme on a place, from 1.

    A number key; before it `.` for each nine places further down; finding it where that takes fewer.
    """
    return min(1 + (place - 1) // NUMBER_KEYS, FIND_KEYS)
