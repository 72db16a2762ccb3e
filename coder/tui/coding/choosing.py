"""The keys that decide about an answer: themes, done, nothing here, memos, flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store import codebook_versions
from coder.tui.coding import deciding, ordering
from coder.tui.coding.listed.listing import reach
from coder.tui.coding.moving import go_on
from coder.tui.coding.several import ticking
from coder.tui.kit.windows.window_values import Ask

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView
    from coder.workflows.coding.session import StepOutcome

MEMO_LINES = 6
"""Lines of a memo's window; there may be more."""
_LEFT_OPEN = "left open. Press n where there is nothing to code."


def choose(view: CodingView, key: int) -> None:
    """Choose the suggestion on a number key or take it off, in the order that the coder has seen."""
    theme_id = view.desk.here.theme_at(key)
    if view.desk.hides:
        view.tell("Suggestions are hidden until a first theme is chosen: / finds one.", 3)
    elif theme_id:
        toggle(view, theme_id)


def toggle_at_cursor(view: CodingView) -> None:
    """Choose the theme at the cursor, or take it off."""
    if view.desk.here.cursor_theme:
        toggle(view, view.desk.here.cursor_theme)


def toggle(view: CodingView, theme_id: str, *, by_name: bool = False) -> None:
    """Choose a theme or take it off; with words selected, say that they carry it.

    Args:
        view: The screen.
        theme_id: The theme.
        by_name: Whether it was picked by its name: then it keeps none of the words that the engine found.
    """
    number = view.desk.here.number
    if number is None:
        return
    if view.desk.listing.ticks:
        ticking.code(view, theme_id)
        return
    were_hidden = view.desk.hides
    outcome = deciding.toggle(view.desk, number, theme_id, by_name=by_name)
    view.stepped(outcome)
    if were_hidden:
        view.panes.point_at(theme_id)
    _greet_theme(view, theme_id, outcome)


def _greet_theme(view: CodingView, theme_id: str, outcome: StepOutcome) -> None:
    """Ask, at the first use of a theme of which nobody has said it, what belongs to it."""
    study, answers = view.desk.study, len(outcome.responses)
    theme = study.codebook.by_id.get(theme_id)
    if theme is None or theme.definition or theme_id not in view.desk.here.standing.spans:
        return
    if outcome.leaves_some:
        # What the step has left is said, and more matters.
        return
    if codebook_versions.times_used(study.database, theme_id, most=answers + 1) <= answers:
        view.tell(f"First use of '{theme.label}': D says what belongs to it, or go on.", 8)


def take_first_and_go(view: CodingView) -> None:
    """Take the first suggestion too, confirm and go on; where it cannot be taken, do as Enter does."""
    desk = view.desk
    if ticking.waits_for_ticks(desk):
        ticking.tick(view)
        return
    why_not = deciding.why_not_taken(desk)
    if desk.here.number is None or why_not:
        done_and_next(view, f"{why_not}, so nothing was taken")
        return
    _confirmed(view, deciding.take_first(desk, desk.here.number))
    go_on(view)


def done_and_next(view: CodingView, why_open: str = "No theme chosen") -> None:
    """Confirm the answer with the themes it has and go to the next open one.

    Args:
        view: The screen.
        why_open: What is said if it is left open.
    """
    desk = view.desk
    number = desk.here.number
    if number is None:
        return
    if ticking.waits_for_ticks(desk):
        ticking.remind(view)
        return
    if desk.mode.settles_notices:
        # What was asked of the answer is settled now, or is asked again.
        view.unsay()
    if desk.mode.confirms(desk.here.standing):
        _confirmed(view, deciding.confirm(desk, number))
    if outcome := deciding.keep_doubted(desk, number):
        view.stepped(outcome, leaving=True)
    elif not desk.here.standing.done:
        view.tell(ordering.note_passed(view) or f"{why_open}: {_LEFT_OPEN}", 3)
    go_on(view)


def nothing(view: CodingView) -> None:
    """Say that no theme is in the answer and go to the next open one."""
    number, chosen_themes = view.desk.here.number, len(view.desk.here.standing.spans)
    if number is None:
        return
    if view.desk.listing.ticks:
        ticking.nothing(view)
        return
    outcome = deciding.nothing_here(view.desk, number)
    _confirmed(view, outcome)
    if chosen_themes and not outcome.leaves_some:
        view.tell(f"Themes taken away: {chosen_themes}. u brings them back.", 4)
    go_on(view)


def _confirmed(view: CodingView, outcome: StepOutcome) -> None:
    view.stepped(outcome, leaving=True)
    ordering.count_confirmed(view)


def reopen(view: CodingView) -> None:
    """Open a confirmed answer again."""
    if view.desk.here.number is not None:
        listed = reach(view.desk.listing)
        view.stepped(view.desk.session.confirm(view.desk.here.number, done=False, listed=listed))


def memo(view: CodingView) -> None:
    """Write a memo on the answer."""
    if view.desk.here.response is not None:
        _ask_memo(view, f"Memo on {view.desk.here.response.id}", view.desk.here.standing.memo, "")


def theme_memo(view: CodingView) -> None:
    """Write a memo on the coding of the theme at the cursor, or of the latest chosen."""
    desk = view.desk
    chosen_ids = desk.here.standing.theme_ids
    candidates = (desk.here.cursor_theme, desk.last_theme, *chosen_ids)
    theme_id = next((theme_id for theme_id in candidates if theme_id in chosen_ids), None)
    if theme_id is None:
        view.tell("Choose a theme first: this memo is for why it stands here.", 3)
        return
    label = desk.study.codebook.label(theme_id)
    _ask_memo(view, f"Memo on: {label}", desk.here.standing.theme_memos.get(theme_id, ""), theme_id)


def _ask_memo(view: CodingView, title: str, text: str, theme_id: str) -> None:
    number = view.desk.here.standing.response

    def save(memo_text: str | None) -> None:
        if memo_text is not None:
            view.stepped(view.desk.session.write_memo(number, memo_text, theme_id))

    view.ask(Ask(title, text, lines=MEMO_LINES), save)


def flag(view: CodingView) -> None:
    """Flag the answer, or take the flag away."""
    if view.desk.here.number is not None:
        view.stepped(view.desk.session.toggle_flag(view.desk.here.number))
