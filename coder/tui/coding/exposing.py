"""What the coder has before the eyes when a decision is made, and how the answer came up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import SuggestionSeen
from coder.domain.exposures import Exposure
from coder.domain.filters import Filter
from coder.tui.coding.views import KEYS, seen_ranking

if TYPE_CHECKING:
    from coder.domain.reading_orders import CameBy
    from coder.tui.coding.screen import CodingScreen


def seen(screen: CodingScreen) -> Exposure:
    """Return the suggestions for the answer on screen, those on number keys, as the coder saw them."""
    ranking = seen_ranking(screen)
    by_words = ranking.stage == "words"
    offered = tuple((s.theme_id, None if by_words else s.strength) for s in ranking.suggestions[:KEYS])
    return Exposure(screen.standing.response, screen.came_by, offered, on_screen=not screen.hiding())


def shown(screen: CodingScreen, theme_id: str) -> SuggestionSeen | None:
    """Return what of the suggestions is on screen: the theme's place among them."""
    offered = seen(screen)
    if not offered.on_screen or not offered.suggestions:
        return None
    for rank, (suggested, probability) in enumerate(offered.suggestions, start=1):
        if suggested == theme_id:
            return SuggestionSeen(rank, probability)
    return SuggestionSeen()


def way_here(screen: CodingScreen, number: int) -> CameBy:
    """Return how an answer came before the coder that is now shown."""
    chosen = screen.navigator.filter
    if screen.navigator.second_look:
        return "check"
    if number == screen.jumped_to:
        return "picked"
    if chosen.show == "recode":
        return "recode"
    if chosen in {Filter(chosen.question_id), Filter(chosen.question_id, "open")}:
        return screen.navigator.order.kind if screen.navigator.arranged else "file"
    return "picked"
