"""The keys of the coding screen: one table, from which bindings, key bar, help and palette are drawn."""

from __future__ import annotations

from functools import partial
from operator import methodcaller

from coder.domain.ranking import NUMBER_KEYS
from coder.tui.coding import (
    choosing,
    leaving,
    looking,
    moving,
    recode_queue,
    second_look,
    themes,
    words,
)
from coder.tui.coding.codebook_steps.pressing import press
from coder.tui.coding.comparing import visiting
from coder.tui.coding.many_answers import for_all_alike
from coder.tui.coding.ordering import choose_order
from coder.tui.coding.several import one_by_one, similar, ticking
from coder.tui.coding.study_wide.pressing import press_for_study
from coder.tui.kit.actions import Action

THEMES, MOVING, LOOKING, PROGRAM = "Choosing themes", "Moving about", "Looking closer", "The program"
PAGE = 10


def _number_keys() -> tuple[Action, ...]:
    return tuple(
        Action(
            f"choose-{key}", (str(key),), "choose", "Choose the suggestion on that key, or take it away; it stays there while the answer is on screen.",
            partial(for_all_alike(choosing.choose), key=key), THEMES, "1-9" if key == 1 else str(key), in_bar=key == 1,
            changes=True,
        )
        for key in range(1, NUMBER_KEYS + 1)
    )  # fmt: skip


def _action(  # noqa: PLR0913 - the columns of the table below
    name: str,
    keys: str,
    title: str,
    run: object,
    group: str,
    text: str,
    *,
    bar: bool = False,
    changes: bool = False,
) -> Action:
    return Action(name, tuple(keys.split()), title, text, run, group, in_bar=bar, changes=changes)  # type: ignore[arg-type]


ACTIONS: tuple[Action, ...] = (
    *_number_keys(),
    _action("take-first", "space", "take first", for_all_alike(choosing.take_first_and_go), THEMES, "Take the first suggestion too (key 1), done, on to the next: one step, u takes it back. It tempts to agree unread: read first; S tells your seconds with it and without. Where there is none to take, or it has not been on screen for 0.3 s, it is ⏎.", bar=True, changes=True),
    _action("find", "slash", "find", partial(press, step="find"), THEMES, "Find any theme by a part of its label, a keyword or its definition, also one of another question; or make a new one. Typing errors are forgiven.", bar=True, changes=True),
    _action("done", "enter", "done", for_all_alike(choosing.done_and_next), THEMES, "Done with this answer: on to the next open one. Without a theme it stays open.", bar=True, changes=True),
    _action("nothing", "n", "nothing", for_all_alike(choosing.nothing), THEMES, "No theme is in this answer: done, and on to the next.", bar=True, changes=True),
    _action("nothing-everywhere", "N", "says nothing", partial(press_for_study, action="nothing everywhere"), THEMES, "This text says nothing, wherever it stands: says first how many answers say just this and how many leave each base, then adds it to the study's list; u takes it back. On one that is listed: it is an answer again.", changes=True),
    _action("undo", "u", "undo", partial(press, step="undo"), THEMES, "Take back the last step; again for the one before, without limit, also from earlier sittings. A theme that the step made goes with it, unless it was used or edited since.", bar=True, changes=True),
    _action("redo", "ctrl+r U", "redo", partial(press, step="redo"), THEMES, "Do again what was undone.", changes=True),
    _action("next-nine", "full_stop", "next nine", partial(moving.turn, step=1), THEMES, "Put the next nine places, 10 to 18, on 1-9: the list says which places they are now. After a choice the first nine are back.", bar=True),
    _action("previous-nine", "comma", "nine before", partial(moving.turn, step=-1), THEMES, "Put the nine places before on 1-9 again."),
    _action("cursor-down", "tab", "next theme", partial(moving.move_cursor, step=1), THEMES, "Move down the themes; the why-panel and the marked words follow."),
    _action("cursor-up", "shift+tab", "previous theme", partial(moving.move_cursor, step=-1), THEMES, "Move up the themes."),
    _action("toggle", "0", "choose at cursor", for_all_alike(choosing.toggle_at_cursor), THEMES, "Choose the theme at the cursor, or take it away.", changes=True),
    _action("words-right", "right", "select words", partial(moving.select_words, step=1), THEMES, "Select the next clause; then 1-9 or / says which theme it carries. The mouse selects words too."),
    _action("words-left", "left", "select words", partial(moving.select_words, step=-1), THEMES, "Select the clause before."),
    _action("words-more", "shift+right", "more words", partial(moving.select_words, step=1, extend=True), THEMES, "Select one clause more."),
    _action("words-less", "shift+left", "fewer words", partial(moving.select_words, step=-1, extend=True), THEMES, "Select one clause less."),
    _action("name-from-words", "W", "theme of words", partial(press, step="name from words"), THEMES, "Make a theme whose working name are the selected words, and which they carry: one step.", changes=True),
    _action("define", "D", "define theme", partial(press, step="define"), THEMES, "Say what belongs to the theme chosen last, or at the cursor, where nobody has said it yet.", changes=True),
    _action("move-words", "e", "move words", partial(words.move_words, step=1), THEMES, "Move the words kept with the theme chosen last, or at the cursor, to the next likely place; after the last to the whole answer, then round again.", changes=True),
    _action("move-words-back", "E", "move words back", partial(words.move_words, step=-1), THEMES, "Move them to the place before.", changes=True),
    _action("reopen", "o", "open again", for_all_alike(choosing.reopen), THEMES, "Open an answer again that was done.", changes=True),
    _action("tick", "x", "tick", ticking.tick, THEMES, "Tick this answer, or take its tick away, and go to the next. While any is ticked, 1-9, / and n speak of the ticked: one step, which asks whether they are done then; Space ticks, ⏎ does nothing, Esc drops the ticks. v makes a list to tick in.", bar=True),
    _action("tick-all", "X", "tick all", ticking.tick_all, THEMES, "Tick all answers of the list; where all are ticked, none."),
    _action("tick-to-here", "Y", "tick down to here", ticking.tick_to_here, THEMES, "Tick all answers from the top of the list down to this one."),
    _action("similar", "s", "similar", similar.list_or_leave, LOOKING, "List this answer, ticked, and those most like it: x ticks more of them, 1-9 codes the ticked; again s goes back.", bar=True),
    _action("compare", "l", "look at one like it", visiting.look, LOOKING, "Go to the earlier answer that is most like this one of those with the theme at the cursor; again l, Esc or ⏎ comes back. They stand below the answer where there is room, with those where the theme was among the first three suggestions and was passed over."),
    _action("compare-next", "L", "the next of these", visiting.look_on, LOOKING, "Go to the next of these answers."),
    _action("same-words", "equals_sign", "one by one", one_by_one.open_or_close, LOOKING, "List the answers that say the same as this one in the same words, with whose they are, to code one apart; again = goes back. Otherwise they are one row (×7), and what is decided goes to all of it that are coded alike, in one step."),
    _action("tables", "t", "tables", looking.tables, LOOKING, "The tables as they stand now.", bar=True),
    _action("filter", "v", "view", moving.choose_filter, LOOKING, "Choose what is listed: not done, flagged, a theme, an attribute, words in the answer.", bar=True),
    _action("order", "a", "order", choose_order, LOOKING, "Arrange the list: as they came, at random, unseen kinds first, one theme's likely answers in a row ...; says what each does to counts.", bar=True),
    _action("second-look", "c", "second look", second_look.open_or_leave, LOOKING, "Check the codings that the engine doubts, likely wrong or missing: ⏎ keeps them as they are, the usual keys change them; again c goes back.", bar=True),
    _action("team", "T", "team", partial(press_for_study, action="team"), LOOKING, "The team: rounds with how far each has come, ⏎ codes your answers in one, f finishes it; and how far coders agree, theme by theme."),
    _action("report", "S", "suggestions so far", looking.report, LOOKING, "What became of the suggestions, by place and by theme; how good they have been lately; what is left to do."),
    _action("recode", "w", "to be recoded", recode_queue.open_or_leave, LOOKING, "Codings that wait for a fresh look since the codebook was revised: a number chooses, ⏎ goes on; again w goes back."),
    _action("codebook", "b", "codebook", themes.codebook, LOOKING, "All themes with counts and definitions; ⏎ lists a theme's answers.", bar=True),
    _action("drafts", "p", "draft themes", partial(press, step="drafts"), LOOKING, "Draft themes: groups of alike answers that no theme covers, each with quotes and its own words as a name; ⏎ takes, renames, merges or refuses one. Its answers can be listed, ticked, to be coded together; p goes on with the next. They come once 30 answers were read at random, and count nothing.", changes=True),
    _action("memo", "m", "memo", choosing.memo, LOOKING, "Write a memo on this answer.", bar=True, changes=True),
    _action("theme-memo", "M", "theme memo", choosing.theme_memo, LOOKING, "Write a memo on why the theme at the cursor stands on this answer.", changes=True),
    _action("journal", "J", "journal", partial(press_for_study, action="journal"), LOOKING, "Dated notes on the theme at the cursor, the question, the study, and what was decided: search them, write one, reword your own."),
    _action("ask-team", "A", "ask the team", partial(press_for_study, action="ask the team"), LOOKING, "Questions to the team: ask one about this answer or the theme at the cursor; read, answer and close those of others. The top line says how many wait for you."),
    _action("history", "h", "history", partial(press_for_study, action="history"), LOOKING, "What you did, the latest first, found by typing; ⏎ goes to the answer."),
    _action("flag", "f", "flag", choosing.flag, LOOKING, "Flag this answer to come back to.", bar=True, changes=True),
    _action("respondent", "r", "respondent", moving.respondent, LOOKING, "Everything this respondent answered, and what is known of them.", bar=True),
    _action("details", "d", "theme details", themes.details, LOOKING, "Definition, notes and examples of the theme at the cursor."),
    _action("down", "down j", "next", partial(moving.move, step=1), MOVING, "The next answer of the list."),
    _action("up", "up k", "previous", partial(moving.move, step=-1), MOVING, "The previous answer."),
    _action("page-down", "pagedown", "ten on", partial(moving.move, step=PAGE), MOVING, "Ten answers on."),
    _action("page-up", "pageup", "ten back", partial(moving.move, step=-PAGE), MOVING, "Ten answers back."),
    _action("scroll-down", "shift+down z", "scroll down", partial(moving.scroll, direction=1), MOVING, "Scroll down a long answer; the mouse wheel does too."),
    _action("scroll-up", "shift+up Z", "scroll up", partial(moving.scroll, direction=-1), MOVING, "Scroll up again."),
    _action("first", "home", "first", partial(moving.to_end, row=0), MOVING, "The first answer of the list."),
    _action("last", "end", "last", partial(moving.to_end, row=-1), MOVING, "The last answer of the list."),
    _action("next-question", "right_square_bracket", "next question", partial(moving.change_question, step=1), MOVING, "The next question.", bar=True),
    _action("previous-question", "left_square_bracket", "previous question", partial(moving.change_question, step=-1), MOVING, "The question before."),
    _action("go-to", "g", "go to", moving.go_to, MOVING, "Go to a respondent or response by a part of its id, or as the list calls it: C009.1, #17.1.", bar=True),
    _action("back", "apostrophe backspace", "back", moving.back, MOVING, "Back to where you jumped from."),
    _action("escape", "escape", "clear", moving.escape, MOVING, "Give up a change that waits to be saved; else drop selected words; else drop the ticks; else list all answers again."),
    _action("palette", "ctrl+p", "commands", methodcaller("show_palette"), PROGRAM, "Find any command by typing."),
    _action("light-dark", "ctrl+t", "light or dark", methodcaller("switch_theme"), PROGRAM, "Change between light and dark."),
    _action("settings", "O", "settings", partial(press_for_study, action="settings"), PROGRAM, "The settings of the study, each with what it does: suggestions hidden at first, words kept, same words, texts that say nothing, colours; ⏎ changes one, in study.toml too."),
    _action("redact", "P", "names in answers", partial(press_for_study, action="redact"), PROGRAM, "What gives people away in the answers: names, telephone numbers, addresses; y takes one out, n keeps it. Taking out is asked once more, and cannot be undone.", changes=True),
    _action("quit", "q ctrl+q", "quit", leaving.leave, PROGRAM, "Quit. Everything is saved already; a change that still waits is asked about.", bar=True),
    _action("help", "question_mark", "help", methodcaller("show_help"), PROGRAM, "This help.", bar=True),
)  # fmt: skip
"""Every key of the coding screen, in the order of the key bar and of help."""

FOR_TICKED = (
    "choose-1",
    "tick",
    "find",
    "nothing",
    "escape",
    "undo",
    "tick-all",
    "tick-to-here",
    "next-nine",
    "help",
)
"""The names of the keys that speak of the ticked, or change what is ticked: the bar shows them meanwhile."""
