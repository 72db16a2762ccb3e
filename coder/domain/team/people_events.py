"""The people of a team as they follow from what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.near_names import fold_name
from coder.domain.team.team_people import Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PEOPLE_EVENTS = ("added", "renamed", "merged", "parted", "retired", "brought back")


def people_told(known: Iterable[str], told: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Person]:
    """Return the people of a team by id.

    Args:
        known: The ids of those who worked on the study: they are people, of whom nothing may be told.
        told: Kind and content of what was done to the team, in order.
    """
    people = {person_id: Person(person_id, person_id) for person_id in known}
    for kind, content in told:
        if kind not in PEOPLE_EVENTS:
            continue
        person_id = str(content["id"])
        person = people.get(person_id) or Person(person_id, str(content["name"]))
        match kind:
            case "added":
                person = person._replace(name=str(content["name"]))
            case "renamed":
                person = renamed(person, str(content["new_name"]))
            case "merged":
                person = person._replace(merged_into=_other(people, person_id, str(content["into"])))
            case "parted":
                person = person._replace(merged_into="")
            case _:
                person = person._replace(retired=kind == "retired")
        people[person_id] = person
    return people


def renamed(person: Person, name: str) -> Person:
    """Return a person who is called otherwise; the name they had goes on to mean them."""
    earlier = tuple(
        spelling
        for spelling in dict.fromkeys((*person.spellings, person.name))
        if fold_name(spelling) != fold_name(name)
    )
    return person._replace(name=name, spellings=earlier)


def _other(people: Mapping[str, Person], person_id: str, into: str) -> str:
    """Return whom somebody turned out to be; nobody where that one turned out to be them, on another copy."""
    above = people.get(into)
    while above is not None and above.merged_into:
        if above.merged_into == person_id:
            return ""
        above = people.get(above.merged_into)
    return "" if into == person_id else into
