"""A list in another order than the file's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from coder.tui.coding.listed.sequence import Sequenced, first_passing

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBERS = st.lists(st.integers(1, 60), unique=True)


@given(NUMBERS, NUMBERS)
def test_what_is_listed_is_arranged(order: list[int], listed: list[int]) -> None:
    """Everything listed comes once, in the order; what the order lacks comes last as it came."""
    found = list(Sequenced(order).arranged(listed))
    known = [number for number in order if number in listed]
    assert found == known + [number for number in listed if number not in order]


@given(NUMBERS, st.integers(0, 60), st.sets(st.integers(1, 60)))
def test_the_next_that_passes_is_found(order: list[int], here: int, passing: set[int]) -> None:
    """It is the first of those that are left."""

    def passed(some: Sequence[int]) -> set[int]:
        return passing & set(some)

    after = order[order.index(here) + 1 :] if here in order else order
    expected = next((number for number in after if number in passing), None)
    assert first_passing(iter(after), passed) == expected


def test_far_away_ones_are_found_in_few_questions() -> None:
    """A few are looked at first, then thousands at a time."""
    asked: list[int] = []

    def last_alone(some: Sequence[int]) -> set[int]:
        asked.append(len(some))
        return {9999} & set(some)

    assert first_passing(iter(range(1, 10_000)), last_alone) == 9999
    assert asked == [200, 5000, 4799]


@given(NUMBERS, NUMBERS, st.integers(1, 60))
def test_a_newer_order_changes_what_is_to_come(order: list[int], newer: list[int], here: int) -> None:
    """Up to here everything stays in its place; the rest follows the newer order."""
    found = list(Sequenced(order).followed_by(newer, here).arranged({*order, *newer}))
    kept = order[: order.index(here) + 1] if here in order else []
    assert found[: len(kept)] == kept
    followed = [number for number in newer if number not in kept]
    assert found[len(kept) : len(kept) + len(followed)] == followed
