"""Answers like the one on screen, coded together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.coding.exposing import suggestion_seen
from coder.tui.coding.panes.similar_window import Similar
from coder.tui.coding.pickers import similar_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.engine_messages import SimilarReady
    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.desk import Desk

SIMILAR = 40
"""How many answers like the one on screen are offered."""


def similar(view: CodingView) -> None:
    """Offer the answers most like this one, to be coded together."""
    desk, number = view.desk, view.desk.here.number
    if number is None:
        return
    if desk.advice.engine is None:
        view.tell("Similar answers need the suggestion engine, which is not running.", 5, warning=True)
        return
    theme_id = _theme_to_spread(desk)
    if theme_id is None:
        view.tell("Choose a theme first: it is what similar answers are coded with.", 5)
        return

    def code(numbers: Sequence[int] | None) -> None:
        if numbers:
            _code_many(view, numbers, theme_id)

    # The window is there before the answers are, so that keys typed ahead are its own.
    view.ask(Similar(number, theme_id, desk.study.codebook.label(theme_id)), code)
    desk.advice.engine.similar(number, SIMILAR)


def _theme_to_spread(desk: Desk) -> str | None:
    """Return the theme chosen last, else one that stands on the answer, else the one at the cursor."""
    offered = {theme.id for theme in desk.study.codebook.offered(desk.listing.question().id)}
    standing = [theme_id for theme_id in desk.here.standing.spans if theme_id in offered]
    if desk.last_theme in standing:
        return desk.last_theme
    return standing[0] if standing else desk.here.cursor_theme


def receive_similar(view: CodingView, event: SimilarReady) -> None:
    """Fill the window that waits for answers like this one."""
    window = view.window()
    if isinstance(window, Similar) and window.response == event.response:
        window.fill(similar_rows(view.desk, event.similar, window.theme_id))


def _code_many(view: CodingView, numbers: Sequence[int], theme_id: str) -> None:
    outcome = view.desk.session.code_many(numbers, theme_id, suggestion_seen(view.desk, theme_id))
    view.stepped(outcome)
    view.tell(f"{outcome.label}. u undoes them all at once.", 5)
