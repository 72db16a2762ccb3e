"""Draft themes on screen: reading at random comes first; then each is taken, renamed, merged or refused."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from coder.domain.codebook import Theme
from coder.domain.drafting.theme_drafts import ThemeDraft
from coder.domain.grammar import counted
from coder.domain.near_names import fold_case
from coder.domain.reading_orders import READ_FIRST, Order
from coder.store import codings, log
from coder.store.drafts import kept_drafts, read_first
from coder.tui.codebook.linked_file import when_agreed
from coder.tui.coding.codebook_steps.draft_answers import tick_answers
from coder.tui.coding.codebook_steps.draft_options import (
    DraftChoice,
    named_verdicts,
    quotes_and_words,
    verdicts,
    verdicts_on_theme,
)
from coder.tui.coding.codebook_steps.undoing import undo
from coder.tui.coding.modes import Gathered
from coder.tui.coding.moving import go_back_to
from coder.tui.coding.ordering import set_order
from coder.tui.kit.study_held import when_free
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.theme_steps import drafting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.engine_messages import DraftsReady
    from coder.tui.coding.contract import CodingView
    from coder.tui.coding.desk import Desk
    from coder.workflows.coding.session import StepOutcome
    from coder.workflows.revising.adding_themes import Decided

_WHY_FIRST = (
    "So that they do not lead: what you have read yourself comes first.\n"
    "⏎ goes on to the next answer, and leaves it open; / makes a theme when one comes to mind."
)


_ListChoice = ThemeDraft | Literal["undo", "anew"]


def open_drafts(view: CodingView) -> None:
    """Show the drafts that are to be decided; or have some worked out, once enough was read at random."""
    desk, question_id = view.desk, view.desk.listing.question().id
    if desk.mode.way_out_by("p"):
        after = desk.mode.after if isinstance(desk.mode, Gathered) else None
        (after or _next_draft)(view)
        return
    if drafting.waiting_drafts(desk.session, question_id):
        _list(view)
        return
    read = read_first.read_at_random(desk.study.database, desk.session.coder_id, question_id)
    to_read = min(READ_FIRST, desk.progress.answers)
    if read < to_read:
        label = f"Read on at random: {read} of {to_read} read" if read else f"Read {to_read} at random first"
        option = Option(label, True, f"Draft themes come after that. {_WHY_FIRST}")
        window = Pick("Draft themes", lambda _: [option], placeholder="⏎ begins · Esc leaves it")
        view.ask(window, partial(_begin_reading, view))
    else:
        _work_out(view)


def _next_draft(view: CodingView, row: int = 0) -> None:
    """Go back from the answers of a draft to where one was, and to the drafts that are left."""
    desk = view.desk
    if stop := desk.mode.way_out_by("p"):
        go_back_to(view, stop)
    if drafting.waiting_drafts(desk.session, desk.listing.question().id):
        _list(view, row)
    else:
        view.tell("Every draft is decided.", 6)


def _begin_reading(view: CodingView, agreed: bool | None) -> None:
    if agreed:
        if view.desk.listing.arrangement.order.kind != "random":
            set_order(view, Order("random"))
        _show_unread(view)
        view.tell("At random now. ⏎ goes on and leaves an answer open; / makes a theme.", 6)


def _show_unread(view: CodingView) -> None:
    """Go to the first open answer that was not read before."""
    desk = view.desk
    passed_on = read_first.passed_on(desk.study.database, desk.session.coder_id, desk.listing.question().id)
    number = desk.listing.next_open(0)
    for _ in passed_on:
        if number in passed_on:
            number = desk.listing.next_open(number)
    if number is not None:
        view.show(number)


def _work_out(view: CodingView) -> None:
    advice = view.desk.advice
    if advice.engine is None:
        view.tell("Draft themes need the suggestion engine, which is not running.", 5, warning=True)
        return
    advice.await_drafts()
    advice.engine.draft_themes(view.desk.listing.question().id)
    view.tell("Looking for groups of alike answers ...", 20)


def receive_drafts(view: CodingView, event: DraftsReady) -> None:
    """Keep the drafts that the engine has worked out; show them, if their question is still on screen."""
    desk = view.desk
    kept_drafts.keep_drafts(desk.study.database, desk.session.coder_id, event.question_id, event.drafts)
    if not desk.advice.take_awaited() or event.question_id != desk.listing.question().id:
        return
    view.unsay()
    if drafting.waiting_drafts(desk.session, event.question_id):
        _list(view)
    else:
        view.tell("No group of alike answers stands out that no theme covers.", 6)


def _list(view: CodingView, cursor: int = 0, made: int = 0) -> None:
    """List the drafts.

    Args:
        view: The screen.
        cursor: The row at the cursor.
        made: How many themes were made since the list was opened.
    """
    desk = view.desk
    drafts = drafting.waiting_drafts(desk.session, desk.listing.question().id)
    if not drafts:
        _close(view, made, "Every draft is decided. ")
        return
    rows = [*(_row(desk, draft) for draft in drafts), *_further_rows(desk)]

    def fitting(typed: str) -> Sequence[Option[_ListChoice]]:
        return [row for row in rows if fold_case(typed) in fold_case(f"{row.label} {row.detail}")]

    def go_on(choice: _ListChoice | None) -> None:
        if isinstance(choice, ThemeDraft):
            _ask_verdict(view, choice, drafts, made)
        elif choice == "undo":
            undo(view)
            _list(view)
        else:
            _close(view, made)
            if choice == "anew":
                _work_out(view)

    title = f"Draft themes: {len(drafts)} · nothing is counted yet"
    window = Pick(title, fitting, placeholder="⏎ decides · words of a draft find it", cursor=cursor)
    view.ask(window, go_on)


def _close(view: CodingView, made: int, news: str = "") -> None:
    if made:
        view.use_codebook()
        news += f"Made: {counted(made, 'theme')}. They are suggested from now on; nothing is coded yet."
    if news:
        view.tell(news, 8)


def _row(desk: Desk, draft: ThemeDraft) -> Option[_ListChoice]:
    respondents = codings.respondents_of(desk.study.database, draft.responses)
    return Option(
        draft.name, draft, quotes_and_words(desk, draft), f"{respondents:,} {desk.study.settings.respondents}"
    )


def _further_rows(desk: Desk) -> Iterator[Option[_ListChoice]]:
    step = log.step_to_undo(desk.study.database, desk.session.coder_id)
    if step and kept_drafts.decision_of(desk.study.database, step.number):
        yield Option(f"↶ take back: {step.label}", "undo", "So does u on the coding screen.")
    yield Option(
        "↻ work out anew",
        "anew",
        "From the answers that no theme covers now. What was refused does not come again.",
    )


def _ask_verdict(view: CodingView, draft: ThemeDraft, drafts: Sequence[ThemeDraft], made: int) -> None:
    """Ask what is to become of a draft; what is typed is a name for it, or finds what to merge it with."""
    fixed = list(verdicts(view.desk, draft, drafts))

    def options(typed: str) -> Sequence[Option[DraftChoice]]:
        if not typed:
            return fixed
        named = named_verdicts(view.desk, draft, typed)
        return [*named, *(option for option in fixed if fold_case(typed) in fold_case(option.label))]

    def go_on(verdict: DraftChoice | None) -> None:
        row = drafts.index(draft)
        if verdict is None:
            _list(view, row, made)
        elif verdict.kind == "take":
            when_agreed(view, view.desk.study, partial(_take, view, draft, verdict, row, made))
        elif isinstance(verdict.into, Theme):
            _ask_about_theme(view, draft, verdict.into, row, made)
        else:
            view.stepped(_decided(view, draft, verdict))
            _list(view, row, made)

    window = Pick(
        f"Draft: {draft.name}", options, placeholder="a name for it; or a draft or theme to merge with"
    )
    view.ask(window, go_on)


def _ask_about_theme(view: CodingView, draft: ThemeDraft, theme: Theme, row: int, made: int) -> None:
    """Ask what else is to be done with a draft that is a theme already."""
    options = list(verdicts_on_theme(view.desk, draft, theme))

    def fitting(typed: str) -> Sequence[Option[DraftChoice]]:
        return [option for option in options if fold_case(typed) in fold_case(option.label)]

    def go_on(verdict: DraftChoice | None) -> None:
        if verdict is None:
            _list(view, row, made)
        elif verdict.with_words:
            when_agreed(view, view.desk.study, partial(_join, view, draft, verdict, row, made))
        else:
            _join(view, draft, verdict, row, made)

    view.ask(Pick(f"{draft.name} is {theme.label}", fitting, placeholder="⏎ or ↓ ⏎"), go_on)


def _decided(view: CodingView, draft: ThemeDraft, verdict: DraftChoice) -> StepOutcome:
    session, question_id = view.desk.session, view.desk.listing.question().id
    if verdict.kind == "rename":
        return drafting.rename(session, question_id, draft, verdict.name)
    if isinstance(verdict.into, ThemeDraft):
        return drafting.merge(session, question_id, draft, verdict.into)
    return drafting.refuse(session, question_id, draft)


def _take(view: CodingView, draft: ThemeDraft, verdict: DraftChoice, row: int, made: int) -> None:
    desk = view.desk
    act = partial(drafting.take, desk.session, desk.listing.question().id, draft, verdict.name)
    when_free(view, desk.study.database, act, partial(_show_theme, view, draft, verdict, row, made + 1))


def _join(view: CodingView, draft: ThemeDraft, verdict: DraftChoice, row: int, made: int) -> None:
    desk = view.desk
    if isinstance(verdict.into, Theme):
        act = partial(
            drafting.join_theme,
            desk.session,
            desk.listing.question().id,
            draft,
            verdict.into,
            with_words=verdict.with_words,
        )
        when_free(view, desk.study.database, act, partial(_show_theme, view, draft, verdict, row, made))


def _show_theme(
    view: CodingView,
    draft: ThemeDraft,
    verdict: DraftChoice,
    row: int,
    made: int,
    decided: Decided[StepOutcome],
) -> None:
    """Go on from a draft that is a theme now: with its answers, if they are to be ticked, or in the list."""
    desk = view.desk
    # In the list, the engine learns of a theme when that is closed: it starts anew for each codebook.
    desk.advice.revise(desk.study.codebook)
    view.stepped(decided.outcome)
    desk.rerank()
    view.panes.draw_answer()
    if verdict.with_words or (verdict.ticks and made):
        view.use_codebook()
    if verdict.ticks:
        tick_answers(view, draft, decided.theme, partial(_next_draft, row=row))
    else:
        _list(view, row, made)
    if decided.file_fault:
        raise decided.file_fault
