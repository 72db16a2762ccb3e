"""The queue of codings that need a fresh look since the codebook was revised: into it, and out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.filters import Filter
from coder.domain.grammar import agreeing, counted
from coder.tui.coding.modes import waiting_first
from coder.tui.coding.moving import apply_filter, go_back_to

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView


def open_or_leave(view: CodingView) -> None:
    """List what waits, of this question if any does; where one is in the queue, go back."""
    view.unsay()
    stop, question_id = view.desk.mode.way_out_by("w"), waiting_first(view.desk.listing)
    if stop:
        go_back_to(view, stop)
    elif question_id is None:
        view.tell("No coding of yours waits to be recoded.", 4)
    else:
        apply_filter(view, Filter(question_id, show="recode"))


def tell_waiting(view: CodingView) -> bool:
    """Say how much waits to be recoded; tell whether anything does."""
    count = view.desk.waiting
    if count:
        codings = f"{counted(count, 'coding')} {agreeing(count, 'waits', 'wait')}"
        them = agreeing(count, "it", "them")
        view.tell(f"{codings} to be recoded since the codebook was revised. w opens {them}.", 12)
    return bool(count)
