"""Why a theme is suggested, as a person can check it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from coder.domain.codings import Span
from coder.suggest.words import WORD

Split = Callable[[str], Sequence[Span]]
"""Cuts a text into the parts that evidence may point at."""

_WINDOW = 12
_STEP = 4


@dataclass(frozen=True, slots=True)
class Nearest:
    """A response coded with the theme, and how alike it is."""

    key: Hashable
    text: str
    similarity: float
    """A cosine: 1 for the same words or meaning."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one theme on one text."""

    spans: tuple[Span, ...]
    """The part that carries the suggestion; empty when no part stands out."""
    keywords: tuple[str, ...]
    """The theme's keywords as the text writes them."""
    nearest: tuple[Nearest, ...]
    """The most alike responses coded with the theme, nearest first."""
    words: str
    """All of it in a sentence or two."""


def windows(text: str) -> list[Span]:
    """Return the text's stretches of 12 words, each 4 words on; a shorter text whole."""
    places = [match.span() for match in WORD.finditer(text)]
    if not places:
        return []
    last = max(0, len(places) - _WINDOW)
    starts = [*range(0, last, _STEP), last]
    return [Span(places[start][0], places[min(start + _WINDOW, len(places)) - 1][1]) for start in starts]


def in_words(text: str, spans: Sequence[Span], keywords: Sequence[str], nearest: Sequence[Nearest]) -> str:
    """Say what speaks for a theme."""
    parts = []
    if spans:
        quotes = ", ".join(f"\u201c{text[start:end]}\u201d" for start, end in spans)
        parts.append(f"Carried by {quotes}.")
    if keywords:
        parts.append(f"Keywords met: {', '.join(keywords)}.")
    if nearest:
        what = "One answer like it was" if len(nearest) == 1 else f"{len(nearest)} answers like it were"
        parts.append(f"{what} coded with this theme.")
    return " ".join(parts) or "Nothing in particular: it is used often, or little else fits."
