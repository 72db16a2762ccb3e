"""The queue of codings that need a fresh look since the codebook was revised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.filters import Filter
from coder.store import recoding
from coder.tui.coding.actions import apply_filter
from coder.tui.coding.second_look import look
from coder.tui.kit.fitting import plain_title

if TYPE_CHECKING:
    from coder.tui.coding.screen import CodingScreen


def open_or_leave(screen: CodingScreen) -> None:
    """Open the queue, or go back to where one was."""
    screen.app.clear_notifications()
    if screen.navigator.filter.show == "recode":
        leave_queue(screen)
    elif not _open(screen):
        screen.app.notify("No coding of yours waits to be recoded.", timeout=4)


def leave_queue(screen: CodingScreen) -> None:
    """Go back to where one was before the queue."""
    apply_filter(screen, *screen.navigator.before_queue())


def queue_done(screen: CodingScreen) -> None:
    """Go on with what waits elsewhere after the last of a list; or say that all is done, and go back."""
    if _open(screen):
        question_id, answers = screen.navigator.question().id, len(screen.list.numbers)
        screen.app.notify(f"On to what waits in {question_id}: {answers}.", timeout=4)
    else:
        leave_queue(screen)
        screen.app.notify("All recoded. u takes back the last decision.", timeout=6)


def _open(screen: CodingScreen) -> bool:
    """List what waits, of this question if any does; tell whether there was something."""
    waiting = recoding.answers_waiting(screen.study.database, screen.session.coder_id)
    here = screen.navigator.question().id
    found = next((q.id for q in screen.navigator.questions if q.id in waiting), None)
    if found is None:
        return False
    apply_filter(screen, Filter(here if here in waiting else found, show="recode"))
    return True


def show_left(screen: CodingScreen) -> None:
    """Say in the list's title how much of the queue, or of a second look, is left."""
    if screen.navigator.second_look:
        look.show_left(screen)
        return
    chosen = screen.navigator.filter
    if chosen == Filter(chosen.question_id, show="recode"):
        waiting = recoding.answers_waiting(screen.study.database, screen.session.coder_id)
        left = waiting.get(chosen.question_id or "", 0)
        screen.list.set_title(plain_title(f"{left} of {screen.navigator.asked} to be recoded"))


def tell_waiting(screen: CodingScreen) -> bool:
    """Say how much waits to be recoded; tell whether anything does."""
    count = screen.waiting
    if count:
        codings, them = ("1 coding waits", "it") if count == 1 else (f"{count:,} codings wait", "them")
        text = f"{codings} to be recoded since the codebook was revised. w opens {them}."
        screen.app.notify(text, timeout=12)
    return bool(count)
