"""Draft themes: groups of alike answers that no theme covers. They are proposals: nothing counts them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_DRAFTS = 20
"""Drafts proposed at a time."""

DraftVerdict = Literal["taken", "refused", "merged", "renamed"]
"""What was decided about a draft; one that was merged is a part of another, or of a theme that there was."""


@dataclass(frozen=True, slots=True)
class ThemeDraft:
    """A group of answers that say something alike."""

    name: str
    """The working name, of words that the answers have."""
    words: tuple[str, ...]
    """The words that its answers have and others lack, the most telling first."""
    responses: tuple[int, ...]
    """The numbers of its answers, the most typical first."""
    quotes: tuple[int, ...]
    """Those of them that are quoted: typical, and unlike each other."""

    def joined_by(self, other: ThemeDraft) -> ThemeDraft:
        """Return this draft with the answers of another as well; it keeps its name."""
        return replace(
            self,
            words=tuple(dict.fromkeys((*self.words, *other.words))),
            responses=(*self.responses, *other.responses),
            quotes=(*self.quotes, *other.quotes),
        )


@dataclass(frozen=True, slots=True)
class DraftDecision:
    """What a coder decided about a draft."""

    verdict: DraftVerdict
    responses: tuple[int, ...]
    """The answers that the draft had."""
    name: str = ""
    """The new name of one that was renamed."""
    into: tuple[int, ...] = ()
    """The answers of the draft that it was merged with; none where that is a theme."""
    theme_id: str = ""
    """The theme that was made of one that was taken, or that one is."""


def open_drafts(drafts: Iterable[ThemeDraft], decisions: Iterable[DraftDecision]) -> list[ThemeDraft]:
    """Return the drafts that are still to be decided, as the decisions have left them.

    A draft is the one of a decision if more than half of its answers are: so one that was refused does not
    come again in a later working out, where groups differ a little.

    Args:
        drafts: As they were worked out.
        decisions: Those that stand, the oldest first.
    """
    waiting = list(drafts)
    for decision in decisions:
        concerned = [draft for draft in waiting if _is_among(draft, decision.responses)]
        if decision.verdict == "renamed":
            waiting = [replace(d, name=decision.name) if d in concerned else d for d in waiting]
            continue
        waiting = [draft for draft in waiting if draft not in concerned]
        if decision.into:
            waiting = [_joined(d, concerned) if _is_among(d, decision.into) else d for d in waiting]
    return waiting


def _is_among(draft: ThemeDraft, responses: Sequence[int]) -> bool:
    return 2 * len(set(draft.responses) & set(responses)) > len(draft.responses)


def _joined(draft: ThemeDraft, others: Iterable[ThemeDraft]) -> ThemeDraft:
    for other in others:
        draft = draft.joined_by(other)
    return draft
