"""The people of a team as they follow from what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.domain.near_names import fold_name
from coder.domain.team.team_people import Person, ToldMerges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.domain.team.team_people import EventName

PEOPLE_EVENTS = ("added", "renamed", "merged", "parted", "retired", "brought back")


def people_told(
    known: Iterable[str], told: Iterable[tuple[EventName, str, Mapping[str, Any]]]
) -> dict[str, Person]:
    """Return the people of a team by id.

    Args:
        known: The ids of those who worked on the study: they are people, of whom nothing may be told.
        told: Name, kind and content of what was done to the team, in order.
    """
    people = {person_id: Person(person_id, person_id) for person_id in known}
    merges = ToldMerges()
    for event, kind, content in told:
        if kind not in PEOPLE_EVENTS:
            continue
        merges.take(event, kind, content)
        person_id = str(content["id"])
        person = people.get(person_id) or Person(person_id, str(content["name"]))
        match kind:
            case "added":
                person = person._replace(name=str(content["name"]))
            case "renamed":
                person = renamed(person, str(content["new_name"]))
            case "retired" | "brought back":
                person = person._replace(retired=kind == "retired")
        people[person_id] = person
    for person_id, merge in merges.standing.items():
        people[person_id] = people[person_id]._replace(merged_into=merge.target)
    return people


def renamed(person: Person, name: str) -> Person:
    """Return a person who is called otherwise; the name they had goes on to mean them."""
    earlier = tuple(
        spelling
        for spelling in dict.fromkeys((*person.spellings, person.name))
        if fold_name(spelling) != fold_name(name)
    )
    return person._replace(name=name, spellings=earlier)
