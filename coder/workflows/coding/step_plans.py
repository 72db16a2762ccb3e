"""What a step is to do: the changes of one decision, on an answer and on those that say the same."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import counted
from coder.workflows.coding.planning import as_copies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coder.domain.codings import Change, CopiedChange
    from coder.domain.standing import Standing
    from coder.workflows.coding.same_words import EqualGroup

    DecisionOn = Callable[[Standing], list[Change]]
    """The changes that a decision makes on an answer, given what stands on it."""


class StepPlan(NamedTuple):
    """What a step is to do."""

    label: str
    changes: list[Change]
    """Those on the responses that are decided on."""
    copies: Sequence[CopiedChange] = ()
    """Those on responses that say the same in the same words."""
    apart: tuple[int, ...] = ()
    """Responses of the same words that are coded otherwise, and so left as they are."""
    unlisted: tuple[int, ...] = ()
    """Responses of the same words that the coder's list leaves out, and so left as they are."""

    def effective(self) -> StepPlan:
        """Return the same without changes that change nothing."""
        return self._replace(
            changes=[change for change in self.changes if _has_effect(change)],
            copies=[copied for copied in self.copies if _has_effect(copied.change)],
        )


def _has_effect(change: Change) -> bool:
    """Tell whether a change is one; who picked the same words may be what changes."""
    return change.old != change.new or bool(change.words_by)


def for_group(label: str, group: EqualGroup, own: list[Change], on_follower: DecisionOn) -> StepPlan:
    """Return the plan of a decision about a response and those that say the same.

    Args:
        label: What is decided, in words.
        group: The response, and those that follow it.
        own: The changes of the response that is decided on: they come first.
        on_follower: The changes of one that follows.
    """
    if group.followers:
        label = f"{label} ×{1 + sum(len(followers.responses) for followers in group.followers):,}"
    return StepPlan(label, own, _copied([group], on_follower), group.apart, group.unlisted)


def for_many(
    label: str, groups: Sequence[EqualGroup], decision: DecisionOn, name_of: Callable[[int], str]
) -> StepPlan:
    """Return the plan of one decision about several responses and those that say the same.

    Args:
        label: What is decided, in words; on how many answers is added, or on which one.
        groups: The responses, each with those that follow it.
        decision: The changes on each of them.
        name_of: Gives the id of a response.
    """
    plan = StepPlan(
        label,
        [change for group in groups for change in decision(group.leader)],
        _copied(groups, decision),
        tuple(chain.from_iterable(group.apart for group in groups)),
        tuple(chain.from_iterable(group.unlisted for group in groups)),
    ).effective()
    touched = {change.response for change in plan.changes}.union(
        *(copied.responses for copied in plan.copies)
    )
    where = name_of(touched.pop()) if len(touched) == 1 else counted(len(touched), "answer")
    return plan._replace(label=f"{label} on {where}")


def _copied(groups: Iterable[EqualGroup], decision: DecisionOn) -> list[CopiedChange]:
    return as_copies(
        (decision(followers.standing), followers.responses)
        for group in groups
        for followers in group.followers
    )
