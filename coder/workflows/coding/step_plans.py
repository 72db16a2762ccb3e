"""What a step is to do: the changes of one decision, on an answer and on those that say the same."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import counted
from coder.workflows.coding.planning import as_copies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coder.domain.codings import Change
    from coder.domain.standing import Standing
    from coder.workflows.coding.same_words import EqualGroup

    DecisionOn = Callable[[Standing], list[Change]]
    """The changes that a decision makes on an answer, given what stands on it."""


class StepPlan(NamedTuple):
    """What a step is to do."""

    label: str
    changes: list[Change]
    apart: tuple[int, ...] = ()
    """Responses of the same words that are coded otherwise, and so left as they are."""
    unlisted: tuple[int, ...] = ()
    """Responses of the same words that the coder's list leaves out, and so left as they are."""


def for_group(label: str, group: EqualGroup, own: list[Change], on_follower: DecisionOn) -> StepPlan:
    """Return the plan of a decision about a response and those that say the same.

    Args:
        label: What is decided, in words.
        group: The response, and those that follow it.
        own: The changes of the response that is decided on: they come first.
        on_follower: The changes of one that follows.
    """
    copied = [change for follower in group.followers for change in as_copies(on_follower(follower))]
    if group.followers:
        label = f"{label} ×{len(group.followers) + 1:,}"
    return StepPlan(label, [*own, *copied], group.apart, group.unlisted)


def for_many(label: str, groups: Sequence[EqualGroup], decision: DecisionOn) -> StepPlan:
    """Return the plan of one decision about several responses and those that say the same.

    Args:
        label: What is decided, in words; on how many answers is added.
        groups: The responses, each with those that follow it.
        decision: The changes on each of them.
    """
    own = [change for group in groups for change in decision(group.leader)]
    copied = [
        change for group in groups for follower in group.followers for change in as_copies(decision(follower))
    ]
    touched = len({change.response for change in (*own, *copied) if change.old != change.new})
    return StepPlan(
        f"{label} on {counted(touched, 'answer')}",
        [*own, *copied],
        tuple(chain.from_iterable(group.apart for group in groups)),
        tuple(chain.from_iterable(group.unlisted for group in groups)),
    )
