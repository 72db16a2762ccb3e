"""What the keys of the coding screen do."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.domain.filters import Filter
from coder.store import codings, counts, surveys
from coder.text.spans import clauses
from coder.tui.actions import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.dialogs.pick import Option
    from coder.tui.screens.coding import CodingScreen

THEMES, MOVING, LOOKING, PROGRAM = "Choosing themes", "Moving about", "Looking closer", "The program"
PAGE = 10


def choose(screen: CodingScreen, rank: int) -> None:
    """Toggle the suggestion on a number key."""
    if not screen.hiding() and rank <= len(screen.ranking.suggestions):
        screen.toggle(screen.ranking.suggestions[rank - 1].theme_id)


def toggle_at_cursor(screen: CodingScreen) -> None:
    """Toggle the theme at the cursor of the theme panel."""
    theme_id = screen.current_theme()
    if theme_id:
        screen.toggle(theme_id)


def find_theme(screen: CodingScreen) -> None:
    """Find any theme by typing; or make a new one of what was typed."""
    from coder.tui.screens.coding_dialogs import pick_theme

    if screen.response is not None:
        screen.app.push_screen(pick_theme(screen), partial(_found, screen))


def _found(screen: CodingScreen, theme_id: str | None) -> None:
    if theme_id is None:
        return
    if theme_id.startswith("+"):
        screen.app.guard(_add_theme, screen, theme_id[1:])  # type: ignore[attr-defined]
    else:
        screen.app.guard(screen.toggle, theme_id)  # type: ignore[attr-defined]


def _add_theme(screen: CodingScreen, label: str) -> None:
    from coder.workflows.codebooks import add_theme

    if screen.response is None:
        return
    theme = add_theme(screen.study, label, screen.response.question_id, screen.session.coder_id)
    screen.app.restart_engine()  # type: ignore[attr-defined]
    screen.advice.revise(screen.study.codebook)
    screen.ranking = screen.advice.ranking(screen.response)
    screen.toggle(theme.id)
    screen.app.notify(
        f"'{label}' is in the codebook now. Give it a definition in codebook.yaml.", markup=False
    )


def done_and_next(screen: CodingScreen) -> None:
    """Confirm the answer with the themes it has and go to the next open one."""
    if screen.response is None:
        return
    if screen.standing.spans:
        if not screen.standing.done:
            _confirm(screen, screen.response.number)
    elif not screen.standing.done:
        screen.app.notify("No theme chosen: left open. Press n where there is nothing to code.", timeout=3)
    go_to_next_open(screen)


def _confirm(screen: CodingScreen, number: int) -> None:
    outcome = screen.session.confirm(number)
    screen.sitting.confirmed += 1
    screen.after_confirmed(outcome)


def nothing(screen: CodingScreen) -> None:
    """Say that no theme is in the answer and go to the next open one."""
    if screen.response is None:
        return
    screen.sitting.confirmed += not screen.standing.done
    screen.after_confirmed(screen.session.nothing_here(screen.response.number))
    go_to_next_open(screen)


def reopen(screen: CodingScreen) -> None:
    """Open a confirmed answer again."""
    if screen.response is not None:
        screen.after(screen.session.confirm(screen.response.number, done=False))


def go_to_next_open(screen: CodingScreen) -> None:
    """Go to the next answer that is not confirmed, from the top again after the last."""
    number = screen.response.number if screen.response else 0
    found = screen.navigator.next_open(number) or screen.navigator.next_open(0)
    if found is not None and found != number:
        screen.show(found)
        return
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
    from coder.tui.dialogs.ask import Ask

    if screen.response is None:
        return
    number = screen.response.number

    def save(text: str | None) -> None:
        if text is not None:
            screen.app.guard(lambda: screen.after(screen.session.write_memo(number, text)))  # type: ignore[attr-defined]

    screen.app.push_screen(Ask(f"Memo on {screen.response.id}", screen.standing.memo), save)


def flag(screen: CodingScreen) -> None:
    """Flag the answer, or take the flag away."""
    if screen.response is not None:
        screen.after(screen.session.toggle_flag(screen.response.number))


def move(screen: CodingScreen, step: int) -> None:
    """Go up or down the list."""
    if screen.list.numbers:
        place = max(0, min(screen.list.cursor + step, len(screen.list.numbers) - 1))
        screen.show(screen.list.numbers[place])


def to_end(screen: CodingScreen, place: int) -> None:
    """Go to the first or the last of the list."""
    if screen.list.numbers:
        screen.navigator.leave(screen.response.number if screen.response else None)
        screen.show(screen.list.numbers[place])


def change_question(screen: CodingScreen, step: int) -> None:
    """Go to the question before or after this one, where its first open answer is."""
    screen.navigator.leave(screen.response.number if screen.response else None)
    apply_filter(screen, Filter(screen.navigator.neighbour(step).id))


def apply_filter(screen: CodingScreen, chosen: Filter) -> None:
    """List what a filter lets through, and go to its first open answer."""
    screen.navigator.filter = chosen
    numbers = screen.navigator.numbers()
    screen.list.forget_all()
    start = screen.navigator.next_open(0) or (numbers[0] if numbers else None)
    if screen.response is not None and screen.response.number in numbers:
        start = screen.response.number
    screen.list.set_numbers(numbers, start)
    screen.show(start)
    screen.load_list()


def choose_filter(screen: CodingScreen) -> None:
    """Choose what the list shows."""
    from coder.tui.screens.coding_dialogs import pick_filter

    def applied(chosen: Filter | None) -> None:
        if chosen is not None:
            apply_filter(screen, chosen)

    screen.app.push_screen(pick_filter(screen), applied)


def escape(screen: CodingScreen) -> None:
    """Drop selected words; else clear the filter."""
    if screen.answer.selection is not None:
        screen.select(None)
    elif screen.navigator.filter.narrowed():
        apply_filter(screen, screen.navigator.filter.cleared())


def go_to(screen: CodingScreen) -> None:
    """Go to a respondent or a response by typing part of its id."""
    from coder.tui.screens.coding_dialogs import pick_response

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
    if screen.list.index_of(number) is None:
        screen.navigator.filter = Filter(question_id)
        screen.list.forget_all()
        screen.list.set_numbers(screen.navigator.numbers(), number)
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
    from coder.tui.screens.coding_dialogs import pick_of_respondent

    if screen.response is not None:
        screen.app.push_screen(pick_of_respondent(screen, screen.response), partial(jump, screen))


def similar(screen: CodingScreen) -> None:
    """Ask for the answers most like this one."""
    if screen.response is None:
        return
    if screen.advice.engine is None:
        screen.app.notify(
            "Similar answers need the suggestion engine, which is not running.", severity="warning"
        )
        return
    screen.advice.engine.similar(screen.response.number, 40)


def choose_similar(screen: CodingScreen, number: int, found: Sequence[tuple[int, float]]) -> None:
    """Offer similar answers to be coded together."""
    from coder.tui.dialogs.similar import Similar
    from coder.tui.screens.coding_dialogs import similar_rows

    if screen.response is None or screen.response.number != number or not screen.is_current:
        return
    theme_id = (
        next(iter(screen.standing.spans), None)
        if screen.last_theme not in screen.standing.spans
        else screen.last_theme
    )
    theme_id = theme_id or screen.current_theme()
    if theme_id is None:
        return
    label = screen.study.codebook.label(theme_id)

    def coded(numbers: Sequence[int] | None) -> None:
        if numbers:
            screen.app.guard(lambda: _code_many(screen, numbers, theme_id))  # type: ignore[attr-defined]

    screen.app.push_screen(Similar(label, similar_rows(screen, found, theme_id)), coded)


def _code_many(screen: CodingScreen, numbers: Sequence[int], theme_id: str) -> None:
    outcome = screen.session.code_many(numbers, theme_id, screen.shown(theme_id))
    screen.after(outcome)
    screen.app.notify(f"{outcome.label}. u undoes them all at once.", markup=False)


def move_cursor(screen: CodingScreen, step: int) -> None:
    """Move the cursor of the theme panel: the why-panel follows."""
    from coder.tui.screens.coding_views import ask_why

    place = screen.themes.cursor + step
    if 0 <= place < len(screen.themes.rows) and screen.themes.rows[place] is None:
        place += step
    screen.themes.move_cursor(place)
    screen.reasons = {}
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


def details(screen: CodingScreen) -> None:
    """Show all that the codebook says of the theme at the cursor."""
    from coder.tui.dialogs.show import Show
    from coder.tui.screens.coding_views import theme_details

    theme = screen.study.codebook.by_id.get(screen.current_theme() or "")
    if theme is None or screen.response is None:
        return
    found = counts.theme_counts(screen.study.database, screen.response.question_id).get(theme.id)
    said = (
        f"{found.respondents} {screen.study.settings.respondents}, {found.mentions} mentions"
        if found
        else "not used yet"
    )
    screen.app.push_screen(Show("Theme", theme_details(theme, screen.study.codebook, said)))


def codebook(screen: CodingScreen) -> None:
    """Show the codebook with counts; picking a theme lists its answers."""
    from coder.tui.screens.coding_dialogs import pick_from_codebook

    def list_answers(theme_ids: tuple[str, ...] | None) -> None:
        if theme_ids:
            screen.navigator.leave(screen.response.number if screen.response else None)
            apply_filter(screen, replace(screen.navigator.filter.cleared(), theme_ids=theme_ids))

    screen.app.push_screen(pick_from_codebook(screen), list_answers)


def tables(screen: CodingScreen) -> None:
    """Show the tables; picking a row lists the answers behind it."""
    from coder.tui.screens.tables import TablesScreen

    def list_answers(chosen: Filter | None) -> None:
        if chosen is not None:
            screen.navigator.leave(screen.response.number if screen.response else None)
            apply_filter(screen, chosen)

    screen.app.push_screen(TablesScreen(screen.study, screen.navigator.question().id), list_answers)


def show_help(screen: CodingScreen) -> None:
    """Show what every key does."""
    from coder.tui.dialogs.show import Show
    from coder.tui.help import help_content

    screen.app.push_screen(Show("Help: coding", help_content(screen.ACTIONS)))


def palette(screen: CodingScreen) -> None:
    """Find a command by typing."""
    screen.app.action_command_palette()


def light_or_dark(screen: CodingScreen) -> None:
    """Change between light and dark."""
    screen.app.switch_theme()  # type: ignore[attr-defined]


def leave(screen: CodingScreen) -> None:
    """Quit; everything is saved already."""
    screen.app.exit()


def _number_keys() -> tuple[Action, ...]:
    return tuple(
        Action(
            f"choose-{rank}", (str(rank),), "choose", "Choose the suggestion on that key, or take it away.",
            partial(choose, rank=rank), THEMES, "1-9" if rank == 1 else str(rank), in_bar=rank == 1,
        )
        for rank in range(1, 10)
    )  # fmt: skip


def _action(  # noqa: PLR0913, PLR0917 - the columns of the table below
    name: str,
    keys: str,
    title: str,
    run: object,
    group: str,
    text: str,
    *,
    bar: bool = False,
    shown: str = "",
) -> Action:
    return Action(name, tuple(keys.split()), title, text, run, group, shown, in_bar=bar)  # type: ignore[arg-type]


ACTIONS: tuple[Action, ...] = (
    *_number_keys(),
    _action("find", "slash", "find", find_theme, THEMES, "Find any theme by a part of its label, a keyword or its definition; or make a new one.", bar=True),
    _action("done", "enter", "done", done_and_next, THEMES, "Done with this answer: on to the next open one. Without a theme it stays open.", bar=True),
    _action("nothing", "n", "nothing", nothing, THEMES, "No theme is in this answer: done, and on to the next.", bar=True),
    _action("undo", "u", "undo", undo, THEMES, "Take back the last step; again for the one before, without limit, also from earlier sittings.", bar=True),
    _action("redo", "ctrl+r U", "redo", redo, THEMES, "Do again what was undone."),
    _action("cursor-down", "full_stop", "next theme", partial(move_cursor, step=1), THEMES, "Move down the themes; the why-panel and the marked words follow."),
    _action("cursor-up", "comma", "previous theme", partial(move_cursor, step=-1), THEMES, "Move up the themes."),
    _action("toggle", "space", "choose at cursor", toggle_at_cursor, THEMES, "Choose the theme at the cursor, or take it away."),
    _action("words-right", "right", "select words", partial(select_words, step=1), THEMES, "Select the next clause; then 1-9 or / says which theme it carries. The mouse selects words too."),
    _action("words-left", "left", "select words", partial(select_words, step=-1), THEMES, "Select the clause before."),
    _action("words-more", "shift+right", "more words", partial(select_words, step=1, extend=True), THEMES, "Select one clause more."),
    _action("words-less", "shift+left", "fewer words", partial(select_words, step=-1, extend=True), THEMES, "Select one clause less."),
    _action("reopen", "o", "open again", reopen, THEMES, "Open an answer again that was done."),
    _action("similar", "s", "similar", similar, LOOKING, "Answers most like this one; choose some and code them all at once.", bar=True),
    _action("tables", "t", "tables", tables, LOOKING, "The tables as they stand now.", bar=True),
    _action("filter", "v", "view", choose_filter, LOOKING, "Choose what is listed: not done, flagged, a theme, an attribute, words in the answer.", bar=True),
    _action("codebook", "b", "codebook", codebook, LOOKING, "All themes with counts and definitions; ⏎ lists a theme's answers.", bar=True),
    _action("memo", "m", "memo", memo, LOOKING, "Write a memo on this answer.", bar=True),
    _action("flag", "f", "flag", flag, LOOKING, "Flag this answer to come back to.", bar=True),
    _action("respondent", "r", "respondent", respondent, LOOKING, "Everything this respondent answered, and what is known of them.", bar=True),
    _action("details", "d", "theme details", details, LOOKING, "Definition, notes and examples of the theme at the cursor."),
    _action("down", "down j", "next", partial(move, step=1), MOVING, "The next answer of the list."),
    _action("up", "up k", "previous", partial(move, step=-1), MOVING, "The previous answer."),
    _action("page-down", "pagedown", "ten on", partial(move, step=PAGE), MOVING, "Ten answers on."),
    _action("page-up", "pageup", "ten back", partial(move, step=-PAGE), MOVING, "Ten answers back."),
    _action("first", "home", "first", partial(to_end, place=0), MOVING, "The first answer of the list."),
    _action("last", "end", "last", partial(to_end, place=-1), MOVING, "The last answer of the list."),
    _action("next-question", "right_square_bracket", "next question", partial(change_question, step=1), MOVING, "The next question.", bar=True),
    _action("previous-question", "left_square_bracket", "previous question", partial(change_question, step=-1), MOVING, "The question before."),
    _action("go-to", "g", "go to", go_to, MOVING, "Go to a respondent or response by a part of its id.", bar=True),
    _action("back", "apostrophe backspace", "back", back, MOVING, "Back to where you jumped from."),
    _action("escape", "escape", "clear", escape, MOVING, "Drop selected words; else list all answers again."),
    _action("palette", "ctrl+p", "commands", palette, PROGRAM, "Find any command by typing."),
    _action("light-dark", "ctrl+t", "light or dark", light_or_dark, PROGRAM, "Change between light and dark."),
    _action("quit", "q ctrl+q", "quit", leave, PROGRAM, "Quit. Everything is saved already.", bar=True),
    _action("help", "question_mark", "help", show_help, PROGRAM, "This help.", bar=True),
)  # fmt: skip
"""Every key of the coding screen, in the order of the key bar and of help."""
