"""What was done to the team, in the order that every copy gives it, and the tables that follow from it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from coder.domain.team.people_events import people_told
from coder.domain.team.settled_layer import is_person
from coder.store.row_hashes import TEAM_EVENT_COLUMNS, row_hash
from coder.store.team.copies.act_contents import EVENT_OF, STEPS_OF, contents
from coder.store.team.copies.act_rows import places_of
from coder.store.team.round_rows import write_rounds
from coder.store.team.team_rows import EventKind, put_person, team

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.copies.acts import ActPlace
    from coder.domain.copies.received_acts import Content
    from coder.store.database import Database


_AT_WORK = """SELECT DISTINCT coder FROM main.step
    UNION SELECT DISTINCT by_person FROM main.step WHERE by_person <> ''"""
"""Whoever coded, and whoever acted for the settled layer or for somebody else."""


def stored_events(database: Database) -> dict[ActPlace, Content]:
    """Return what was done to the team, by place."""
    places = places_of(database, "event")
    return {places[local]: content for local, content in contents(database, "event", list(places))}


def is_known_event(kind: object) -> bool:
    """Tell whether this version of the program knows what an event of a kind does."""
    return kind in _named_by(EventKind)


def _named_by(kinds: Any) -> set[object]:
    """Return the texts that a literal type allows, or one made of several."""
    return {name for kind in get_args(kinds) for name in (_named_by(kind) or {kind})}


def write_events(database: Database, events: Mapping[ActPlace, Content]) -> None:
    """Write all that was done to the team, numbered in order, and bring the people in line.

    Call it where the log is `unguarded`, once its steps have their numbers.
    """
    numbers = {str(place.name): number for number, place in enumerate(sorted(events), start=1)}
    steps = {
        name: local
        for local, name in database.rows(
            "SELECT local, writer || ':' || number FROM act WHERE kind = 'step' AND local IS NOT NULL"
        )
    }
    database.execute("DELETE FROM team_event")
    for place in sorted(events):
        content, number = events[place], numbers[str(place.name)]
        portable = dict(content["content"])
        if isinstance(portable.get(STEPS_OF), list):
            portable[STEPS_OF] = [steps.get(step, step) for step in portable[STEPS_OF]]
        if EVENT_OF in portable:
            portable[EVENT_OF] = numbers.get(portable[EVENT_OF], portable[EVENT_OF])
        cells = (
            number, content["at"], content["by"], content["kind"], json.dumps(portable, ensure_ascii=False),
        )  # fmt: skip
        database.execute(
            f"INSERT INTO team_event ({TEAM_EVENT_COLUMNS}, row_hash) VALUES (?, ?, ?, ?, ?, ?)",
            (*cells, row_hash(*cells)),
        )
        database.execute(
            "UPDATE act SET local = ? WHERE writer = ? AND number = ?", (number, place.writer, place.number)
        )
    write_team(
        database,
        [(str(place.name), events[place]["kind"], events[place]["content"]) for place in sorted(events)],
    )


def write_team(database: Database, told: list[tuple[str, str, Mapping[str, Any]]]) -> None:
    """Work people and rounds out anew from what was done to the team."""
    workers = [person for (person,) in database.rows(_AT_WORK) if is_person(person)]
    earlier = {person.id: person for person in team(database).everybody}
    for person in people_told([*earlier, *workers], told).values():
        if earlier.get(person.id) != person:
            put_person(database, person)
    write_rounds(database)
