"""Codings that are worth a second look."""

from __future__ import annotations

from typing import Literal, NamedTuple

DoubtKind = Literal["wrong", "missing"]
"""`wrong`: a theme stands that may not belong there. `missing`: one does not stand that may belong there."""


_ONE_PER_CENT = 0.01


class Doubted(NamedTuple):
    """A theme on a response, chosen or not, about which its coder should think again."""

    response: int
    theme_id: str
    kind: DoubtKind
    strength: float
    """Between 0 and 1: how much speaks against what stands. It orders the list; it is no probability."""
    probability: float
    """Of the theme, by an engine that has not seen how this response was coded; or the share of responses of
    the same words that have it."""
    of_same_words: int = 0
    """How many responses say what this one says and are not all coded alike; 0: the engine doubts it."""


def ground(doubted: Doubted) -> str:
    """Return how likely a theme is, or how many of the responses of the same words have it."""
    if doubted.of_same_words:
        having = round(doubted.probability * doubted.of_same_words)
        return f"{having} of {doubted.of_same_words} of the same words have it"
    return likely(doubted.probability)


def likely(probability: float) -> str:
    """Return a probability in words: `12% likely`, `under 1% likely`, `over 99% likely`."""
    if probability < _ONE_PER_CENT:
        return "under 1% likely"
    return "over 99% likely" if probability > 1 - _ONE_PER_CENT else f"{probability:.0%} likely"
