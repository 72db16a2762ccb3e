"""Answers of the same words: opened to be decided about one by one, and closed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import surveys
from coder.tui.coding.desk import stop_of
from coder.tui.coding.modes import Gathered
from coder.tui.coding.moving import go_back_to, go_through

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView

_ALONE = "No other answer says the same in the same words."


def open_or_close(view: CodingView) -> None:
    """List the answers that say what this one says, to code one apart; or go back to where one was."""
    desk, number = view.desk, view.desk.here.number
    if stop := desk.mode.way_out_by("="):
        go_back_to(view, stop)
        return
    if number is None:
        return
    members = surveys.of_the_same_words(desk.study.database, [number]).get(number, [number])
    if len(members) < 2:  # noqa: PLR2004 - the answer itself
        view.tell(_ALONE, 3)
        return
    go_through(view, Gathered("that say the same, one by one", "=", members, stop_of(desk)), number)
