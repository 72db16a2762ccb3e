"""The keys that move: along the list, between questions and filters, through themes and words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from coder.domain.filters import Filter
from coder.store import surveys
from coder.text.spans import clauses
from coder.tui.coding import ordering
from coder.tui.coding.comparing.visiting import come_back
from coder.tui.coding.desk import ask_why
from coder.tui.coding.pickers import pick_filter, pick_of_respondent, pick_response
from coder.tui.coding.words import next_clauses

if TYPE_CHECKING:
    from coder.domain.codings import Span
    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.modes import Mode, Stop
    from coder.workflows.coding.session import StepOutcome


def move(view: CodingView, step: int) -> None:
    """Go up or down the list by so many rows."""
    listing = view.desk.listing
    if listing.numbers:
        row = max(0, min(listing.cursor + step, len(listing.numbers) - 1))
        view.show(listing.numbers[row])


def scroll(view: CodingView, direction: int) -> None:
    """Scroll an answer that is longer than its pane, by half of that."""
    view.panes.scroll(direction)


def to_end(view: CodingView, row: int) -> None:
    """Go to the first (0) or the last (-1) of the list."""
    listing = view.desk.listing
    if listing.numbers:
        listing.leave(view.desk.here.number)
        view.show(listing.numbers[row])


def go_on(view: CodingView, after: int | None = None) -> None:
    """Go to the next answer that the mode has; after the last, where the mode leads.

    From an earlier answer that one looked at, go back to the one in hand.

    Args:
        view: The screen.
        after: The answer to go on from; None: the one on screen.
    """
    desk = view.desk
    if come_back(view):
        return
    following = desk.mode.next_after(desk.listing, after or desk.here.number or 0)
    if following is not None:
        view.show(following)
        return
    end = desk.mode.after_last(desk.listing)
    if end.goes_to:
        go_back_to(view, end.goes_to)
    else:
        view.panes.draw_answer()
    view.tell(end.text, end.seconds)


def change_question(view: CodingView, step: int) -> None:
    """Go to the question before or after this one, where its first open answer is."""
    view.desk.listing.leave(view.desk.here.number)
    apply_filter(view, Filter(view.desk.listing.neighbour(step).id))


def apply_filter(view: CodingView, answers: Filter, number: int | None = None) -> None:
    """List what a filter lets through; stay at an answer, the one given or that on screen, if it is listed.

    Where it is not, go to the first open answer, else to the first.
    """
    desk = view.desk
    stay_at = number or desk.here.number
    _list(view, answers)
    view.list_anew(stay_at)
    numbers = desk.listing.numbers
    if stay_at is None or stay_at not in numbers:
        stay_at = desk.listing.next_open(0) or (numbers[0] if numbers else None)
    view.show(stay_at)
    view.draw_titles()


def _list(view: CodingView, answers: Filter) -> None:
    view.desk.list_answers(answers)
    if not view.desk.listing.arranged:
        ordering.begin(view)


def go_back_to(view: CodingView, stop: Stop) -> None:
    """Go back to what was listed, to the answer that was on screen, and to the mode one was in."""
    if stop.mode is None or stop.mode.alone is None:
        apply_filter(view, stop.answers, stop.number)
    else:
        go_through(view, stop.mode, stop.number)


def go_through(view: CodingView, mode: Mode, number: int | None) -> None:
    """List the answers of a mode that has its own, with the cursor on one."""
    view.desk.go_through(mode)
    view.list_anew(number)
    view.show(number)
    view.draw_titles()


def choose_filter(view: CodingView) -> None:
    """Choose what the list shows."""

    def apply(answers: Filter | None) -> None:
        if answers is not None:
            apply_filter(view, answers)

    view.ask(pick_filter(view.desk), apply)


def escape(view: CodingView) -> None:
    """Give up a change that waits; else drop selected words, else go the way out that the mode has."""
    if view.desk.session.waiting.give_up():
        view.draw_titles()
        view.tell("Given up: the change that waited is not saved.", 6, warning=True)
    elif view.desk.here.selected is not None:
        select(view, None)
    elif view.desk.listing.ticks:
        view.desk.listing.ticks.drop()
        view.draw_titles()
        view.tell("None ticked.", 2)
    elif come_back(view):
        return
    elif stop := view.desk.mode.way_out(view.desk.listing):
        go_back_to(view, stop)


def go_to(view: CodingView) -> None:
    """Go to a respondent or a response by typing part of its id."""
    view.ask(pick_response(view.desk), partial(jump, view))


def jump(view: CodingView, number: int | None) -> None:
    """Go to an answer, wherever it is, remembering the way back."""
    if number is not None:
        _reveal(view, number)


def return_to(view: CodingView, outcome: StepOutcome) -> None:
    """Go to the answer at which was decided what an undo or redo has touched."""
    number = view.desk.here.number
    is_about_it = number in outcome.responses and len(outcome.decided) <= 1
    place = outcome.stood_at or (number if is_about_it else next(iter(outcome.responses), None))
    if place is not None and place != number:
        view.desk.orders_left.return_to(place)
        jump(view, place)


def back(view: CodingView) -> None:
    """Go back to where one jumped from."""
    number = view.desk.listing.back()
    if number is None or not _reveal(view, number, remember=False):
        view.tell("Nowhere to go back to.", 3)


def _reveal(view: CodingView, number: int, *, remember: bool = True) -> bool:
    """Show an answer, widening the list to its question where the list lacks it; False: there is none."""
    desk = view.desk
    response = surveys.response(desk.study.database, number)
    if response is None:
        return False
    if number not in desk.listing.assigned:
        view.tell(f"{response.id} is none of your answers in {desk.listing.assigned.round_name}.", 5)
        return True
    if remember:
        desk.listing.leave(desk.here.number)
    if desk.listing.row_of(number) is None:
        _list(view, Filter(response.question_id))
    view.list_anew(number)
    view.show(number, jumped=True)
    view.draw_titles()
    return True


def respondent(view: CodingView) -> None:
    """Show everything this respondent answered."""
    if view.desk.here.response is not None:
        view.ask(pick_of_respondent(view.desk, view.desk.here.response), partial(jump, view))


def turn(view: CodingView, step: int) -> None:
    """Put the next nine places on the number keys, or the nine before."""
    here = view.desk.here
    if view.desk.hides:
        view.tell("Suggestions are hidden until a first theme is chosen: / finds one.", 3)
    elif not 0 <= here.page + step < here.pages:
        view.tell("These are the last themes." if step > 0 else "These are the first nine.", 3)
    else:
        view.desk.turn_to(here.page + step)
        view.panes.begin_themes()
        ask_why(view.desk)


def move_cursor(view: CodingView, step: int) -> None:
    """Move the cursor of the themes: the why-panel follows, and so do the words to be moved."""
    view.panes.move_cursor(step)
    words, theme_id = view.desk.here.words, view.desk.here.cursor_theme
    if theme_id in view.desk.here.standing.spans:
        view.desk.keep_words(replace(words, moving=theme_id))


def select_words(view: CodingView, step: int, *, extend: bool = False) -> None:
    """Select the next or previous clause, or one clause more."""
    response = view.desk.here.response
    pieces = clauses(response.text) if response else []
    if pieces:
        select(view, next_clauses(pieces, view.desk.here.selected, step, extend=extend))


def select(view: CodingView, words: Span | None) -> None:
    """Select words of the answer, or none."""
    view.desk.select(words)
    view.panes.draw_reasons()
    view.panes.reveal([words] if words else [])
