"""Undo and redo: of a step that made a theme, the theme as well."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.tui.coding.codebook_steps.codebook_news import codebook_changed
from coder.tui.coding.many_answers import patiently
from coder.tui.coding.moving import return_to
from coder.tui.kit.study_held import when_free
from coder.workflows.theme_steps import theme_steps

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView
    from coder.workflows.theme_steps.theme_steps import ThemeStep


def undo(view: CodingView) -> None:
    """Take back the last step, and show where it was; a theme that it made goes with it."""
    session = view.desk.session
    show = partial(_show, view, nothing_to_do="Nothing to undo.", verb="undone")
    if theme_steps.made_by_next_undo(session) is None:
        patiently(view, theme_steps.size_of_undo(session), lambda: show(theme_steps.undo(session)))
    else:
        when_free(view, view.desk.study.database, partial(theme_steps.undo, session), show)


def redo(view: CodingView) -> None:
    """Do again what was undone; a theme that it had made comes back."""
    session = view.desk.session
    show = partial(_show, view, nothing_to_do="Nothing to redo.", verb="done again")
    if theme_steps.made_by_next_redo(session) is None:
        patiently(view, theme_steps.size_of_redo(session), lambda: show(theme_steps.redo(session)))
    else:
        when_free(view, view.desk.study.database, partial(theme_steps.redo, session), show)


def _show(view: CodingView, step: ThemeStep | None, nothing_to_do: str, verb: str) -> None:
    """Show what an undo or redo touched, going there if it is another answer."""
    if step is None:
        view.tell(nothing_to_do, 3)
        return
    outcome = step.outcome
    view.stepped(outcome)
    if step.revises:
        codebook_changed(view)
    return_to(view, outcome)
    more = f". {step.about_theme[:1].upper()}{step.about_theme[1:]}" if step.about_theme else ""
    more += f". Not yet in its file: {outcome.unwritten}" if outcome.unwritten else ""
    view.tell(f"{verb}: {outcome.label}{more}", 8 if more else 3, warning=bool(outcome.unwritten))
    if step.file_fault:
        raise step.file_fault
