"""The order of the list: chosen, worked out, kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.reading_orders import READ_BY_ENGINE, Order

if TYPE_CHECKING:
    from coder.domain.engine_messages import OrderReady
    from coder.tui.coding.screen import CodingScreen

RENEWED_EVERY = 10
"""Answers confirmed after which an order that depends on what was learned is worked out anew."""
_LEARNS = ("spread", "uncertain", "theme")


def choose_order(screen: CodingScreen) -> None:
    """Choose the order of the list."""
    from coder.tui.coding.pickers import pick_order

    def chosen(order: Order | None) -> None:
        if order is not None:
            screen.guard(_set_order, screen, order)

    screen.app.push_screen(pick_order(screen), chosen)


def _set_order(screen: CodingScreen, order: Order) -> None:
    """Have the list in an order from now on, from its first open answer; the study remembers it."""
    if order.kind in READ_BY_ENGINE and screen.advice.engine is None:
        text = "This order needs the suggestion engine, which is not running."
        screen.app.notify(text, severity="warning")
        return
    screen.navigator.keep_order(order)
    if take_up(screen):
        screen.load_list()
    else:
        _list_anew(screen)
        _to_first(screen)


def take_up(screen: CodingScreen) -> bool:
    """Begin to work out the order of the list; tell whether it is still to come."""
    navigator = screen.navigator
    navigator.confirmed_since = 0
    if navigator.order.kind == "random":
        navigator.arrange(navigator.shuffled())
    elif navigator.order.kind in READ_BY_ENGINE and screen.advice.engine is not None:
        screen.advice.engine.order(navigator.question().id, navigator.order)
        return True
    return False


def at_start(screen: CodingScreen) -> None:
    """Take up random order, if an earlier sitting chose it; the engine's orders come when it is ready."""
    if screen.navigator.order.kind == "random":
        take_up(screen)
        _list_anew(screen)
        if not screen.touched:
            _to_first(screen)


def confirmed(screen: CodingScreen) -> None:
    """Ask anew, now and then, for an order that depends on what was learned."""
    screen.navigator.confirmed_since += 1
    if screen.navigator.order.kind in _LEARNS and screen.navigator.confirmed_since >= RENEWED_EVERY:
        take_up(screen)


def receive_order(screen: CodingScreen, event: OrderReady) -> None:
    """Arrange the list as the engine says: from its top if that was asked for, else from here on."""
    navigator = screen.navigator
    if event.question_id != navigator.question().id or event.order != navigator.order:
        return
    asked, navigator.asked_for_order = navigator.asked_for_order, False
    here = screen.response.number if screen.response and not asked else None
    navigator.arrange(event.responses, here)
    _list_anew(screen)
    if asked and not screen.touched:
        _to_first(screen)


def _list_anew(screen: CodingScreen) -> None:
    screen.list.forget_all()
    screen.load_list()


def _to_first(screen: CodingScreen) -> None:
    found = screen.navigator.next_open(0)
    if found is not None:
        screen.show(found)
