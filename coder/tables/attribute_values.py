"""The values of an attribute as a table shows them: joined, left out, in which order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from coder.domain.near_names import nearest
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.study_settings import ValueSelection

T = TypeVar("T")

NOT_STATED = "Not stated"
"""The column of those without a value."""


@dataclass(frozen=True, slots=True)
class ShownValues:
    """The values of an attribute as a table shows them."""

    names: tuple[str, ...]
    """In the table's order."""
    name_of: Mapping[str, str]
    """From a value to the name it is shown under; without those left out."""

    def with_not_stated(self) -> ShownValues:
        """Return the same, those without a value shown at the end."""
        return ShownValues((*self.names, NOT_STATED), {**self.name_of, "": NOT_STATED})


ONE_COLUMN = ShownValues(("",), {"": ""})
"""All respondents together, whatever their values."""


def shown_values(attribute: str, counts: Mapping[str, int], values: ValueSelection) -> ShownValues:
    """Return how an attribute's values are shown: joined, left out, in the order asked for.

    Those the order does not name follow, the most frequent first.

    Args:
        attribute: Its name, for messages.
        counts: How many have each value; blank is no value.
        values: What the study says about them.

    Raises:
        CoderError: A value to join or to leave out is nobody's.
    """
    joined = {value: name for name, members in values.joined.items() for value in members}
    for value in (*joined, *values.excluded):
        if value not in counts:
            msg = f"Nobody has the value '{value}' of {attribute}."
            raise CoderError(msg, nearest(value, counts) or f"Its values: {', '.join(filter(None, counts))}.")
    name_of = {value: joined.get(value, value) for value in counts if value and value not in values.excluded}
    totals = Counter[str]()
    for value, name in name_of.items():
        totals[name] += counts[value]
    ordered = dict.fromkeys(values.order)
    further = sorted((name for name in totals if name not in ordered), key=lambda name: (-totals[name], name))
    return ShownValues((*ordered, *further), name_of)
