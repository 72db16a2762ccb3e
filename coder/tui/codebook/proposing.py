"""From a revision to its plan, to what a person decides, to a codebook that has changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from coder.domain.revising.decisions import decided
from coder.errors import CoderError
from coder.store import codebook_versions
from coder.tui.kit.pick import Option, Pick
from coder.tui.kit.theme_search import best_themes
from coder.workflows.revising import revising
from coder.workflows.revising.plan_text import plan_lines
from coder.workflows.study.codebook_file import take_up

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.revising.decisions import Decision, Doubt
    from coder.domain.revising.revisions import Revision
    from coder.tui.codebook.screen import CodebookScreen
    from coder.workflows.revising.revising import Plan

MANY_CODINGS, MANY_THEMES = 20_000, 300
"""More than so many cannot be revised before a person notices."""


def get_ready(screen: CodebookScreen) -> None:
    """Take up what was edited in codebook.yaml meanwhile.

    Raises:
        CoderError: It has faults, or edits that are to be decided on first.
    """
    before = screen.study.codebook
    take_up(screen.study, screen.coder_id)
    if screen.study.codebook != before:
        screen.revised()
    if screen.study.waiting:
        msg = "codebook.yaml has edits that concern codings, and they wait."
        raise CoderError(msg, "Press p to see what they would do, and apply them or take them out first.")


def begin(screen: CodebookScreen) -> Revision:
    """Return an empty revision of the codebook as it is now; raise CoderError as `get_ready` does."""
    get_ready(screen)
    return revising.begin(screen.study)


def patiently(screen: CodebookScreen, work: Callable[..., object], *arguments: object) -> None:
    """Do something that takes a second or two in a large study; there, say so first."""
    from coder.tui.kit.working import Working

    uses = codebook_versions.themes_in_use(screen.study.database)
    if sum(uses.values()) > MANY_CODINGS or len(screen.study.codebook.themes) > MANY_THEMES:
        # The screen does it: windows that come of it answer to whoever opened them.
        begin = partial(screen.call_later, screen.guard, work, *arguments)
        screen.app.push_screen(Working("Working out what changes …", begin))
    else:
        screen.guard(work, *arguments)


def propose(screen: CodebookScreen, revision: Revision, theme_id: str | None = None) -> None:
    """Have a person settle what is doubtful, see the plan, and apply it.

    Args:
        screen: The codebook screen.
        revision: The revision.
        theme_id: Where the cursor goes once it is applied.
    """
    patiently(screen, _propose, screen, revision, theme_id)


def _propose(screen: CodebookScreen, revision: Revision, theme_id: str | None) -> None:
    plan = revising.plan(screen.study, revision)
    if plan.doubts:
        _ask(screen, revision, plan.doubts[0], theme_id)
    elif plan.empty:
        screen.notify("Nothing changes.", timeout=3)
    elif is_small(screen, plan):
        carry_out(screen, plan, "", theme_id)
    else:
        show(screen, plan, theme_id)


def is_small(screen: CodebookScreen, plan: Plan) -> bool:
    """Tell whether a plan changes no number and no coding, and retires no theme that is used."""
    counted = any(row.before != row.after for row in plan.rows)
    uses = codebook_versions.themes_in_use(screen.study.database)
    retired = any(each.field == "status" and each.theme_id in uses for each in plan.differences)
    return not (plan.touched or counted or retired or plan.left)


def show(screen: CodebookScreen, plan: Plan, theme_id: str | None = None) -> None:
    """Show a plan; Enter applies it."""
    from coder.tui.codebook.plan_window import PlanWindow

    def answered(reason: str | None) -> None:
        if reason is not None:
            patiently(screen, carry_out, screen, plan, reason, theme_id)

    lines = partial(plan_lines, plan, screen.study.settings.respondents)
    screen.app.push_screen(PlanWindow(in_words(plan), lines), answered)


def carry_out(screen: CodebookScreen, plan: Plan, reason: str, theme_id: str | None = None) -> None:
    """Apply a plan, say so, and show the codebook as it has become."""
    before = screen.study.codebook
    try:
        number = revising.apply(screen.study, plan, screen.coder_id, reason)
    except CoderError:
        # The revision may stand although its file could not be written.
        if screen.study.codebook != before:
            screen.revised(theme_id)
        raise
    screen.made.add(number)
    screen.revised(theme_id)
    again = "h, then ⏎ on it, does it again." if plan.undoes else "u takes it back."
    asked = sum(sum(by_coder.values()) for by_coder in plan.to_recode.values())
    wait = f"{asked:,} to be recoded: w in the coding screen. " if asked else ""
    screen.notify(wait + again, title=in_words(plan), timeout=6)


def in_words(plan: Plan) -> str:
    """Return what a plan does, as a title."""
    return f"{plan.label[:1].upper()}{plan.label[1:]}"


def _ask(screen: CodebookScreen, revision: Revision, doubt: Doubt, theme_id: str | None) -> None:
    """Ask how a doubt is to be settled."""

    def options(typed: str) -> Sequence[Option[Decision]]:
        return [
            Option(f"{decision.effect[:1].upper()}{decision.effect[1:]}", decision, doubt.message)
            for decision in doubt.decisions
            if typed.casefold() in decision.effect.casefold()
        ]

    def picked(decision: Decision | None) -> None:
        if decision is not None:
            screen.guard(_settle, screen, revision, decision, theme_id)

    title = f"To be decided first · {revision.before.label(doubt.theme_id)}"
    screen.app.push_screen(Pick(title, options, placeholder="what is to be done"), picked)


def _settle(screen: CodebookScreen, revision: Revision, decision: Decision, theme_id: str | None) -> None:
    """Go on with a revision as was decided; for a merge with any theme, ask which."""
    if not decision.needs_target:
        propose(screen, decided(revision, decision), theme_id)
        return
    pool = [theme for theme in revision.after if theme.status == "active"]

    def options(typed: str) -> Sequence[Option[str]]:
        found = best_themes(typed, pool)
        return [Option(theme.label, theme.id, theme.definition, theme.id) for theme in found]

    def picked(target: str | None) -> None:
        if target is not None:
            screen.guard(_settle, screen, revision, replace(decision, target_id=target), theme_id)

    screen.app.push_screen(Pick("Make them codings of", options), picked)
