"""Decisions on places in answers as copies of a study tell them to each other: positions, never words.

Positions are those of the texts as they first were, so they hold whatever was cut out since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from coder.domain.codings import Span
from coder.domain.privacy.noted_places import NotedPlace, read_places
from coder.domain.privacy.text_cuts import span_before_cuts, span_with_cuts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.privacy.noted_places import PlaceDecision
    from coder.domain.privacy.text_cuts import TextCut

PLACES_DECIDED: Final = "places decided"
"""The kind of event of the team that tells decisions."""
REPLACEMENT = 5
"""Where in what is told of a place the text stands that somebody wants there; the others are no texts."""


class PlaceKey(NamedTuple):
    """A place: an answer's id, and characters [start, end) of its text as it first was."""

    response_id: str
    start: int
    end: int


class ToldPlace(NamedTuple):
    """What was decided on a place, and what stood when it was."""

    place: NotedPlace
    """By the text as it first was."""
    stood: PlaceDecision
    """What was known to be decided until then."""


TOLD_NOTHING = NotedPlace(0, 1, "other", "")
"""Stands for a place of which nothing was told."""


def place_as_first_was(place: NotedPlace, cuts: Sequence[TextCut]) -> NotedPlace:
    """Return a place by the text as it first was, given what is cut out of it."""
    return place._replace(**span_before_cuts(Span(place.start, place.end), cuts)._asdict())


def place_as_it_stands(place: NotedPlace, cuts: Sequence[TextCut]) -> NotedPlace | None:
    """Return a place by the text as it stands; None where some of it was taken out."""
    if any(cut.start < place.end and place.start < cut.end for cut in cuts):
        return None
    return place._replace(**span_with_cuts(Span(place.start, place.end), cuts)._asdict())


def written_decisions(decisions: Mapping[str, Iterable[ToldPlace]]) -> dict[str, Any]:
    """Return what an event says that tells decisions, by the ids of answers."""
    return {
        "answers": {
            response_id: [[*decision.place, decision.stood] for decision in of_answer]
            for response_id, of_answer in sorted(decisions.items())
        }
    }


def read_decisions(content: Mapping[str, Any]) -> dict[PlaceKey, ToldPlace]:
    """Return what `written_decisions` wrote.

    Raises:
        ValueError, TypeError, LookupError, AttributeError: It is nothing of the kind.
    """
    decisions: dict[PlaceKey, ToldPlace] = {}
    for response_id, rows in content["answers"].items():
        for *cells, stood in rows:
            (place,) = read_places([cells])
            if stood not in ("", "take", "keep"):
                raise ValueError
            decisions[PlaceKey(str(response_id), place.start, place.end)] = ToldPlace(place, stood)
    return decisions


def folded_decisions(events: Iterable[Mapping[PlaceKey, ToldPlace]]) -> dict[PlaceKey, NotedPlace]:
    """Return what is decided on each place by all that was told, in its order.

    Who decided without knowing what stood, and otherwise, has opened the place again: somebody has to say.
    """
    standing: dict[PlaceKey, NotedPlace] = {}
    for decisions in events:
        for key, (place, stood) in decisions.items():
            earlier = standing.get(key, TOLD_NOTHING)
            is_aware = earlier.decision in (stood, place.decision)
            standing[key] = place if is_aware else place._replace(decision="", replacement="")
    return standing
