"""Which suggestions the coder has before them when a decision is made: that is kept with the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import SuggestionSeen
from coder.domain.exposures import Exposure
from coder.domain.ranking import NUMBER_KEYS

if TYPE_CHECKING:
    from coder.tui.coding.desk import Desk


def exposure_of(desk: Desk) -> Exposure:
    """Return the suggestions on number keys for this answer, as the coder saw them: those of each nine."""
    ranking = desk.here.seen_ranking()
    by_words = ranking.stage == "words"
    on_keys = ranking.suggestions[: NUMBER_KEYS * desk.here.pages_seen]
    suggestions = tuple((s.theme_id, None if by_words else s.strength) for s in on_keys)
    if desk.advice.is_off:
        # Themes in the codebook's order suggest nothing.
        suggestions = ()
    return Exposure(desk.here.standing.response, desk.here.came_by, suggestions, on_screen=not desk.hides)


def suggestion_seen(desk: Desk, theme_id: str) -> SuggestionSeen | None:
    """Return a theme's place among the suggestions on screen; None where there were none."""
    exposure = exposure_of(desk)
    if not exposure.on_screen or not exposure.suggestions:
        return None
    for rank, (suggested, probability) in enumerate(exposure.suggestions, start=1):
        if suggested == theme_id:
            return SuggestionSeen(rank, probability)
    return SuggestionSeen()
