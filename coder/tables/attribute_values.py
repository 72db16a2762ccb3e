"""The values of an attribute as a table shows them: joined, left out, in which order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from coder.domain.near_names import nearest
from coder.domain.tables.value_orders import natural_order, residual_last
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.study_settings import ValueSelection

T = TypeVar("T")

NOT_STATED = "Not stated"
"""The column of those without a value."""
NO_ANSWER = "No answer"
"""The row of those without an answer to the question that is counted."""


@dataclass(frozen=True, slots=True)
class ShownValues:
    """The values of an attribute as a table shows them."""

    names: tuple[str, ...]
    """In the table's order."""
    name_of: Mapping[str, str]
    """From a value, whether or not anybody has it, to the name it is shown under; without those left out."""
    by_count: frozenset[str] = frozenset()
    """The names that stand in the order of how many there are: their places tell of it."""

    def with_not_stated(self) -> ShownValues:
        """Return the same, those without a value shown at the end."""
        return replace(self, names=(*self.names, NOT_STATED), name_of={**self.name_of, "": NOT_STATED})

    def with_no_answer(self) -> ShownValues:
        """Return the same, those without an answer at the end, under an empty name: no value has it."""
        return replace(self, names=(*self.names, ""), name_of={**self.name_of, "": ""})


ONE_COLUMN = ShownValues(("",), {"": ""})
"""All respondents together, whatever their values."""


def shown_values(
    attribute: str, counts: Mapping[str, int], selection: ValueSelection, order: Sequence[str] = ()
) -> ShownValues:
    """Return how an attribute's values are shown: joined, left out, in the order asked for.

    Those that the table's order does not name follow in the attribute's order or, if it has none, in their
    natural order; where there is none either, the most frequent first, and what says nothing last.

    Args:
        attribute: Its name, for messages.
        counts: How many have each value; blank is no value.
        selection: What the table says about them.
        order: The order that the study gives the attribute's values; these are shown, whoever has them.

    Raises:
        CoderError: A value to join or to leave out is nobody's.
    """
    joined = {
        attribute_value: name for name, members in selection.joined.items() for attribute_value in members
    }
    for attribute_value in (*joined, *selection.excluded):
        if attribute_value not in counts:
            msg = f"Nobody has the value '{attribute_value}' of {attribute}."
            raise CoderError(
                msg, nearest(attribute_value, counts) or f"Its values: {', '.join(filter(None, counts))}."
            )
    name_of = {
        attribute_value: joined.get(attribute_value, attribute_value)
        for attribute_value in (*counts, *order)
        if attribute_value and attribute_value not in selection.excluded
    }
    totals = Counter[str]()
    for attribute_value, name in name_of.items():
        totals[name] += counts.get(attribute_value, 0)
    of_attribute = [
        joined.get(attribute_value, attribute_value)
        for attribute_value in order or natural_order(name_of)
        if attribute_value not in selection.excluded
    ]
    ordered = dict.fromkeys((*selection.order, *of_attribute))
    further = sorted((name for name in totals if name not in ordered), key=lambda name: (-totals[name], name))
    return ShownValues((*ordered, *residual_last(further)), name_of, frozenset(further))
