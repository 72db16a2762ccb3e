"""The second look: codings worth checking, one after the other, each kept or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.coding.desk import stop_of
from coder.tui.coding.modes import SecondLook
from coder.tui.coding.moving import go_back_to, go_through
from coder.workflows.coding.second_look import waiting_doubts

if TYPE_CHECKING:
    from coder.domain.engine_messages import SecondLookReady
    from coder.domain.second_look import Doubted
    from coder.tui.coding.contract import CodingView

MOST = 50
"""Doubts in one second look; the next one brings more."""


def open_or_leave(view: CodingView) -> None:
    """Have the engine look for codings worth checking, or go back to where one was."""
    desk = view.desk
    if stop := desk.mode.way_out_by("c"):
        go_back_to(view, stop)
    elif desk.advice.engine is None:
        view.tell("A second look needs the suggestion engine, which is not running.", 5, warning=True)
    else:
        desk.advice.engine.second_look(desk.listing.question().id)
        view.tell("Looking for codings worth checking ...", 4)


def receive_second_look(view: CodingView, event: SecondLookReady) -> None:
    """List the codings that the engine doubts and the coder has not answered for."""
    desk = view.desk
    if event.question_id != desk.listing.question().id or desk.mode.way_out_by("c"):
        return
    waiting = waiting_doubts(desk.session.standing, event.doubted)[:MOST]
    view.unsay()
    if not waiting:
        view.tell("No coding stands out, or all that do have been looked at.", 5)
        return
    doubted: dict[int, tuple[Doubted, ...]] = {}
    for doubt in waiting:
        doubted[doubt.response] = (*doubted.get(doubt.response, ()), doubt)
    go_through(view, SecondLook(doubted, frozenset(doubted), stop_of(desk)), next(iter(doubted)))
