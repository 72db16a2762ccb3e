"""People by id and by name: which of a team a name means."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.domain.grammar import listed
from coder.domain.near_names import fold_name, nearest
from coder.domain.team.settled_layer import SETTLED_NAME, is_person
from coder.domain.texts.shell_quoting import quoted
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Person(NamedTuple):
    """Somebody who codes."""

    id: str
    """What codings and steps name: it never changes."""
    name: str
    """What people read."""
    retired: bool = False
    """Whether they have left: their codings stay, and nobody codes under their name."""
    spellings: tuple[str, ...] = ()
    """Names they had before, which still mean them."""
    merged_into: str = ""
    """The id of the person whom this one turned out to be; empty for most."""

    def is_called(self, folded: str) -> bool:
        """Tell whether a name, as `fold_name` writes it, is one of theirs."""
        return any(fold_name(name) == folded for name in (self.name, *self.spellings))


class UnknownPersonError(CoderError):
    """A name that nobody of the team has."""


class Team(NamedTuple):
    """The people of a study."""

    everybody: Sequence[Person] = ()
    """Also those who turned out to be another, and so are no longer people of their own."""

    @property
    def people(self) -> list[Person]:
        """The people: those who are there first, in alphabetical order."""
        own = [person for person in self.everybody if not person.merged_into]
        return sorted(own, key=lambda person: (person.retired, fold_name(person.name), person.id))

    @property
    def merges(self) -> list[tuple[str, str]]:
        """Who turned out to be whom, by ids; before each stand those who turned out to be them."""
        into = {person.id: person.merged_into for person in self.everybody if person.merged_into}

        def merges_above(person_id: str) -> int:
            return 1 + merges_above(into[person_id]) if person_id in into else 0

        return sorted(into.items(), key=lambda merge: (-merges_above(merge[0]), merge))

    @property
    def names(self) -> list[str]:
        """The names of those who are there, in alphabetical order."""
        return [person.name for person in self.people if not person.retired]

    def name_of(self, person_id: str) -> str:
        """Return what somebody is called; an id that no person has is what people called themselves."""
        person = self.by_id(person_id)
        if person:
            return person.name
        return person_id if is_person(person_id) else SETTLED_NAME

    def by_id(self, person_id: str) -> Person | None:
        """Return the person of an id, or whom they turned out to be; None if there is none."""
        by_id = {person.id: person for person in self.everybody}
        person = by_id.get(person_id)
        while person is not None and person.merged_into:
            person = by_id.get(person.merged_into)
        return person

    def called(self, name: str) -> Person | None:
        """Return the person whom a name means: case, blanks around it and Unicode form do not matter.

        Raises:
            CoderError: Several people are called so.
        """
        folded = fold_name(name)
        candidates = (
            [person for person in self.people if person.name == name]
            or [
                person
                for person in self.people
                if any(other.is_called(folded) and self.by_id(other.id) == person for other in self.everybody)
            ]
            # Of two people of one name, which copies of a study may bring together, ids alone tell which.
            or [person for person in self.people if person.id == name]
        )
        if len(candidates) > 1:
            by_name = len({person.name for person in candidates}) == len(candidates)
            names = " and ".join(f"'{person.name if by_name else person.id}'" for person in candidates)
            msg = f"'{name}' may be {names}: two people of this study."
            raise CoderError(msg, "If they are one: coder team merge. If not: coder team rename.")
        return candidates[0] if candidates else None

    def meant(self, name: str) -> Person:
        """Return the person whom a name means.

        Raises:
            UnknownPersonError: Nobody is called so.
            CoderError: Several people are called so.
        """
        person = self.called(name)
        if person is None:
            msg = f"'{name}' is nobody of this study's team."
            hint = nearest(name, self.names) or f"Its people: {', '.join(self.names) or 'nobody yet'}."
            raise UnknownPersonError(msg, hint)
        return person

    def alike(self) -> list[tuple[Person, Person]]:
        """Return the pairs of people whose names are the same but for case, blanks or Unicode form."""
        return [
            (person, other)
            for person, other in combinations(self.people, 2)
            if fold_name(person.name) == fold_name(other.name)
        ]


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
