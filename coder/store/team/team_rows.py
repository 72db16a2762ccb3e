"""The people of a study, and the list of what was done to the team."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from coder.domain.team.team_people import Person, Team
from coder.store.opening.damage import damaged
from coder.store.row_hashes import PERSON_COLUMNS, TEAM_EVENT_COLUMNS, row_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.store.database import Database

EventKind = Literal["added", "renamed", "merged", "retired", "brought back"]


class TeamEvent(NamedTuple):
    """Something that was done to a team."""

    number: int
    at: str
    """When, in UTC."""
    by: str
    """The id of who did it."""
    kind: EventKind
    content: Mapping[str, Any]
    """Whom it concerns and how, by the names of that day."""


def team(database: Database) -> Team:
    """Return the people of a study."""
    rows = database.rows(f"SELECT {PERSON_COLUMNS} FROM person ORDER BY id")
    return Team([Person(cells[0], cells[1], bool(cells[2]), _names(cells[3]), cells[4]) for cells in rows])


def _names(written: str) -> tuple[str, ...]:
    try:
        return tuple(str(name) for name in json.loads(written))
    except (TypeError, ValueError) as error:
        fault = "The earlier names of a person make no sense."
        raise damaged(fault) from error


def put_person(database: Database, person: Person) -> None:
    """Write a person, a new one or what has become of one; call it inside a transaction."""
    cells = _cells(person)
    database.execute(
        f"INSERT OR REPLACE INTO person ({PERSON_COLUMNS}, row_hash) VALUES (?, ?, ?, ?, ?, ?)",
        (*cells, row_hash(*cells)),
    )


def ensure_person(database: Database, person_id: str) -> None:
    """See to it that whoever a step names is a person, called by their id unless it is known better."""
    cells = _cells(Person(person_id, person_id))
    database.execute(
        f"INSERT OR IGNORE INTO person ({PERSON_COLUMNS}, row_hash) VALUES (?, ?, ?, ?, ?, ?)",
        (*cells, row_hash(*cells)),
    )


def _cells(person: Person) -> tuple[str, str, int, str, str]:
    spellings = json.dumps(person.spellings, ensure_ascii=False)
    return person.id, person.name, int(person.retired), spellings, person.merged_into


def note_event(database: Database, at: str, by: str, kind: EventKind, content: Mapping[str, Any]) -> None:
    """Note what was done to a team; call it inside the transaction that does it."""
    number: int = database.value("SELECT COALESCE(MAX(number), 0) + 1 FROM team_event")
    cells = (number, at, by, kind, json.dumps(dict(content), ensure_ascii=False))
    database.execute(
        f"INSERT INTO team_event ({TEAM_EVENT_COLUMNS}, row_hash) VALUES (?, ?, ?, ?, ?, ?)",
        (*cells, row_hash(*cells)),
    )


def events(database: Database) -> list[TeamEvent]:
    """Return what was done to a team, oldest first."""
    rows = database.rows("SELECT number, at, by, kind, content FROM team_event ORDER BY number")
    return [TeamEvent(number, at, by, kind, json.loads(content)) for number, at, by, kind, content in rows]
