"""What a coder decides about draft themes: one durable step each, which undo takes back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.domain.drafting.theme_drafts import DraftDecision, open_drafts
from coder.store import log, surveys
from coder.store.drafts import kept_drafts
from coder.workflows.coding.session import StepOutcome
from coder.workflows.revising.adding_themes import (
    Decided,
    adding,
    checked_label,
    lacking_keywords,
    revise_at_once,
    with_keywords,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.domain.codebook import Theme
    from coder.domain.drafting.theme_drafts import ThemeDraft
    from coder.workflows.coding.session import CodingSession


def waiting_drafts(session: CodingSession, question_id: str) -> list[ThemeDraft]:
    """Return the drafts for a question that its coder has yet to decide on."""
    database, coder_id = session.study.database, session.coder_id
    drafts = kept_drafts.kept_drafts(database, coder_id, question_id)
    return open_drafts(drafts, kept_drafts.decisions(database, coder_id, question_id))


def refuse(session: CodingSession, question_id: str, draft: ThemeDraft) -> StepOutcome:
    """Refuse a draft: it does not come again."""
    decision = DraftDecision("refused", draft.responses)
    return _decide(session, question_id, f"draft refused: {draft.name}", decision)


def rename(session: CodingSession, question_id: str, draft: ThemeDraft, name: str) -> StepOutcome:
    """Give a draft another working name.

    Raises:
        CoderError: The name is empty or far too long.
    """
    decision = DraftDecision("renamed", draft.responses, checked_label(name))
    return _decide(session, question_id, f"draft renamed: {draft.name} → {decision.name}", decision)


def merge(session: CodingSession, question_id: str, draft: ThemeDraft, into: ThemeDraft) -> StepOutcome:
    """Make a draft a part of another, which keeps its name."""
    decision = DraftDecision("merged", draft.responses, into=into.responses)
    return _decide(session, question_id, f"drafts merged: {draft.name} into {into.name}", decision)


def join_theme(
    session: CodingSession, question_id: str, draft: ThemeDraft, theme: Theme, *, with_words: bool = False
) -> Decided[StepOutcome]:
    """Say that a draft is what a theme says already: it does not come again, and nothing is coded.

    Args:
        session: The coder at work.
        question_id: The question.
        draft: The draft.
        theme: The theme.
        with_words: Whether the theme gets the draft's words as keywords as well, those that it lacks.

    Raises:
        BusyError: Another program is writing; nothing was done, and nothing waits.
        CoderError: The theme cannot be changed.
    """
    label = f"draft is no new theme: {draft.name} is {theme.label}"
    decision = DraftDecision("merged", draft.responses, theme_id=theme.id)

    def decide(_: Theme, carry_out: Callable[[], object]) -> StepOutcome:
        with session.waiting.along_with(before=carry_out):
            return _decide(session, question_id, label, decision)

    if with_words and lacking_keywords(theme, draft.words):
        change = with_keywords(theme.id, draft.words)
        return revise_at_once(session.study, session.coder_id, change, decide)
    return Decided(theme, decide(theme, lambda: None), None)


def answers_of(session: CodingSession, draft: ThemeDraft) -> list[int]:
    """Return the numbers of a draft's answers, the most typical first; those of the same words once.

    Those that have become non-responses since are left out.
    """
    database = session.study.database
    stored = surveys.responses(database, draft.responses)
    answers = [number for number in draft.responses if number in stored and stored[number].answered]
    if not session.study.settings.same_words:
        return answers
    groups = surveys.groups_by_words(database, answers)
    return list({groups.get(number, number): number for number in reversed(answers)}.values())[::-1]


def take(session: CodingSession, question_id: str, draft: ThemeDraft, name: str) -> Decided[StepOutcome]:
    """Make a theme of a draft for its question; nothing is coded, its words are the theme's keywords.

    Raises:
        BusyError: Another program is writing; nothing was done, and nothing waits.
        CoderError: The theme cannot be made.
    """

    def decide(theme: Theme, carry_out: Callable[[], object]) -> StepOutcome:
        decision = DraftDecision("taken", draft.responses, theme_id=theme.id)
        with session.waiting.along_with(before=carry_out):
            return _decide(session, question_id, f"draft taken: {theme.label}", decision)

    change = adding(name, question_id, draft.words)
    return revise_at_once(session.study, session.coder_id, change, decide)


def _decide(session: CodingSession, question_id: str, label: str, decision: DraftDecision) -> StepOutcome:
    database = session.study.database
    again = partial(_decide, session, question_id, label, decision)
    with session.waiting.transaction(database, again):
        step = log.append(database, session.coder_id, label, ())
        kept_drafts.keep_decision(database, step, question_id, decision)
    return StepOutcome(label, ())
