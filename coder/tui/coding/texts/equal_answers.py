"""What the coding screen says of answers of the same words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.store import surveys
from coder.tui.kit.fitting import fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.tui.coding.desk import Desk
    from coder.workflows.coding.session import StepOutcome

_NAMED = 3
"""Answers that the list leaves out and that are named."""
_DESCRIBED = 100
"""Answers of the same words at most whose respondents are described: more would take a key longer."""


def step_text(desk: Desk, outcome: StepOutcome) -> str:
    """Return what a step did, and which answers of the same words it has left as they are."""
    parts = [outcome.label]
    if outcome.apart:
        parts.append(f"left, coded otherwise: {len(outcome.apart):,} (=)")
    if outcome.unlisted:
        parts.append(f"left, not listed: {_names(desk, outcome.unlisted)}")
    return " · ".join(parts)


def group_line(desk: Desk) -> str:
    """Return how many answers say what the one on screen says, and who gave them; empty where it is alone."""
    number, listing = desk.here.number, desk.listing
    count = 1 if number is None else listing.equal.count(listing.equal.shown_by(number))
    if number is None or count == 1:
        return ""
    facts = "" if count > _DESCRIBED else _who(desk, number)
    return " · ".join(filter(None, (f"×{count:,} say the same", "= one by one", facts)))


def _who(desk: Desk, number: int) -> str:
    """Return the attributes of those who say the same: `region: North 4, South 3`."""
    members = surveys.of_the_same_words(desk.study.database, [number]).get(number, [])
    listed = [member for member in members if member in desk.listing]
    counts: dict[str, Counter[str]] = {}
    for facts in surveys.attributes_of(desk.study.database, listed).values():
        for name, attribute_value in facts:
            counts.setdefault(name, Counter())[attribute_value] += 1
    titles = desk.study.attribute_titles
    return " · ".join(
        fact(titles[name], ", ".join(f"{cell} {times}" for cell, times in cells.most_common()))
        for name, cells in counts.items()
    )


def _names(desk: Desk, numbers: Sequence[int]) -> str:
    responses = surveys.responses(desk.study.database, numbers[:_NAMED])
    names = ", ".join(response.id for response in responses.values())
    more = len(numbers) - _NAMED
    return f"{names} and {counted(more, 'other')}" if more > 0 else names
