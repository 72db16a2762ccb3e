"""What lists answers by what is known of themselves: a date, a wave, a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.near_names import fold_case
from coder.store.readings.answer_values import answer_value_counts, values_had
from coder.tui.kit.fitting import fact
from coder.tui.kit.windows.window_values import Option
from coder.workflows.study.attributes import answer_attributes
from coder.workflows.tables.answer_columns import listing_conditions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.domain.filters import Filter
    from coder.tui.coding.listed.listing import Listing

_MOST_VALUES = 100


def answer_filters(listing: Listing, *, with_counts: bool) -> Iterator[tuple[str, Option[Filter]]]:
    """Yield what lists answers with one value, of many dates those of a month, with the text it is found by.

    Args:
        listing: The list at present, whose filter each choice narrows.
        with_counts: Whether it is counted how many each choice lists: of very many it would hold up the key.
    """
    database, question_id = listing.study.database, listing.question().id
    for attribute in answer_attributes(listing.study):
        counts = dict.fromkeys(values_had(database, attribute), 0)
        if with_counts:
            counts = answer_value_counts(database, attribute, [question_id])
        for condition, count in listing_conditions(listing.study, attribute, counts)[:_MOST_VALUES]:
            in_full = f"{attribute.title}: {condition.of_what}"
            label = fact(attribute.title, condition.of_what)
            yield (
                fold_case(f"{in_full} {attribute.name}"),
                Option(
                    label,
                    listing.filter.meeting(condition),
                    in_full if in_full != label else "",
                    counted(count, "answer") if with_counts else "",
                ),
            )
