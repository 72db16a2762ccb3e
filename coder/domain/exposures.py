"""Which suggestions a coder saw, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.reading_orders import CameBy

Fate = Literal["accepted", "removed", "passed over", "undecided"]
"""`accepted`: chosen by the coder, and not taken off since but by a revision. `removed`: accepted, then
taken off by the coder. `passed over`: the answer was confirmed without it. `undecided`: not yet confirmed."""


class Exposure(NamedTuple):
    """What a coder had on screen when deciding about a response."""

    response: int
    came_by: CameBy = ""
    suggestions: tuple[tuple[str, float | None], ...] = ()
    """Theme ids with probabilities, those on number keys, by their places; an empty id stands for a place
    that is free. By words alone: no probability."""
    on_screen: bool = True
    """False where they were kept from the coder until the first choice."""


class KeptSuggestion(NamedTuple):
    """One suggestion for one response, at its coder's first decision about it."""

    step: int
    response: int
    coder_id: str
    question_id: str
    on_screen: bool
    rank: int
    """From 1."""
    theme_id: str
    probability: float | None


class Offer(NamedTuple):
    """A suggestion, and what became of it."""

    suggestion: KeptSuggestion
    fate: Fate


class Choice(NamedTuple):
    """A confirmed response: what was suggested for it, and what its coder chose."""

    step: int
    """The coder's first decision about it."""
    offers: tuple[Offer, ...]
    """One at least."""
    theme_ids: frozenset[str]

    @property
    def response(self) -> int:
        """The response's number."""
        return self.offers[0].suggestion.response

    def among_first(self, k: int) -> int:
        """Count the themes chosen that were among the first k suggestions."""
        suggestions = (offer.suggestion for offer in self.offers)
        return sum(offered.rank <= k and offered.theme_id in self.theme_ids for offered in suggestions)


def recall(choices: Sequence[Choice], k: int) -> float | None:
    """Return which share of the themes chosen was among the first k suggestions; None if none was chosen."""
    theme_count = sum(len(choice.theme_ids) for choice in choices)
    return sum(choice.among_first(k) for choice in choices) / theme_count if theme_count else None
