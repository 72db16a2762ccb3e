"""Choosing a theme that is made, or widened to a question, with the choice; and taking back both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.revising.version_differences import compare
from coder.errors import BusyError, CoderError
from coder.store import codebook_versions, log
from coder.store.drafts import kept_drafts
from coder.workflows.revising import revising
from coder.workflows.revising.adding_themes import WHILE_CODING, revise_at_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.codebook import Theme
    from coder.domain.codings import Step
    from coder.store.codebook_versions import CodebookVersion
    from coder.workflows.coding.session import CodingSession, StepOutcome
    from coder.workflows.revising.adding_themes import Decided, ThemeChange


class ThemeStep(NamedTuple):
    """What undo or redo did to a step and, if it changed the codebook, to that."""

    outcome: StepOutcome
    about_theme: str = ""
    """What became of the theme that the step made, in words; empty where it made none."""
    revises: bool = False
    """Whether the codebook is another now."""
    file_fault: CoderError | None = None
    """Why codebook.yaml could not be written; what was done is saved all the same."""


class MadeTheme(NamedTuple):
    """A theme that a step brought into the codebook or to a question, or gave keywords."""

    version: CodebookVersion
    theme: Theme
    """As the step left it."""
    question_ids: tuple[str, ...] = ()
    """The questions that the step brought it to; empty: all those it serves."""
    only_keywords: bool = False
    """Whether the theme was there before, and the step gave it keywords alone."""


def choose_with_theme(
    session: CodingSession, change: ThemeChange, choose: Callable[[str], StepOutcome]
) -> Decided[StepOutcome]:
    """Make or widen a theme and choose it, in one transaction and one step.

    Args:
        session: The coder at work.
        change: Makes or widens the theme.
        choose: Chooses the theme of that id by one step of the session.

    Raises:
        BusyError: Another program is writing; nothing was done, and nothing waits.
        CoderError: The theme cannot be made, or not be chosen; nothing was done.
    """

    def decide(theme: Theme, carry_out: Callable[[], object]) -> StepOutcome:
        with session.waiting.along_with(before=carry_out):
            return choose(theme.id)

    return revise_at_once(session.study, session.coder_id, change, decide)


def made_by_next_undo(session: CodingSession) -> MadeTheme | None:
    """Return the theme that the step made which undo would take back; None if it made none."""
    step = log.step_to_undo(session.study.database, session.coder_id)
    made = _made_by(session, step) if step else None
    return made if made and not made.version.undone else None


def made_by_next_redo(session: CodingSession) -> MadeTheme | None:
    """Return the theme that redo would bring back with its step; None if that made none, or it is there."""
    step = log.step_to_redo(session.study.database, session.coder_id)
    made = _made_by(session, step) if step else None
    return made if made and made.version.undone else None


def size_of_undo(session: CodingSession) -> int:
    """Return how many changes the step has made that undo would take back."""
    step = log.step_to_undo(session.study.database, session.coder_id)
    return log.size_of(session.study.database, step.number) if step else 0


def size_of_redo(session: CodingSession) -> int:
    """Return how many changes the step had made that redo would do again."""
    step = log.step_to_redo(session.study.database, session.coder_id)
    return log.size_of(session.study.database, step.number) if step else 0


def undo(session: CodingSession) -> ThemeStep | None:
    """Take back the latest step, and the theme that it made; a theme that was used or edited since stays.

    Returns:
        What was done; None if there is nothing to undo.
    """
    made = made_by_next_undo(session)
    if made is None:
        outcome = session.undo()
        return ThemeStep(outcome) if outcome else None
    stays, revised = "", list[revising.Revised]()

    def take_theme_back() -> None:
        nonlocal stays
        stays = _why_it_stays(session, made)
        if not stays:
            try:
                plan = revising.plan_undo_unseen(session.study, made.version.number)
            except BusyError:
                raise
            except CoderError as error:
                stays = error.message
            else:
                revised.append(revising.carry_out(session.study, plan, session.coder_id, WHILE_CODING))

    with session.waiting.along_with(after=take_theme_back):
        outcome = session.undo()
    if outcome is None:
        return None
    label = made.theme.label
    if not revised:
        return ThemeStep(outcome, f"the theme '{label}' stays: {stays}")
    fault = revising.go_on_with(session.study, revised[-1])
    return ThemeStep(outcome, f"'{label}' {_gone(made)}", revises=True, file_fault=fault)


def redo(session: CodingSession) -> ThemeStep | None:
    """Do again the step undone last, and bring back the theme that it made."""
    made = made_by_next_redo(session)
    number = made and codebook_versions.taken_back_by(session.study.database, made.version.number)
    if made is None or number is None:
        outcome = session.redo()
        return ThemeStep(outcome) if outcome else None
    revised: list[revising.Revised] = []

    def bring_theme_back() -> None:
        plan = revising.plan_undo_unseen(session.study, number)
        revised.append(revising.carry_out(session.study, plan, session.coder_id, WHILE_CODING))

    with session.waiting.along_with(before=bring_theme_back):
        outcome = session.redo()
    fault = revising.go_on_with(session.study, revised[-1])
    back = f"'{made.theme.label}' {'has its new keywords again' if made.only_keywords else 'is back'}"
    return ThemeStep(outcome, back, revises=True, file_fault=fault) if outcome else None


def _made_by(session: CodingSession, step: Step) -> MadeTheme | None:
    """Return the theme that came into the codebook, or got keywords, with a step; None if none did."""
    database = session.study.database
    number = log.version_of_first_step(database, step.number)
    version = codebook_versions.version(database, number) if number else None
    if version is None or (version.reason, version.coder_id) != (WHILE_CODING, step.coder_id):
        return None
    previous = codebook_versions.parent_of(database, version)
    chosen_ids = {
        change.theme_id for change in log.changes_of(database, step.number) if change.aspect == "theme"
    }
    draft = kept_drafts.decision_of(database, step.number)
    chosen_ids |= {draft.theme_id} if draft else set()
    differences = compare(previous.codebook, version.codebook) if previous else ()
    for difference in differences:
        if difference.theme_id in chosen_ids and previous:
            theme = version.codebook.by_id[difference.theme_id]
            earlier = previous.codebook.by_id.get(theme.id)
            if earlier is None:
                return MadeTheme(version, theme)
            if fresh := set(theme.questions) - set(earlier.questions):
                return MadeTheme(version, theme, tuple(fresh))
            if draft and theme.keywords != earlier.keywords:
                return MadeTheme(version, theme, only_keywords=True)
    return None


def _gone(made: MadeTheme) -> str:
    """Return what undo does to a theme, as the end of a sentence about it."""
    if made.only_keywords:
        return "has the keywords again that it had"
    return (
        "is no theme of this question any more" if made.question_ids else "is taken out of the codebook again"
    )


def _why_it_stays(session: CodingSession, made: MadeTheme) -> str:
    """Return why a theme has to stay, once the step that made it is taken back; empty if it can go."""
    database = session.study.database
    latest = codebook_versions.latest_version(database)
    if latest is None or latest.codebook.by_id.get(made.theme.id) != made.theme:
        return "it was edited since"
    if made.only_keywords:
        return ""
    used = partial(codebook_versions.is_used, database, made.theme.id)
    if any(map(used, made.question_ids)) if made.question_ids else used():
        return "it is used elsewhere"
    return ""
