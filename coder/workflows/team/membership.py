"""Changing who is in a team: names, people who turn out to be one, people who leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Aspect, Change, Origin, WordsBy
from coder.domain.grammar import counted, listed_few
from coder.domain.near_names import fold_name
from coder.errors import CoderError
from coder.store import codings, log
from coder.store.database import refuse_changes, rehearsal
from coder.store.team.team_rows import EventKind, note_event, put_person, team
from coder.workflows.study.coders import checked_name, enter, new_person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.team.team_people import Person
    from coder.store.database import Database
    from coder.store.team.team_rows import TeamEvent
    from coder.workflows.study.study import Study


_ANSWERS_NAMED = 10


class Membership(NamedTuple):
    """A person of a team, and what of theirs there is."""

    person: Person
    codings: int
    answers_done: int
    latest: str
    """When they last did something, in UTC; empty if never."""


class PeopleMerge(NamedTuple):
    """What became of the codings of somebody who turned out to be another."""

    source: Person
    target: Person
    moved: int
    """Codings that are the target's now."""
    shared: int
    """Codings that both had."""
    differing: tuple[str, ...]
    """Ids of answers on which they had chosen otherwise: the target's choice stands."""


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
        person, tidied = people.meant(name), checked_name(new_name)
        namesake = people.called(tidied)
        if namesake is not None and namesake.id != person.id:
            msg = f"'{tidied}' is {namesake.name}, another person of the team."
            raise CoderError(msg, f"If they are one: coder team merge {person.name} {namesake.name}")
        earlier = tuple(
            spelling
            for spelling in dict.fromkeys((*person.spellings, person.name))
            if fold_name(spelling) != fold_name(tidied)
        )
        renamed = person._replace(name=tidied, spellings=earlier)
        put_person(study.database, renamed)
        note_event(
            study.database, log.utc_now(), by, "renamed",
            {"id": person.id, "name": person.name, "new_name": tidied},
        )  # fmt: skip
    return renamed


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


def merge(study: Study, source_name: str, target_name: str, by: str) -> PeopleMerge:
    """Make two people one: what the first has coded is the second's, and the first name means them.

    Where both have coded or confirmed an answer and chose otherwise, the second's choice stands.

    Raises:
        CoderError: One of them is nobody of the team, or they are one already.
        ReadOnlyError: The study can only be read.
    """
    with study.database.transaction():
        merged = _merged(study, source_name, target_name)
        source, target = merged.source, merged.target
        put_person(study.database, source._replace(merged_into=target.id))
        note_event(
            study.database, log.utc_now(), by, "merged",
            {"id": source.id, "name": source.name, "into": target.id, "into_name": target.name},
        )  # fmt: skip
    return merged


def rehearse_merge(study: Study, source_name: str, target_name: str) -> PeopleMerge:
    """Work out what making two people one would do; nothing is changed. It raises what `merge` does."""
    refuse_changes(study.database)
    with rehearsal(study.database):
        return _merged(study, source_name, target_name)


def _merged(study: Study, source_name: str, target_name: str) -> PeopleMerge:
    people = team(study.database)
    source = _exactly(people.people, source_name) or people.meant(source_name)
    target = _exactly(people.people, target_name) or people.meant(target_name)
    if source.id == target.id:
        msg = f"'{source_name}' and '{target_name}' are both {target.name}."
        raise CoderError(msg, "See: coder team list")
    return _move(study.database, source, target)


def _exactly(people: list[Person], name: str) -> Person | None:
    """Return the person of this very name: people whose names are alike are merged by it."""
    return next((person for person in people if person.name == name), None)


def _move(database: Database, source: Person, target: Person) -> PeopleMerge:
    """Make what stands of one person another's: a step of each, in the transaction of the caller."""
    own = _standing(database, source.id)
    theirs = _standing(database, target.id)
    taken: list[Change] = []
    shared, differing = 0, []
    for response, contents in own.items():
        standing = theirs.get(response)
        if standing is None:
            taken += [_change(response, key, None, content) for key, content in contents.items()]
            continue
        both = {key for key in contents if key[0] == "theme" and key in standing}
        shared += len(both)
        if {key for key in contents if key[0] != "memo"} != {key for key in standing if key[0] != "memo"}:
            differing.append(response)
    gone = [
        _change(response, key, content, None)
        for response, contents in own.items()
        for key, content in contents.items()
    ]
    if gone:
        log.append(database, source.id, f"codings go to {target.name}, who is the same person", gone)
    if taken:
        log.append(database, target.id, f"codings of {source.name}, who is the same person", taken)
    moved = sum(change.aspect == "theme" for change in taken)
    return PeopleMerge(source, target, moved, shared, tuple(_ids(database, differing)))


_Key = tuple[Aspect, str]
"""An aspect and a theme."""


class _Content(NamedTuple):
    """What stands, as the log writes it; of a coding how it came about, and who picked its words."""

    logged: str
    origin: Origin
    words_by: WordsBy


def _standing(database: Database, coder_id: str) -> dict[int, dict[_Key, _Content]]:
    standing: dict[int, dict[_Key, _Content]] = {}
    rows = database.rows(
        """SELECT response, 'theme', theme, spans, origin, words_by FROM coding WHERE coder = :coder
        UNION ALL SELECT response, aspect, theme, value, 'hand', '' FROM mark WHERE coder = :coder
        ORDER BY 1, 2, 3""",
        {"coder": coder_id},
    )
    for response, aspect, theme, *content in rows:
        standing.setdefault(response, {})[aspect, theme] = _Content(*content)
    return standing


def _change(response: int, key: _Key, old: _Content | None, new: _Content | None) -> Change:
    aspect, theme_id = key
    content = new or old or _Content("", "hand", "")
    return Change(
        response,
        aspect,
        old.logged if old else None,
        new.logged if new else None,
        theme_id,
        content.origin,
        words_by=content.words_by if new else "",
    )


def _ids(database: Database, responses: list[int]) -> Iterator[str]:
    for number in responses:
        yield database.value("SELECT id FROM response WHERE number = ?", (number,))


def merge_text(merged: PeopleMerge) -> str:
    """Return what a merge of two people does, in words."""
    source, target = merged.source.name, merged.target.name
    shared = f"; {merged.shared:,} that both have stay {target}'s" if merged.shared else ""
    lines = [
        f"{source} is {target}: {counted(merged.moved, 'coding')} of {source} become {target}'s{shared}."
    ]
    if merged.differing:
        lines.append(
            f"On {counted(len(merged.differing), 'answer')} the two differ, and what {target} chose stands:"
            f" {listed_few(merged.differing, _ANSWERS_NAMED)}."
        )
    return "\n".join(lines)


def event_text(event: TeamEvent) -> str:
    """Return what was done to a team, in words."""
    content = event.content
    if event.kind == "renamed":
        return f"{content['name']} is called {content['new_name']}"
    if event.kind == "merged":
        return f"{content['name']} is {content['into_name']}"
    return f"{content['name']} {_EVENTS[event.kind]}"


_EVENTS = {"added": "joined", "retired": "left", "brought back": "is back"}
