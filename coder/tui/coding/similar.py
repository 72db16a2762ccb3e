"""Answers like the one on screen, coded together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.coding.exposing import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.coding.screen import CodingScreen

SIMILAR = 40
"""How many answers like the one on screen are offered."""


def similar(screen: CodingScreen) -> None:
    """Offer the answers most like this one, to be coded together."""
    from coder.tui.coding.panes.similar_window import Similar

    if screen.response is None:
        return
    if screen.advice.engine is None:
        screen.app.notify(
            "Similar answers need the suggestion engine, which is not running.", severity="warning"
        )
        return
    theme_id = _theme_to_spread(screen)
    if theme_id is None:
        screen.app.notify("Choose a theme first: it is what similar answers are coded with.", timeout=5)
        return

    def coded(numbers: Sequence[int] | None) -> None:
        if numbers:
            screen.guard(_code_many, screen, numbers, theme_id)

    label = screen.study.codebook.label(theme_id)
    # The window is there before the answers are, so that keys typed ahead are its own.
    screen.app.push_screen(Similar(screen.response.number, theme_id, label), coded)
    screen.advice.engine.similar(screen.response.number, SIMILAR)


def _theme_to_spread(screen: CodingScreen) -> str | None:
    """Return the theme chosen last, else one that stands on the answer, else the one at the cursor."""
    offered = {theme.id for theme in screen.study.codebook.offered(screen.navigator.question().id)}
    standing = [theme_id for theme_id in screen.standing.spans if theme_id in offered]
    if screen.last_theme in standing:
        return screen.last_theme
    return standing[0] if standing else screen.current_theme()


def show_similar(screen: CodingScreen, number: int, found: Sequence[tuple[int, float]]) -> None:
    """Fill the window that waits for answers like this one."""
    from coder.tui.coding.panes.similar_window import Similar
    from coder.tui.coding.pickers import similar_rows

    window = screen.app.screen
    if isinstance(window, Similar) and window.response == number:
        window.fill(similar_rows(screen, found, window.theme_id))


def _code_many(screen: CodingScreen, numbers: Sequence[int], theme_id: str) -> None:
    outcome = screen.session.code_many(numbers, theme_id, shown(screen, theme_id))
    screen.after(outcome)
    screen.app.notify(f"{outcome.label}. u undoes them all at once.", markup=False)
