"""What a coder decides about the answer at the desk: each decision is one durable step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.codings import NO_WORDS, PickedWords
from coder.tui.coding.desk import open_doubts
from coder.tui.coding.exposing import exposure_of, suggestion_seen
from coder.tui.coding.listed.listing import reach
from coder.tui.coding.words import with_selected, words_to_keep

if TYPE_CHECKING:
    from coder.domain.codings import Origin
    from coder.tui.coding.desk import Desk
    from coder.workflows.coding.session import StepOutcome


def toggle(desk: Desk, number: int, theme_id: str, *, by_name: bool = False) -> StepOutcome:
    """Choose a theme or take it off; with words selected, say that they carry it.

    One that was picked by its name keeps none of the words that the engine found.
    """
    exposure, suggestion = exposure_of(desk), suggestion_seen(desk, theme_id)
    selected = desk.here.selected
    if selected is not None:
        spans = with_selected(desk, theme_id, selected)
        outcome = desk.session.mark_spans(number, theme_id, spans, suggestion, exposure, reach(desk.listing))
        desk.select(None)
    else:
        suggested = suggestion is not None and suggestion.rank is not None
        origin: Origin = "suggestion" if suggested else "hand"
        words = words_to_keep(desk, theme_id) if suggested and not by_name else NO_WORDS
        outcome = desk.session.toggle(
            number,
            theme_id,
            origin=origin,
            suggestion=suggestion,
            words=words,
            exposure=exposure,
            listed=reach(desk.listing),
        )
    desk.touch(theme_id)
    return outcome


def why_not_taken(desk: Desk) -> str:
    """Return why Space cannot take the first suggestion, so that it is Enter; empty where it can."""
    here, standing = desk.here, desk.here.standing
    suggestions = here.ranking.suggestions
    by_words = here.ranking.stage == "words"
    if desk.hides:
        return "Suggestions are hidden"
    if desk.advice.is_off:
        return "Suggestions are off in this round"
    if not desk.mode.takes_first or standing.done or standing.recode:
        return "This answer is asked about, or done"
    if not suggestions or (by_words and (desk.advice.engine or not suggestions[0].strength)):
        return "Not ranked yet"
    if here.page or not here.has_stood:
        return "The first suggestion has not been on its key"
    return "It is chosen already" if suggestions[0].theme_id in standing.spans else ""


def take_first(desk: Desk, number: int) -> StepOutcome:
    """Choose the first suggestion as well, and confirm the answer, in one step."""
    theme_id, selected = desk.here.ranking.suggestions[0].theme_id, desk.here.selected
    exposure, suggestion = exposure_of(desk), suggestion_seen(desk, theme_id)
    words = words_to_keep(desk, theme_id) if selected is None else PickedWords((selected,), "person")
    listed = reach(desk.listing)
    outcome = desk.session.take_and_confirm(number, theme_id, suggestion, words, exposure, listed)
    desk.select(None)
    desk.touch(theme_id)
    desk.sitting.count(was_done=False)
    return outcome


def confirm(desk: Desk, number: int) -> StepOutcome:
    """Confirm the answer with the themes it has."""
    was_done = desk.here.standing.done
    outcome = desk.session.confirm(number, exposure=exposure_of(desk), listed=reach(desk.listing))
    desk.sitting.count(was_done=was_done)
    return outcome


def nothing_here(desk: Desk, number: int) -> StepOutcome:
    """Say that no theme is in the answer."""
    was_done = desk.here.standing.done
    outcome = desk.session.nothing_here(number, exposure_of(desk), reach(desk.listing))
    desk.sitting.count(was_done=was_done)
    return outcome


def keep_doubted(desk: Desk, number: int) -> StepOutcome | None:
    """Keep the codings that are doubted as they are; None where none is."""
    doubts = {doubt.theme_id: doubt.kind for doubt in open_doubts(desk)}
    return desk.session.keep(number, doubts, exposure_of(desk)) if doubts else None
