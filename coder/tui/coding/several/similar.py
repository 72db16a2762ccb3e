"""Answers like the one on screen, listed to be ticked and coded together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.tui.coding.desk import stop_of
from coder.tui.coding.modes import Gathered
from coder.tui.coding.moving import go_back_to

if TYPE_CHECKING:
    from coder.domain.engine_messages import SimilarReady
    from coder.tui.coding.contract import CodingView

SIMILAR = 40
"""How many answers like the one on screen are offered."""
_NONE = "None found yet: the answers are still being read, or there are no others. Esc twice goes back."


def list_or_leave(view: CodingView) -> None:
    """List this answer, ticked, and those most like it; or go back to where one was."""
    desk, number = view.desk, view.desk.here.number
    if stop := desk.mode.way_out_by("s"):
        go_back_to(view, stop)
        return
    if number is None:
        return
    if desk.advice.engine is None:
        view.tell("Similar answers need the suggestion engine, which is not running.", 5, warning=True)
        return
    # It is listed and ticked before the others are there: no key typed ahead codes it alone.
    desk.go_through(Gathered("like the first", "s", [number], stop_of(desk)))
    desk.listing.ticks.add([number])
    view.list_anew(number)
    desk.advice.engine.similar(number, SIMILAR)
    view.tell("Looking for answers like this one ...", 4)


def receive_similar(view: CodingView, event: SimilarReady) -> None:
    """Add the answers that were found, unless one has gone on to something else."""
    desk = view.desk
    first = next(iter(desk.listing.numbers), None)
    mode = desk.mode
    if not isinstance(mode, Gathered) or mode.key != "s" or first != event.response:
        return
    ticked = desk.listing.ticks.numbers
    numbers = [event.response, *(similar.response for similar in event.similar)]
    desk.go_through(replace(mode, alone=numbers))
    desk.listing.ticks.add(ticked)
    view.list_anew(desk.here.number)
    view.unsay()
    text = "x ticks, 1-9 codes the ticked with a theme; Esc drops the ticks." if event.similar else _NONE
    view.tell(text, 8)
