"""Coders of a study by name, and who codes where nobody is named."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.near_names import fold_name, nearest
from coder.domain.path_names import on_one_line
from coder.domain.team.settled_layer import SETTLED_NAME
from coder.domain.team.team_people import Person, UnknownPersonError
from coder.errors import CoderError
from coder.store import log
from coder.store.team.team_rows import note_event, put_person, team
from coder.store.team.workers import coders_with_codings, people_at_work

if TYPE_CHECKING:
    from coder.domain.team.team_people import Team
    from coder.store.database import Database

LONGEST_NAME = 60
"""Characters of a person's name."""
_ID_BYTES = 4


def default_coder() -> str:
    """Return who codes when nobody is named: the name one is logged in with."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        # Nothing names anybody: Python then asks a list of users that Windows has not.
        return "coder"


def people_of(database: Database) -> Team:
    """Return the people of a study."""
    return team(database)


def coder_called(database: Database, name: str) -> str:
    """Return the id of the person whom a name means; a name that nobody has is returned in NFC.

    Raises:
        CoderError: Several people are called so.
    """
    person = team(database).called(name)
    return person.id if person else normalize("NFC", name)


def coder_meant(database: Database, coder_id: str | None) -> str:
    """Return a coder; without one the only one there is, else whoever is logged in.

    Raises:
        CoderError: They have not worked on the study, or it is not clear who is meant.
    """
    people, workers = team(database), people_at_work(database)
    if coder_id is None:
        coder_id = workers[0] if len(workers) == 1 else default_coder()
    if coder_id not in workers:
        coder_id = coder_called(database, coder_id)
    if coder_id not in workers:
        names, name = sorted(map(people.name_of, workers)), people.name_of(coder_id)
        msg = f"'{name}' has not worked on this study."
        hint = f"Who has: {', '.join(names)} (--coder NAME)." if names else "Nobody has yet."
        raise CoderError(msg, nearest(name, names) or hint)
    return coder_id


def refuse_unknown_coder(database: Database, coder_id: str) -> None:
    """Raise CoderError if no coding of this coder stands; the hint gives the nearest name."""
    coder_ids = coders_with_codings(database)
    if coder_id not in coder_ids:
        people = team(database)
        names = sorted(map(people.name_of, coder_ids))
        name = people.name_of(coder_id)
        msg = f"'{name}' has coded nothing in this study."
        hint = nearest(name, names) or f"Who has coded: {', '.join(names) or 'nobody yet'}."
        raise CoderError(msg, hint)


def coder_at_work(database: Database, name: str) -> str:
    """Return the id of the person who is to code; who comes first to a study joins its team by that.

    Raises:
        UnknownPersonError: The study has people, and nobody is called so.
        CoderError: Several people are called so, or the one who is has left the team.
        ReadOnlyError: The study can only be read, and nobody has worked on it.
    """
    people = team(database)
    if not people.everybody:
        return join(database, name).id
    person = people.called(name)
    if person is None:
        msg = f"'{name}' is nobody of this study's team: {', '.join(people.names)}."
        hint = nearest(name, people.names) or "A new coder joins it with: coder team add NAME"
        raise UnknownPersonError(msg, hint)
    if person.retired:
        msg = f"{person.name} has left the team of this study."
        raise CoderError(msg, f"Back to the team: coder team bring-back {person.name}")
    return person.id


def join(database: Database, name: str, by: str = "") -> Person:
    """Add a person to a study's team, in a transaction of its own; return them.

    Args:
        database: The study's.
        name: What they are called.
        by: The id of who adds them; empty: they do so themselves.

    Raises:
        CoderError: The name is empty, far too long, or somebody has it.
    """
    person = new_person(team(database), name)
    with database.transaction():
        enter(database, person, by)
    return person


def enter(database: Database, person: Person, by: str = "") -> None:
    """Write a new person, and that they joined; call it inside a transaction. `by` as in `join`."""
    put_person(database, person)
    note_event(database, log.utc_now(), by or person.id, "added", {"id": person.id, "name": person.name})


def new_person(people: Team, name: str) -> Person:
    """Return a person of a name that nobody has; raise CoderError if it is no name, or somebody's.

    Their id is drawn at random: another copy of the study may add somebody of that name, who is another.
    """
    tidied = persons_name(name)
    if namesake := people.called(tidied):
        msg = f"'{tidied}' is the name of {namesake.name}, who is in the team."
        raise CoderError(msg, "Give another name, by which people can tell the two apart.")
    person_id = drawn_id(tidied)
    while people.by_id(person_id) is not None:
        person_id = f"{person_id}-{os.urandom(_ID_BYTES).hex()}"
    return Person(person_id, tidied)


def drawn_id(name: str) -> str:
    """Return an id for a new person of a name, which no other copy of the study draws as well."""
    return f"{name}-{os.urandom(_ID_BYTES).hex()}"


def checked_name(name: str) -> str:
    """Return a name of a person in NFC and with single blanks; raise CoderError if it is none."""
    tidied = " ".join(normalize("NFC", name).split())
    if not tidied or len(tidied) > LONGEST_NAME or not tidied.isprintable():
        msg = f"'{on_one_line(name)[:LONGEST_NAME]}' is no name for a coder."
        raise CoderError(msg, f"Give one of 1 to {LONGEST_NAME} characters that can be printed.")
    return tidied


def persons_name(name: str) -> str:
    """Return a name that a person can have, as `checked_name` does; raise CoderError if it is none.

    What a team settled is called `settled` where people are called by their names: so nobody else is.
    """
    tidied = checked_name(name)
    if fold_name(normalize("NFKC", tidied)) == SETTLED_NAME:
        msg = f"Nobody can be called '{tidied}': what the team has settled is called '{SETTLED_NAME}'."
        raise CoderError(msg, "Give another name.")
    return tidied
