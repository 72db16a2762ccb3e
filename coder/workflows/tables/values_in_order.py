"""The values of an attribute of a study, in the order in which tables, files and frames show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.study_settings import ValueSelection
from coder.store.attribute_counts import value_counts
from coder.tables.attribute_values import shown_values
from coder.workflows.study.attributes import value_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.responses import Attribute
    from coder.tables.attribute_values import ShownValues
    from coder.workflows.study.study import Study

ALL_VALUES = ValueSelection()


def values_in_order(
    study: Study,
    attribute: Attribute,
    selection: ValueSelection = ALL_VALUES,
    counted_values: Mapping[str, int] | None = None,
) -> ShownValues:
    """Return how an attribute's values are shown: by the table, by `study.toml`, or in their natural order.

    Args:
        study: The study.
        attribute: One of its attributes.
        selection: What a table says of them; left out, all are shown.
        counted_values: How many respondents have each, if that is known already.

    Raises:
        CoderError: A value that the table joins or leaves out is nobody's.
    """
    if counted_values is None:
        counted_values = value_counts(study.database, attribute.name)
    return shown_values(attribute.name, counted_values, selection, value_order(study, attribute))
