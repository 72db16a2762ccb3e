"""The people of a study, and the list of what was done to the team."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from coder.domain.team.question_threads import QuestionEventKind
from coder.domain.team.rounds import RoundEventKind
from coder.domain.team.team_people import Person, RivalMerges, Team, ToldMerges
from coder.errors import CoderError
from coder.store.opening.damage import damaged
from coder.store.row_hashes import PERSON_COLUMNS, TEAM_EVENT_COLUMNS, row_hash
from coder.store.team.copies.act_rows import SHARED, note_act, of_talk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.store.database import Database

EventKind = (
    Literal["added", "renamed", "merged", "parted", "retired", "brought back"]
    | Literal["redacted", "withdrawn", "places decided"]
    | RoundEventKind
    | QuestionEventKind
)
"""`merged`: one turned out to be another. `parted`: that was taken back. `redacted`, `withdrawn`: words,
or all of a respondent, left the study. `places decided`: what is to leave it, and what gives nobody away."""


PRIVACY_EVENTS = ("redacted", "withdrawn")
"""Kinds of what takes words out of a study, as `EventKind` has them."""


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
    """See to it that whoever a step names is a person, called by their id unless it is known better.

    Raises:
        CoderError: They turned out to be another: what they do would be nobody's.
    """
    cells = _cells(Person(person_id, person_id))
    database.execute(
        f"INSERT OR IGNORE INTO person ({PERSON_COLUMNS}, row_hash) VALUES (?, ?, ?, ?, ?, ?)",
        (*cells, row_hash(*cells)),
    )
    merged: tuple[str, str] | None = database.row(
        """SELECT p.name, COALESCE(other.name, p.merged_into)
        FROM person p LEFT JOIN person other ON other.id = p.merged_into
        WHERE p.id = ? AND p.merged_into <> ''""",
        (person_id,),
    )
    if merged:
        name, other_name = merged
        msg = f"{name} was made one with {other_name} while this was open: nothing was saved."
        raise CoderError(msg, f"Open the study again, to go on as {other_name}.")


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
    note_act(database, "event", number, _subject(by, kind, content))


def _subject(by: str, kind: EventKind, content: Mapping[str, Any]) -> str:
    """Return what an event goes with: talk of the team is not for everybody, all others are."""
    if kind == "theme proposed":
        return of_talk(content["round"], by)
    return of_talk(content["question"], by) if kind in get_args(QuestionEventKind) else SHARED


def events(database: Database, *kinds: EventKind) -> list[TeamEvent]:
    """Return what was done to a team, oldest first: everything, or what is of some kinds."""
    rows = database.rows(
        """SELECT number, at, by, kind, content FROM team_event
        WHERE :kinds = '[]' OR kind IN (SELECT value FROM json_each(:kinds)) ORDER BY number""",
        {"kinds": json.dumps(kinds)},
    )
    return [TeamEvent(number, at, by, kind, json.loads(content)) for number, at, by, kind, content in rows]


def standing_merges(database: Database) -> list[TeamEvent]:
    """Return the merges of two people that hold, oldest first."""
    by_number = {event.number: event for event in events(database, "merged", "parted")}
    holding = {merge.event for merge in _told_merges(by_number.values()).standing.values()}
    return [event for number, event in by_number.items() if number in holding]


def rival_people(database: Database) -> list[RivalMerges]:
    """Return the people who were made one with different others, in different copies of the study."""
    people = team(database)
    names = {person.id: person.name for person in people.everybody}
    rivals = _told_merges(events(database, "merged", "parted")).rivals()
    return [
        RivalMerges(source, names.get(source, source), tuple(map(people.name_of, targets)))
        for source, targets in rivals.items()
    ]


def _told_merges(told: Iterable[TeamEvent]) -> ToldMerges:
    merges = ToldMerges()
    for event in told:
        merges.take(event.number, event.kind, event.content)
    return merges


def merge_with_step(database: Database, step: int) -> TeamEvent | None:
    """Return the merge of two people that made a step of the log, taken back or not; None for any other."""
    return next((event for event in events(database, "merged") if step in steps_of_event(event)), None)


def steps_of_event(event: TeamEvent) -> Sequence[int]:
    """Return the steps of the log that were made with what was done to a team."""
    steps: Sequence[int | str] = event.content.get("steps", ())
    # One that is not here, as its respondent has withdrawn, is named as on other copies.
    return [step for step in steps if isinstance(step, int)]
