"""Places in answers that a study remembers: found in a list, or decided upon. Never the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from coder.domain.codings import Span
from coder.domain.privacy.removals import KINDS
from coder.domain.privacy.text_cuts import span_before_cuts, span_with_cuts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.privacy.removals import Kind
    from coder.domain.privacy.text_cuts import TextCut

PlaceDecision = Literal["", "take", "keep"]
"""What somebody decided on a place: to take it out, to keep it; empty: nothing yet."""
_DECISIONS = ("", "take", "keep")
NAME_COLUMN = "name column"
"""The finder of names in columns of the survey file that the study does not keep."""


class NotedPlace(NamedTuple):
    """Code points [start, end) of an answer."""

    start: int
    end: int
    kind: Kind
    finder: str
    decision: PlaceDecision = ""
    replacement: str = ""
    """What somebody wants to stand there; empty: the next number of its kind."""


def read_places(cells: Iterable[Any]) -> tuple[NotedPlace, ...]:
    """Return places as they were written in JSON; what is none is left out."""
    return tuple(NotedPlace(*cell) for cell in cells if _is_place(cell))


def places_with_cuts(
    places: Iterable[NotedPlace], made: Sequence[TextCut], cuts: Sequence[TextCut]
) -> tuple[NotedPlace, ...]:
    """Return where the places of an answer stand once more is cut out of it; those that are cut go.

    Args:
        places: By the text with the cuts that it has.
        made: These cuts, joined.
        cuts: All that it is to have, joined.
    """
    return tuple(_moved(places, made, cuts))


def _moved(
    places: Iterable[NotedPlace], made: Sequence[TextCut], cuts: Sequence[TextCut]
) -> Iterable[NotedPlace]:
    for place in places:
        first = span_before_cuts(Span(place.start, place.end), made)
        if not any(cut.start < first.end and first.start < cut.end for cut in cuts):
            span = span_with_cuts(first, cuts)
            yield place._replace(start=span.start, end=span.end)


def _is_place(cell: object) -> bool:
    if not isinstance(cell, list) or len(cell) != len(NotedPlace._fields):
        return False
    start, end, kind, finder, decision, replacement = cell
    return (
        isinstance(start, int)
        and isinstance(end, int)
        and 0 <= start < end
        and kind in KINDS
        and decision in _DECISIONS
        and isinstance(finder, str)
        and isinstance(replacement, str)
    )
