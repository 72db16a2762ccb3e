"""What the keys of the coding screen do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.domain.filters import Filter
from coder.store import codings, surveys
from coder.text.spans import clauses
from coder.tui.coding.exposing import seen
from coder.tui.coding.list import order
from coder.tui.coding.views import seen_ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.coding.screen import CodingScreen

EDITS_WAIT = "codebook.yaml has edits that concern codings. They wait: b, then p shows what they would do."


def choose(screen: CodingScreen, rank: int) -> None:
    """Toggle the suggestion on a number key, in the order that the coder had before the eyes."""
    suggestions = seen_ranking(screen).suggestions
    if screen.hiding():
        screen.app.notify("Suggestions are hidden until a first theme is chosen: / finds one.", timeout=3)
    elif rank <= len(suggestions):
        screen.toggle(suggestions[rank - 1].theme_id)


def toggle_at_cursor(screen: CodingScreen) -> None:
    """Toggle the theme at the cursor of the theme panel."""
    theme_id = screen.current_theme()
    if theme_id:
        screen.toggle(theme_id)


def greet(screen: CodingScreen) -> None:
    """Say so where others have worked on the study and this coder has not, or what waits."""
    from coder.tui.coding.recode.queue import tell_waiting

    people = codings.people(screen.study.database)
    if people and screen.session.coder_id not in people:
        others = ", ".join(people)
        text = f"{others} worked on this study; you are {screen.session.coder_id}, with codings of your own."
        hint = f"To go on with those of {people[0]}: coder code --coder {people[0]}"
        screen.notify(f"{text} {hint}", timeout=12, markup=False)
    elif not tell_waiting(screen) and screen.study.waiting:
        screen.notify(EDITS_WAIT, timeout=12)


def done_and_next(screen: CodingScreen) -> None:
    """Confirm the answer with the themes it has and go to the next open one."""
    from coder.tui.coding.second_look.look import keep_and_next

    if screen.response is None:
        return
    if screen.navigator.second_look:
        keep_and_next(screen)
        return
    if screen.navigator.filter.show == "recode":
        # What was asked of the answer is settled now, or is asked again.
        screen.app.clear_notifications()
    if screen.standing.spans:
        if screen.standing.recode or not screen.standing.done:
            confirm(screen, screen.response.number)
    elif not screen.standing.done:
        screen.app.notify("No theme chosen: left open. Press n where there is nothing to code.", timeout=3)
    go_to_next_open(screen)


def confirm(screen: CodingScreen, number: int) -> None:
    """Confirm an answer, which need not be the end of it on screen."""
    outcome = screen.session.confirm(number, exposure=seen(screen))
    screen.sitting.confirmed += not screen.standing.done
    screen.after_confirmed(outcome)
    order.confirmed(screen)


def nothing(screen: CodingScreen) -> None:
    """Say that no theme is in the answer and go to the next open one."""
    if screen.response is None:
        return
    before = screen.standing
    screen.after_confirmed(screen.session.nothing_here(screen.response.number, seen(screen)))
    screen.sitting.confirmed += not before.done
    order.confirmed(screen)
    if before.spans:
        screen.app.notify(f"Themes taken away: {len(before.spans)}. u brings them back.", timeout=4)
    go_to_next_open(screen)


def reopen(screen: CodingScreen) -> None:
    """Open a confirmed answer again."""
    if screen.response is not None:
        screen.after(screen.session.confirm(screen.response.number, done=False))


def go_to_next_open(screen: CodingScreen) -> None:
    """Go to the next answer that is not confirmed, from the top again after the last."""
    from coder.tui.coding.recode.queue import queue_done
    from coder.tui.coding.second_look.look import go_on

    if screen.navigator.second_look:
        go_on(screen)
        return
    number = screen.response.number if screen.response else 0
    found = screen.navigator.next_open(number) or screen.navigator.next_open(0)
    if found is not None and found != number:
        screen.show(found)
        return
    if screen.navigator.filter.show == "recode":
        queue_done(screen)
        return
    screen.refresh_answer()
    question = screen.navigator.question().id
    if found is None and screen.navigator.filter == Filter(question):
        text = f"Every answer to {question} is done. ] goes to the next question, t shows the tables."
    else:
        text = "No other open answer in this list. v changes the list."
    screen.app.notify(text, timeout=6)


def undo(screen: CodingScreen) -> None:
    """Take back the last step, and show where it was."""
    outcome = screen.session.undo()
    if outcome is None:
        screen.app.notify("Nothing to undo.", timeout=3)
    else:
        screen.reversed(outcome, "undone")


def redo(screen: CodingScreen) -> None:
    """Do again what was undone."""
    outcome = screen.session.redo()
    if outcome is None:
        screen.app.notify("Nothing to redo.", timeout=3)
    else:
        screen.reversed(outcome, "done again")


def memo(screen: CodingScreen) -> None:
    """Write a memo on the answer."""
    if screen.response is not None:
        _ask_memo(screen, f"Memo on {screen.response.id}", screen.standing.memo, "")


def theme_memo(screen: CodingScreen) -> None:
    """Write a memo on the coding of the theme at the cursor, or of the latest chosen."""
    chosen = screen.standing.theme_ids
    wanted = (screen.current_theme(), screen.last_theme, *chosen)
    theme_id = next((theme_id for theme_id in wanted if theme_id in chosen), None)
    if theme_id is None:
        screen.app.notify("Choose a theme first: this memo is for why it stands here.", timeout=3)
        return
    label = screen.study.codebook.label(theme_id)
    _ask_memo(screen, f"Memo on: {label}", screen.standing.theme_memos.get(theme_id, ""), theme_id)


def _ask_memo(screen: CodingScreen, title: str, text: str, theme_id: str) -> None:
    from coder.tui.kit.ask import Ask

    number = screen.standing.response

    def save(answer: str | None) -> None:
        if answer is not None:
            screen.guard(lambda: screen.after(screen.session.write_memo(number, answer, theme_id)))

    screen.app.push_screen(Ask(title, text, select=False), save)


def flag(screen: CodingScreen) -> None:
    """Flag the answer, or take the flag away."""
    if screen.response is not None:
        screen.after(screen.session.toggle_flag(screen.response.number))


def move(screen: CodingScreen, step: int) -> None:
    """Go up or down the list."""
    if screen.list.numbers:
        place = max(0, min(screen.list.cursor + step, len(screen.list.numbers) - 1))
        screen.show(screen.list.numbers[place])


def scroll(screen: CodingScreen, direction: int) -> None:
    """Scroll an answer that is longer than its pane, by half of that."""
    screen.answer.scroll_relative(y=direction * max(1, screen.answer.size.height // 2), animate=False)


def to_end(screen: CodingScreen, place: int) -> None:
    """Go to the first or the last of the list."""
    if screen.list.numbers:
        screen.navigator.leave(screen.response.number if screen.response else None)
        screen.show(screen.list.numbers[place])


def change_question(screen: CodingScreen, step: int) -> None:
    """Go to the question before or after this one, where its first open answer is."""
    screen.navigator.leave(screen.response.number if screen.response else None)
    apply_filter(screen, Filter(screen.navigator.neighbour(step).id))


def apply_filter(screen: CodingScreen, chosen: Filter, number: int | None = None) -> None:
    """List what a filter lets through; stay, or go to a response or else the first open one."""
    here = screen.response.number if screen.response else None
    screen.navigator.narrow(chosen, here)
    if not screen.navigator.arranged:
        order.take_up(screen)
    numbers, places = screen.navigator.listed()
    screen.list.forget_all()
    start = screen.navigator.next_open(0) or (numbers[0] if numbers else None)
    if (wanted := number or here) is not None and wanted in numbers:
        start = wanted
    screen.list.set_numbers(numbers, places, start)
    screen.show(start)
    screen.load_list()


def choose_filter(screen: CodingScreen) -> None:
    """Choose what the list shows."""
    from coder.tui.coding.pickers import pick_filter

    def applied(chosen: Filter | None) -> None:
        if chosen is not None:
            apply_filter(screen, chosen)

    screen.app.push_screen(pick_filter(screen), applied)


def escape(screen: CodingScreen) -> None:
    """Drop selected words; else leave the second look or the queue to be recoded, or clear the filter."""
    from coder.tui.coding.recode.queue import leave_queue
    from coder.tui.coding.second_look import look

    if screen.answer.selection is not None:
        screen.select(None)
    elif screen.navigator.second_look:
        look.leave(screen)
    elif screen.navigator.filter.show == "recode":
        leave_queue(screen)
    elif screen.navigator.filter.narrowed():
        apply_filter(screen, screen.navigator.filter.cleared())


def go_to(screen: CodingScreen) -> None:
    """Go to a respondent or a response by typing part of its id."""
    from coder.tui.coding.pickers import pick_response

    screen.app.push_screen(pick_response(screen), partial(jump, screen))


def jump(screen: CodingScreen, number: int | None) -> None:
    """Go to a response, wherever it is, remembering the way back."""
    response = None if number is None else surveys.response(screen.study.database, number)
    if response is None:
        return
    if screen.response is not None:
        screen.navigator.leave(screen.response.number)
    reveal(screen, response.number, response.question_id)


def reveal(screen: CodingScreen, number: int, question_id: str) -> None:
    """Show a response, widening the list to its question where the list lacks it."""
    screen.jumped_to = number
    if screen.list.index_of(number) is None:
        screen.navigator.narrow(Filter(question_id), None)
        if not screen.navigator.arranged:
            order.take_up(screen)
        screen.list.forget_all()
        screen.list.set_numbers(*screen.navigator.listed(), number)
    screen.show(number)
    screen.load_list()


def back(screen: CodingScreen) -> None:
    """Go back to where one jumped from."""
    number = screen.navigator.back()
    response = None if number is None else surveys.response(screen.study.database, number)
    if response is None:
        screen.app.notify("Nowhere to go back to.", timeout=3)
    else:
        reveal(screen, response.number, response.question_id)


def respondent(screen: CodingScreen) -> None:
    """Show everything this respondent answered."""
    from coder.tui.coding.pickers import pick_of_respondent

    if screen.response is not None:
        screen.app.push_screen(pick_of_respondent(screen, screen.response), partial(jump, screen))


def move_cursor(screen: CodingScreen, step: int) -> None:
    """Move the cursor of the theme panel: the why-panel follows."""
    place = screen.themes.cursor + step
    if 0 <= place < len(screen.themes.rows) and screen.themes.rows[place] is None:
        place += step
    put_cursor(screen, place)
    if screen.current_theme() in screen.standing.spans:
        screen.words.moving = screen.current_theme()


def put_cursor(screen: CodingScreen, place: int) -> None:
    """Put the cursor of the theme panel on a row and ask why its theme is suggested."""
    from coder.tui.coding.views import ask_why

    screen.themes.move_cursor(place)
    screen.reasons = None
    screen.refresh_reasons()
    ask_why(screen)


def select_words(screen: CodingScreen, step: int, *, extend: bool = False) -> None:
    """Select the next or previous clause, or one clause more."""
    if screen.response is None:
        return
    pieces = clauses(screen.response.text)
    if pieces:
        screen.select(_next_words(pieces, screen.answer.selection, step, extend=extend))


def _next_words(pieces: Sequence[Span], selection: Span | None, step: int, *, extend: bool) -> Span:
    if selection is None:
        return pieces[0] if step > 0 else pieces[-1]
    first = max((i for i, piece in enumerate(pieces) if piece.start <= selection.start), default=0)
    last = max((i for i, piece in enumerate(pieces) if piece.start < selection.end), default=first)
    if extend and step > 0:
        return Span(selection.start, pieces[min(last + 1, len(pieces) - 1)].end)
    if extend:
        return Span(pieces[first].start, pieces[max(last - 1, first)].end)
    return pieces[max(0, min((last if step > 0 else first) + step, len(pieces) - 1))]


def tables(screen: CodingScreen) -> None:
    """Show the tables; picking a number lists the answers behind it, from which one goes back to it."""
    from coder.tui.tables.screen import TablesScreen

    left = screen.table_left
    if left is not None and left.listed != screen.navigator.filter:
        left = None
    shown = TablesScreen(screen.study, screen.navigator.question().id, left)

    def list_answers(chosen: Filter | None) -> None:
        if chosen is not None:
            screen.table_left = shown.left
            screen.navigator.leave(screen.response.number if screen.response else None)
            apply_filter(screen, chosen)

    screen.app.push_screen(shown, list_answers)


def palette(screen: CodingScreen) -> None:
    """Find a command by typing."""
    screen.app.action_command_palette()


def leave(screen: CodingScreen) -> None:
    """Quit; everything is saved already."""
    screen.app.exit()
