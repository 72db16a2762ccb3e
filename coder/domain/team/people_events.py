"""The people of a team as they follow from what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.grammar import listed
from coder.domain.near_names import fold_name
from coder.domain.team.team_people import Person
from coder.domain.texts.shell_quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PEOPLE_EVENTS = ("added", "renamed", "merged", "parted", "retired", "brought back")
EventName = int | str
"""What an event of a team is called: its number in this copy, or its name in every copy."""


class ToldMerge(NamedTuple):
    """That somebody turned out to be another."""

    event: EventName
    source: str
    """The id of who turned out to be another."""
    target: str


class RivalMerges(NamedTuple):
    """Somebody who was made one with different people, in copies of the study that did not know it."""

    source_id: str
    name: str
    targets: tuple[str, ...]
    """The names of these; the merge into the last one holds."""

    def __str__(self) -> str:
        person, *_, last = map(quoted, (self.name, *self.targets))
        return (
            f"{self.name} was made one with {listed(self.targets)} in different copies. What was said last"
            f" holds: {self.name} is {self.targets[-1]}. To settle it: coder team part {person}, then coder"
            f" team merge {person} OTHER; if all of them are one: coder team merge {quoted(self.targets[0])}"
            f" {last}"
        )


class ToldMerges:
    """Which people turned out to be others, going through what was done to a team in order.

    Copies of a study may say of one person that they are two different others. The last that was said holds;
    what was said before is displaced by it, also once the last is taken back. Where two turned out to be each
    other, what was said first holds.
    """

    def __init__(self) -> None:
        self.standing: dict[str, ToldMerge] = {}
        """The merges that hold, by who turned out to be another; in order."""
        self._displaced: dict[str, list[ToldMerge]] = {}

    def take(self, event: EventName, kind: str, content: Mapping[str, Any]) -> None:
        """Take in something that was done to the team; what joins and parts nobody changes nothing."""
        if kind == "merged":
            self._merge(ToldMerge(event, str(content["id"]), str(content["into"])))
        elif kind == "parted":
            self._take_back(content.get("merge"))

    def _merge(self, merge: ToldMerge) -> None:
        above = self.standing.get(merge.target)
        while above is not None and above.target != merge.source:
            above = self.standing.get(above.target)
        if above is not None or merge.source == merge.target:
            return
        earlier = self.standing.pop(merge.source, None)
        if earlier is not None:
            self._displaced.setdefault(merge.source, []).append(earlier)
        self.standing[merge.source] = merge

    def _take_back(self, event: object) -> None:
        for source, merge in list(self.standing.items()):
            if merge.event == event:
                del self.standing[source]
                self._displaced.pop(source, None)
        for displaced in self._displaced.values():
            displaced[:] = [merge for merge in displaced if merge.event != event]

    def end_of(self, person_id: str) -> str:
        """Return the id of whom somebody turned out to be, over as many merges as there were; else theirs."""
        while person_id in self.standing:
            person_id = self.standing[person_id].target
        return person_id

    def rivals(self) -> dict[str, list[str]]:
        """Map who was made one with different people to the ids of these, whose merge holds last."""
        rivals: dict[str, list[str]] = {}
        for source, displaced in self._displaced.items():
            targets = [self.end_of(merge.target) for merge in (*displaced, self.standing[source])]
            distinct = list(dict.fromkeys(reversed(targets)))[::-1]
            if len(distinct) > 1:
                rivals[source] = distinct
        return rivals


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
