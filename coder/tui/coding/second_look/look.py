"""The second look: codings worth checking, one after the other, each kept or changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.coding.actions import apply_filter, confirm
from coder.tui.coding.exposing import seen
from coder.tui.coding.second_look.texts import SecondLook, doubts_here, look_title
from coder.tui.kit.fitting import plain_title
from coder.workflows.coding.second_look import still_doubted, waits

if TYPE_CHECKING:
    from coder.domain.engine_messages import SecondLookReady
    from coder.domain.second_look import Doubted
    from coder.tui.coding.screen import CodingScreen

MOST = 50
"""Doubts in one second look; the next one brings more."""


def open_or_leave(screen: CodingScreen) -> None:
    """Have the engine look for codings worth checking, or go back to where one was."""
    if screen.navigator.second_look:
        leave(screen)
    elif screen.advice.engine is None:
        text = "A second look needs the suggestion engine, which is not running."
        screen.app.notify(text, severity="warning")
    else:
        screen.advice.engine.second_look(screen.navigator.question().id)
        screen.app.notify("Looking for codings worth checking ...", timeout=4)


def receive_second_look(screen: CodingScreen, event: SecondLookReady) -> None:
    """List the codings that the engine doubts and the coder has not answered for."""
    if event.question_id != screen.navigator.question().id or screen.navigator.second_look:
        return
    waiting = still_doubted(screen.session.standing, event.doubted)[:MOST]
    screen.app.clear_notifications()
    if not waiting:
        screen.app.notify("No coding stands out, or all that do have been looked at.", timeout=5)
        return
    doubts: dict[int, tuple[Doubted, ...]] = {}
    for doubted in waiting:
        doubts[doubted.response] = (*doubts.get(doubted.response, ()), doubted)
    here = screen.response.number if screen.response else None
    screen.navigator.second_look = SecondLook(doubts, (screen.navigator.filter, here), set(doubts))
    first = next(iter(doubts))
    screen.list.set_numbers(*screen.navigator.listed(), first)
    screen.show(first)
    screen.load_list()


def leave(screen: CodingScreen) -> None:
    """Go back to where one was before the second look."""
    look, screen.navigator.second_look = screen.navigator.second_look, None
    if look:
        apply_filter(screen, *look.before)


def keep_and_next(screen: CodingScreen) -> None:
    """Keep what is still doubted as it is, and go on to the next answer."""
    number = screen.standing.response
    if screen.standing.spans and not screen.standing.done:
        confirm(screen, number)
    if doubts := doubts_here(screen):
        kept = {doubted.theme_id: doubted.kind for doubted in doubts}
        screen.after_confirmed(screen.session.keep(number, kept, seen(screen)))
    elif not screen.standing.done:
        screen.app.notify("No theme chosen: left open. Press n where there is nothing to code.", timeout=3)
    go_on(screen)


def go_on(screen: CodingScreen) -> None:
    """Go to the next answer with a doubt, from the top again after the last; after all, go back."""
    look = screen.navigator.second_look
    if look is None:
        return
    numbers = list(look.doubts)
    here = numbers.index(screen.standing.response) if screen.standing.response in look.doubts else -1
    following = (number for number in (*numbers[here + 1 :], *numbers[: here + 1]) if number in look.left)
    found = next(following, None)
    if found is None:
        leave(screen)
        screen.app.notify("That was all. c looks again; u takes back the last answer.", timeout=6)
    else:
        screen.show(found)


def show_left(screen: CodingScreen) -> None:
    """Say in the list's title how many answers are left."""
    look, number = screen.navigator.second_look, screen.standing.response
    if look is None:
        return
    if number in look.doubts:
        waiting = any(waits(doubted, screen.standing) for doubted in look.doubts[number])
        (look.left.add if waiting else look.left.discard)(number)
    screen.list.set_title(plain_title(look_title(look)))
