"""Which words of an answer are kept with a coding, and where else they could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.text.spans import clauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.codings import Span

MOST = 0.9
"""Share of an answer from which the words marked in it are as good as all of it."""


def is_whole(text: str, spans: Iterable[Span]) -> bool:
    """Tell whether spans are as good as the whole text."""
    return sum(end - start for start, end in spans) >= MOST * len(text)


def words_of_suggestion(text: str, places: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words kept with a suggestion that is accepted: its best place, unless that is the whole.

    Args:
        text: The response's.
        places: The parts that carry the theme, best first.
    """
    best = tuple(places[:1])
    return () if is_whole(text, best) else best


def turns(text: str, kept: Sequence[Span], places: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    """Return what the words of a coding can be, in turn: as they are, each other place, the whole answer.

    Args:
        text: The response's.
        kept: The words as they are; none for the whole answer.
        places: The parts that carry the theme, best first. Where none of them lies elsewhere, the
            clauses that do are taken, the next one first.
    """
    others = _elsewhere(text, kept, places) or _following(kept, _elsewhere(text, kept, clauses(text)))
    return (*([tuple(kept)] if kept else []), *((other,) for other in others), ())


def _elsewhere(text: str, kept: Sequence[Span], places: Iterable[Span]) -> list[Span]:
    """Return the places that are a part of the text and lie outside of the words kept by half at least."""
    return [
        place
        for place in places
        if not is_whole(text, [place])
        and 2 * sum(_shared(place, words) for words in kept) <= place.end - place.start
    ]


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _following(kept: Sequence[Span], places: list[Span]) -> list[Span]:
    """Return places with those first that begin after the words kept."""
    return sorted(places, key=lambda place: bool(kept) and place.start < kept[0].start)
