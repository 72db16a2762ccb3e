"""The order of the list: chosen, worked out, kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.reading_orders import READ_BY_ENGINE, READ_FIRST, Order
from coder.store.drafts import read_first
from coder.tui.coding.pickers import pick_order

if TYPE_CHECKING:
    from coder.domain.engine_messages import OrderReady
    from coder.tui.coding.contract import CodingView

RENEWED_EVERY = 10
"""Answers confirmed after which an order that depends on what was learned is worked out anew."""
_LEARNS = ("spread", "uncertain", "theme")


def choose_order(view: CodingView) -> None:
    """Choose the order of the list."""

    def order_list(order: Order | None) -> None:
        if order is not None:
            set_order(view, order)

    view.ask(pick_order(view.desk), order_list)


def set_order(view: CodingView, order: Order) -> None:
    """Have the list in an order from now on, from its first open answer; the study remembers it."""
    if order.kind in READ_BY_ENGINE and view.desk.advice.engine is None:
        view.tell("This order needs the suggestion engine, which is not running.", 5, warning=True)
        return
    view.desk.listing.arrangement.choose(order)
    if begin(view):
        view.list_anew(view.desk.here.number)
    else:
        _list_from_top(view)


def begin(view: CodingView) -> bool:
    """Begin to work out the order of the list; tell whether the engine is still at it."""
    arrangement, engine = view.desk.listing.arrangement, view.desk.advice.engine
    arrangement.forget_confirmed()
    if arrangement.order.kind == "random":
        arrangement.shuffle()
    elif arrangement.order.kind in READ_BY_ENGINE and engine is not None:
        engine.order(view.desk.listing.question().id, arrangement.order)
        return True
    return False


def at_start(view: CodingView) -> None:
    """Arrange the list at random, if an earlier sitting chose that; the engine's orders come later."""
    if view.desk.listing.arrangement.order.kind == "random":
        begin(view)
        if view.desk.here.touched:
            view.list_anew(view.desk.here.number)
        else:
            _list_from_top(view)


def count_confirmed(view: CodingView) -> None:
    """Count a confirmed answer; ask anew, now and then, for an order that depends on what was learned."""
    arrangement = view.desk.listing.arrangement
    if arrangement.count_confirmed() >= RENEWED_EVERY and arrangement.order.kind in _LEARNS:
        begin(view)


def note_passed(view: CodingView) -> str:
    """Note that an answer which came at random was read and is left open.

    Returns:
        How many were read so, where the question has no themes yet; else nothing.
    """
    desk, question = view.desk, view.desk.listing.question()
    if desk.here.came_by != "random" or desk.here.number is None:
        return ""
    database, coder_id = desk.study.database, desk.session.coder_id
    read_first.note_read(database, coder_id, question.id, desk.here.number)
    if desk.study.codebook.offered(question.id):
        return ""
    read = read_first.read_at_random(database, coder_id, question.id)
    to_read = min(READ_FIRST, desk.progress.answers)
    if read < to_read:
        return f"Read at random: {read} of {to_read}. / makes a theme; p shows draft themes after that."
    return f"Read at random: {read}. p shows draft themes now."


def receive_order(view: CodingView, event: OrderReady) -> None:
    """Arrange the list as the engine says: from its top if the coder just chose that, else from here on."""
    listing, here = view.desk.listing, view.desk.here
    if event.question_id != listing.question().id or event.order != listing.arrangement.order:
        return
    from_top = listing.arrangement.take_new()
    listing.arrangement.arrange(event.responses, None if from_top else here.number)
    if from_top and not here.touched:
        _list_from_top(view)
    else:
        view.list_anew(here.number)


def _list_from_top(view: CodingView) -> None:
    """List the answers anew and go to the first open one."""
    view.list_anew(view.desk.here.number)
    first_open = view.desk.listing.next_open(0)
    if first_open is not None:
        view.show(first_open)
