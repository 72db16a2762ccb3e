"""Decisions on places in answers, told to other copies as events of the team, and taken up from theirs."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.privacy.noted_places import NAME_COLUMN
from coder.domain.privacy.told_places import (
    PLACES_DECIDED,
    TOLD_NOTHING,
    PlaceKey,
    ToldPlace,
    folded_decisions,
    place_as_first_was,
    place_as_it_stands,
    read_decisions,
    written_decisions,
)
from coder.store.privacy.answer_cuts import answer_cuts
from coder.store.privacy.place_rows import note_places, noted_places
from coder.store.team.team_rows import note_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.privacy.noted_places import NotedPlace
    from coder.store.database import Database

_TOLD = "SELECT content FROM main.team_event WHERE kind = ? ORDER BY number"
_NUMBERS = "SELECT id, number FROM response WHERE id IN (SELECT value FROM json_each(?))"


def told_decisions(database: Database) -> dict[PlaceKey, NotedPlace]:
    """Return what is decided on places by all that copies told each other."""
    rows = database.rows(_TOLD, (PLACES_DECIDED,))
    return folded_decisions(read_decisions(json.loads(content)) for (content,) in rows)


def tell_decisions(database: Database, at: str, by: str) -> None:
    """Note as an event what was decided here and was not told yet; call it in a transaction.

    Args:
        database: The study's.
        at: When, in UTC.
        by: The id of who tells it.
    """
    shared, own = told_decisions(database), _decided_here(database)
    cuts = answer_cuts(database)
    numbers = _numbers(database, {key.response_id for key in shared})
    untold: dict[str, list[ToldPlace]] = defaultdict(list)
    for key, place in own.items():
        earlier = shared.get(key, TOLD_NOTHING)
        if earlier[2:] != place[2:]:
            untold[key.response_id].append(ToldPlace(place, earlier.decision))
    for key, place in shared.items():
        is_there = key.response_id in numbers and place_as_it_stands(place, cuts.get(key.response_id, ()))
        if place.decision and key not in own and is_there:
            withdrawn = place._replace(decision="", replacement="")
            untold[key.response_id].append(ToldPlace(withdrawn, place.decision))
    if untold:
        note_event(database, at, by, PLACES_DECIDED, written_decisions(untold))


def take_up_decisions(database: Database, shared_before: Mapping[PlaceKey, NotedPlace]) -> int:
    """Note here what other copies decided on places; call it in the transaction that took it in.

    A place on which somebody here decided otherwise, and has not told it yet, is open again.

    Args:
        database: The study's.
        shared_before: What `told_decisions` returned before.

    Returns:
        On how many places.
    """
    shared = told_decisions(database)
    news = {key: place for key, place in shared.items() if shared_before.get(key) != place}
    if not news:
        return 0
    cuts, noted = answer_cuts(database), noted_places(database)
    numbers = _numbers(database, {key.response_id for key in news})
    by_answer: dict[int, dict[tuple[int, int], NotedPlace]] = {}
    taken_up = 0
    for key, place in news.items():
        standing = place_as_it_stands(place, cuts.get(key.response_id, ()))
        number = numbers.get(key.response_id)
        if standing is None or number is None:
            continue
        places = by_answer.setdefault(number, {one[:2]: one for one in noted.get(number, ())})
        own = places.get(standing[:2], TOLD_NOTHING)
        known = shared_before.get(key, TOLD_NOTHING)
        if own.decision not in (known.decision, standing.decision):
            standing = standing._replace(decision="", replacement="")
        if own.finder == NAME_COLUMN:
            # Where names of the file's own column stand is known here alone.
            standing = standing._replace(finder=NAME_COLUMN)
        taken_up += own.decision != standing.decision
        if standing.decision or standing.finder == NAME_COLUMN:
            places[standing[:2]] = standing
        else:
            places.pop(standing[:2], None)
    note_places(database, {number: sorted(places.values()) for number, places in by_answer.items()})
    return taken_up


def _decided_here(database: Database) -> dict[PlaceKey, NotedPlace]:
    cuts = answer_cuts(database)
    ids: dict[int, str] = dict(database.rows("SELECT number, id FROM response"))
    decided = {}
    for number, places in noted_places(database).items():
        for place in places:
            if place.decision and number in ids:
                first = place_as_first_was(place, cuts.get(ids[number], ()))
                decided[PlaceKey(ids[number], first.start, first.end)] = first
    return decided


def _numbers(database: Database, response_ids: set[str]) -> dict[str, int]:
    return dict(database.rows(_NUMBERS, (json.dumps(sorted(response_ids)),)))
