"""Reads, once a coder rests at an answer, how the theme at the cursor was coded before."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.workflows.coding.precedents import precedents

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer
    from textual.widget import Widget

    from coder.tui.coding.desk import Desk
    from coder.workflows.coding.precedents import Precedents

RESTS_AFTER = 0.15
"""Seconds after which a coder who pressed no key reads: it is then that answers are looked for."""


class SideReading:
    """Works in a thread, with a connection of its own: no key waits for it, and no paint.

    Args:
        widget: The parts of the screen, whose timers and threads it takes.
        desk: The desk; what was read is kept there.
        draw: Draws it.
    """

    def __init__(self, widget: Widget, desk: Desk, draw: Callable[[], object]) -> None:
        self._widget = widget
        self._desk = desk
        self._draw = draw
        self._timer: Timer | None = None
        self._wanted: tuple[object, ...] = ()

    def look_at_desk(self) -> None:
        """Read soon for the answer and the theme before the coder, unless that is being done already."""
        here = self._desk.here
        reasons = here.reasons
        is_of_theme = reasons is not None and reasons.theme_id == here.cursor_theme
        nearest_ids = [near.response_id for near in reasons.nearest] if reasons and is_of_theme else []
        wanted = (here.number, here.cursor_theme, *nearest_ids)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if self._timer is not None:
            self._timer.stop()
        if here.response is not None and here.cursor_theme is not None and not self._desk.hides:
            self._timer = self._widget.set_timer(RESTS_AFTER, lambda: self._begin(nearest_ids))

    def _begin(self, nearest_ids: list[str]) -> None:
        desk, here = self._desk, self._desk.here
        response, theme_id = here.response, here.cursor_theme
        if response is None or theme_id is None:
            return

        theme = desk.study.codebook.by_id.get(theme_id)
        examples = theme.examples if theme else ()

        def read() -> None:
            # Where the study is damaged or locked, whoever needs it says so; here is nothing to compare.
            with suppress(CoderError, ValueError):
                came_up = precedents(
                    desk.study.database, desk.session.coder_id, response, theme_id, nearest_ids, examples
                )
                self._widget.app.call_from_thread(self._take, came_up)

        self._widget.run_worker(read, thread=True, exclusive=True, group="precedents", exit_on_error=False)

    def _take(self, came_up: Precedents) -> None:
        # The coder may have gone on meanwhile.
        if (came_up.response, came_up.theme_id) == (self._desk.here.number, self._desk.here.cursor_theme):
            self._desk.compared.take(came_up)
            self._draw()
