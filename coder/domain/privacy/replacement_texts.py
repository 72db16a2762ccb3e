"""What people wrote to stand in the place of words, as events of the team tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.privacy.placeholders import is_placeholder
from coder.domain.privacy.told_places import PLACES_DECIDED, REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from coder.domain.privacy.text_leaves import TextWay

_OF_CUT = 2
"""Where in what a redaction tells of a cut the text stands that stands there now."""
_CELLS = {"redacted": _OF_CUT, PLACES_DECIDED: REPLACEMENT}
PLACED = frozenset(_CELLS)
"""The kinds of events that tell of places in answers: other texts there are none in them."""


def replacement_texts(
    event: Mapping[str, Any], answers: Collection[str] | None = None
) -> Iterator[tuple[TextWay, str]]:
    """Yield what people wrote to stand in answers, by the way to each text of an event.

    Args:
        event: What it says, with its kind; none but a redaction and decisions on places has such texts.
        answers: The ids of the answers that are meant; None: all.
    """
    cell = _CELLS.get(event["kind"])
    if cell is None:
        return
    for response_id, rows in event["content"]["answers"].items():
        if answers is None or response_id in answers:
            for number, row in enumerate(rows):
                if row[cell] and not is_placeholder(row[cell]):
                    yield ("content", "answers", response_id, number, cell), row[cell]
