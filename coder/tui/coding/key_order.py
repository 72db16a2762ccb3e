"""Which theme stands on which place, and so on which number key: the order of an answer's suggestions."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from coder.tui.coding.suggestions import Ranking, Suggested

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

FREE = Suggested("", None)
"""A place that no theme has: the theme that stood on it is gone."""

_ORDERS_KEPT = 50


class OrdersLeft:
    """In which orders suggestions stood on the answers that were left last: undo brings them back."""

    def __init__(self) -> None:
        self._rankings: dict[int, Ranking] = {}
        self._returns_to: int | None = None

    def note(self, number: int, ranking: Ranking) -> None:
        """Note in which order the suggestions of an answer stand as it is left."""
        self._rankings.pop(number, None)
        self._rankings[number] = ranking
        if len(self._rankings) > _ORDERS_KEPT:
            del self._rankings[next(iter(self._rankings))]

    def return_to(self, number: int) -> None:
        """Note that the next answer is one that comes back, as what was done to it is taken back."""
        self._returns_to = number

    def take_for(self, number: int) -> Ranking | None:
        """Return the order in which an answer was left that comes back now; None of any other."""
        returns, self._returns_to = self._returns_to == number, None
        return self._rankings.get(number) if returns else None


def in_front(
    ranking: Ranking, choices_of: Mapping[str, Sequence[str]], chosen_ids: Collection[str] = ()
) -> Ranking:
    """Return a ranking with the themes in front that are asked about, then those that are chosen.

    Args:
        ranking: The suggestions.
        choices_of: Theme in question to the themes to choose from; it follows these.
        chosen_ids: The themes that stand on the answer; they stay in the order of the ranking.
    """
    by_id = {suggested.theme_id: suggested for suggested in ranking.suggestions}
    by_rank = [*by_id, *(theme_id for theme_id in chosen_ids if theme_id not in by_id)]
    asked_about = chain.from_iterable(
        (*(theme_id for theme_id in by_id if theme_id in choices), in_question)
        for in_question, choices in choices_of.items()
    )
    chosen = (theme_id for theme_id in by_rank if theme_id in chosen_ids)
    theme_ids = dict.fromkeys((*asked_about, *chosen, *by_id))
    return Ranking(
        ranking.stage, tuple(by_id.get(theme_id, Suggested(theme_id, None)) for theme_id in theme_ids)
    )


def places_kept(on_screen: Ranking, newer: Ranking) -> Ranking:
    """Return a ranking whose themes stay where they are, with what a newer one has besides.

    A theme that the newer one lacks leaves its place free. A theme that comes with it takes the first free
    place, or follows the last. How strong suggestions are stays as it was seen.
    """
    of_newer = {suggested.theme_id: suggested for suggested in newer.suggestions}
    places = [suggested if suggested.theme_id in of_newer else FREE for suggested in on_screen.suggestions]
    standing_ids = {suggested.theme_id for suggested in places}
    for theme_id, suggested in of_newer.items():
        if theme_id in standing_ids:
            continue
        fresh = suggested if newer.stage == on_screen.stage else Suggested(theme_id, None, suggested.spans)
        if FREE in places:
            places[places.index(FREE)] = fresh
        else:
            places.append(fresh)
    while places and places[-1] == FREE:
        places.pop()
    return Ranking(on_screen.stage, tuple(places))
