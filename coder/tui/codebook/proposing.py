"""From a revision to its plan, to what a person decides, to a codebook that has changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_case
from coder.domain.revising.decisions import decided
from coder.errors import CoderError
from coder.store import codebook_versions
from coder.store.database import refuse_changes
from coder.tui.codebook.linked_file import when_agreed
from coder.tui.codebook.plan_window import PlanWindow
from coder.tui.kit.theme_search import best_themes
from coder.tui.kit.windows.window_values import Option, Pick
from coder.workflows.revising import revising
from coder.workflows.revising.plan_text import plan_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.revising.decisions import Decision, OpenDecision
    from coder.domain.revising.revisions import Revision
    from coder.tui.codebook.contract import RevisingView
    from coder.workflows.revising.revising import Plan

MANY_CODINGS, MANY_THEMES = 20_000, 300
"""More than so many cannot be revised before a person notices."""


def take_up_edits(view: RevisingView) -> None:
    """Take up what was edited in codebook.yaml meanwhile.

    Raises:
        ReadOnlyError: The study can only be read.
        CoderError: It has faults, or edits that are to be decided on first.
    """
    refuse_changes(view.desk.study.database)
    if view.desk.take_up_edits():
        view.revised()
    if fault := view.desk.study.file_fault:
        raise fault
    if view.desk.study.edits_wait:
        msg = "codebook.yaml has edits that concern codings, and they wait."
        raise CoderError(msg, "Press p to see what they would do, and apply them or take them out first.")


def begin(view: RevisingView) -> Revision:
    """Return an empty revision of the codebook as it is now; raise CoderError as `take_up_edits` does."""
    take_up_edits(view)
    return revising.begin(view.desk.study)


def patiently(view: RevisingView, act: Callable[[], object]) -> None:
    """Do something to the codebook that takes a second or two in a large study; there, say so first.

    Raises:
        ReadOnlyError: The study can only be read.
    """
    study = view.desk.study
    refuse_changes(study.database)
    uses = codebook_versions.themes_in_use(study.database)
    if sum(uses.values()) > MANY_CODINGS or len(study.codebook.themes) > MANY_THEMES:
        view.after_saying("Working out what changes …", act)
    else:
        act()


def propose(view: RevisingView, revision: Revision, theme_id: str | None = None) -> None:
    """Have a person settle what is doubtful, see the plan, and apply it.

    Args:
        view: The screen.
        revision: The revision.
        theme_id: Where the cursor goes once it is applied.
    """
    patiently(view, partial(_propose, view, revision, theme_id))


def _propose(view: RevisingView, revision: Revision, theme_id: str | None) -> None:
    plan = revising.plan(view.desk.study, revision)
    if plan.open_decisions:
        _ask(view, revision, plan.open_decisions[0], theme_id)
    elif plan.empty:
        view.tell("Nothing changes.", 3)
    elif is_small(view, plan):
        apply_plan(view, plan, "", theme_id)
    else:
        show_plan(view, plan, theme_id)


def is_small(view: RevisingView, plan: Plan) -> bool:
    """Tell whether a plan changes no number and no coding, and retires no theme that is used."""
    changes_numbers = any(row.old_count != row.new_count for row in plan.rows)
    uses = codebook_versions.themes_in_use(view.desk.study.database)
    retires = any(change.field == "status" and change.theme_id in uses for change in plan.differences)
    return not (plan.touched or changes_numbers or retires or plan.decided_since)


def show_plan(view: RevisingView, plan: Plan, theme_id: str | None = None) -> None:
    """Show a plan; Enter applies it."""

    def apply(reason: str | None) -> None:
        if reason is not None:
            patiently(view, partial(apply_plan, view, plan, reason, theme_id))

    lines = partial(plan_lines, plan, view.desk.study.settings.respondents)
    view.ask(PlanWindow(title_of(plan), lines), apply)


def apply_plan(view: RevisingView, plan: Plan, reason: str, theme_id: str | None = None) -> None:
    """Apply a plan, say so, and show the codebook as it has become; ask first if its file is a link."""
    when_agreed(view, view.desk.study, partial(_apply_plan, view, plan, reason, theme_id))


def _apply_plan(view: RevisingView, plan: Plan, reason: str, theme_id: str | None) -> None:
    study, codebook_before = view.desk.study, view.desk.study.codebook
    try:
        version = revising.apply(study, plan, view.desk.coder_id, reason)
    except CoderError:
        # The revision may stand although its file could not be written.
        if study.codebook != codebook_before:
            view.revised(theme_id)
        raise
    view.desk.note_applied(version)
    view.revised(theme_id)
    way_back = "h, then ⏎ on it, does it again." if plan.undoes else "u takes it back."
    to_recode = sum(sum(by_coder.values()) for by_coder in plan.to_recode.values())
    waiting = f"{to_recode:,} to be recoded: w in the coding screen. " if to_recode else ""
    view.tell(waiting + way_back, 6, about=title_of(plan))


def title_of(plan: Plan) -> str:
    """Return what a plan does, as a title."""
    return _capital(plan.label)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _ask(view: RevisingView, revision: Revision, open_decision: OpenDecision, theme_id: str | None) -> None:
    """Ask how something is to be decided."""

    def options(typed: str) -> Sequence[Option[Decision]]:
        return [
            Option(_capital(decision.effect), decision, open_decision.message)
            for decision in open_decision.decisions
            if fold_case(typed) in fold_case(decision.effect)
        ]

    def settle(decision: Decision | None) -> None:
        if decision is not None:
            _settle(view, revision, decision, theme_id)

    title = f"To be decided first · {revision.old.label(open_decision.theme_id)}"
    view.ask(Pick(title, options, placeholder="what is to be done"), settle)


def _settle(view: RevisingView, revision: Revision, decision: Decision, theme_id: str | None) -> None:
    """Go on with a revision as was decided; for a merge with any theme, ask which."""
    if not decision.needs_target:
        propose(view, decided(revision, decision), theme_id)
        return
    active = [theme for theme in revision.new if theme.status == "active"]

    def options(typed: str) -> Sequence[Option[str]]:
        themes = best_themes(typed, active)
        return [Option(theme.label, theme.id, theme.definition, theme.id) for theme in themes]

    def settle_with(target_id: str | None) -> None:
        if target_id is not None:
            _settle(view, revision, replace(decision, target_id=target_id), theme_id)

    view.ask(Pick("Make them codings of", options), settle_with)
