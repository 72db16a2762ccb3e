"""Changing who is in a team: names, people who come, people who leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.team.people_events import renamed
from coder.errors import CoderError
from coder.store import codings, log
from coder.store.team.team_rows import EventKind, note_event, put_person, team
from coder.workflows.study.coders import enter, new_person, persons_name
from coder.workflows.team.rounds.round_text import round_event_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.team.team_people import Person
    from coder.store.team.team_rows import TeamEvent
    from coder.workflows.study.study import Study


class Membership(NamedTuple):
    """A person of a team, and what of theirs there is."""

    person: Person
    codings: int
    answers_done: int
    latest: str
    """When they last did something, in UTC; empty if never."""


def members(study: Study) -> list[Membership]:
    """Return the people of a study's team, those who are there first."""
    database = study.database
    return [
        Membership(
            person,
            database.value("SELECT COUNT(*) FROM coding WHERE coder = ?", (person.id,)),
            len(codings.confirmed(database, person.id)),
            database.value("SELECT COALESCE(MAX(at), '') FROM step WHERE coder = ?", (person.id,)),
        )
        for person in team(database).people
    ]


def add_people(study: Study, names: Sequence[str], by: str) -> list[Person]:
    """Add people to a study's team: all of them, or none.

    Raises:
        CoderError: A name is none, or somebody's.
        ReadOnlyError: The study can only be read.
    """
    people = []
    with study.database.transaction():
        for name in names:
            person = new_person(team(study.database), name)
            enter(study.database, person, by)
            people.append(person)
    return people


def rename(study: Study, name: str, new_name: str, by: str) -> Person:
    """Call a person otherwise; the name they had goes on to mean them.

    Raises:
        CoderError: Nobody is called so, or the new name is none or somebody else's.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        people = team(study.database)
        person, tidied = people.meant(name), persons_name(new_name)
        namesake = people.called(tidied)
        if namesake is not None and namesake.id != person.id:
            msg = f"'{tidied}' is {namesake.name}, another person of the team."
            raise CoderError(msg, f"If they are one: coder team merge {person.name} {namesake.name}")
        person_now = renamed(person, tidied)
        put_person(study.database, person_now)
        note_event(
            study.database, log.utc_now(), by, "renamed",
            {"id": person.id, "name": person.name, "new_name": tidied},
        )  # fmt: skip
    return person_now


def retire(study: Study, name: str, by: str, *, back: bool = False) -> Person:
    """Note that somebody has left the team, or is back; their codings stay as they are.

    Raises:
        CoderError: Nobody is called so, or it is so already.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        person = team(study.database).meant(name)
        if person.retired != back:
            state = "is in the team" if back else "has left the team already"
            msg = f"{person.name} {state}."
            raise CoderError(msg, "See: coder team list")
        changed = person._replace(retired=not back)
        put_person(study.database, changed)
        kind: EventKind = "brought back" if back else "retired"
        note_event(study.database, log.utc_now(), by, kind, {"id": person.id, "name": person.name})
    return changed


def event_text(event: TeamEvent) -> str:
    """Return what was done to a team, in words."""
    content = event.content
    if text := round_event_text(event):
        return text
    if event.kind in _ABOUT_QUESTIONS:
        about = f" about {content['response']}" if content.get("response") else ""
        return f"{_ABOUT_QUESTIONS[event.kind]}{about}"
    if event.kind == "renamed":
        return f"{content['name']} is called {content['new_name']}"
    if event.kind == "merged":
        return f"{content['name']} is {content['into_name']}"
    if event.kind == "parted":
        return f"{content['name']} is not {content['into_name']}: their codings are parted again"
    return f"{content['name']} {_EVENTS[event.kind]}"


_ABOUT_QUESTIONS = {
    "asked": "asked the team",
    "answered": "answered a question to the team",
    "question closed": "closed a question to the team",
    "question opened": "opened a question to the team again",
}
"""Without their words, which may say how somebody codes."""
_EVENTS = {"added": "joined", "retired": "left", "brought back": "is back"}
