"""Rounds of coding: who codes which answers, what each may see, and who has finished.

What is done to rounds are events of the team, which name people, answers and rounds by ids that mean the same
in every copy of a study. The rounds as they stand follow from them.

What is coded in a training, or coded again to be compared with what one coded before, is set apart: in the
log it has a layer of its own in the place of a coder, as what the team has settled has (`settled_layer`). It
is seen where it is coded and by the measures that it is for, and counts nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Literal

from coder.domain.near_names import fold_name, nearest
from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

RoundEventKind = Literal[
    "round begun", "answers assigned", "round finished", "round reopened", "round ended", "handed over",
    "theme proposed",
]  # fmt: skip


APART: Final = "\tapart\t"
"""What the ids of layers set apart begin with, in place of a coder's; then comes the round's id. No person's
id does: names begin with no blank."""
AGAIN: Final = "\tagain"
"""By what a round is measured in which somebody codes again: by their own earlier codings."""


def is_apart(coder_id: str) -> bool:
    """Tell whether an id in a coder's place is that of a layer set apart."""
    return coder_id.startswith(APART)


def round_of_layer(layer: str) -> str:
    """Return the id of the round that a layer set apart is of."""
    return layer.removeprefix(APART)


@dataclass(slots=True)
class Round:
    """A round of coding, as it stands."""

    id: str
    """The same in every copy of the study."""
    name: str
    is_blind: bool
    """Whether its members see their own codings alone until all of them have finished."""
    suggests: bool
    """Whether themes are suggested in it; if not, they stand in the codebook's order."""
    codebook: str
    """The hash of the version of the codebook that it began with, in hexadecimal digits."""
    began: str
    """When, in UTC."""
    ended: str = ""
    """When somebody ended it, in UTC; empty while it goes on."""
    gold: str = ""
    """Of a training the id of whose codings it is measured by; `AGAIN` where somebody codes again; empty for
    other rounds."""
    to_pass: float = 0.0
    """Of a training the least agreement on each theme."""
    finished: dict[str, str] = field(default_factory=dict)
    """The ids of its members, in the order in which they came to it, with when each finished, if ever."""
    assigned: dict[str, list[str]] = field(default_factory=dict)
    """The ids of its members with those of their answers, in the order in which they were given."""

    @property
    def member_ids(self) -> list[str]:
        """The ids of those who code in it."""
        return list(self.finished)

    @property
    def layer(self) -> str:
        """The id of the layer in which it is coded, set apart; empty: each codes in it as ever."""
        return APART + self.id if self.gold else ""

    @property
    def is_repeat(self) -> bool:
        """Whether somebody codes again in it what they coded before."""
        return self.gold == AGAIN

    @property
    def is_training(self) -> bool:
        """Whether a new coder is measured in it by what is coded already."""
        return bool(self.gold) and not self.is_repeat

    def coded_as(self, person_id: str) -> str:
        """Return the id under which the codings of one of its members in it stand."""
        return self.layer or person_id

    @property
    def answer_ids(self) -> set[str]:
        """The ids of all its answers."""
        return {answer for answers in self.assigned.values() for answer in answers}

    def settled_at(self, retired: Iterable[str] = ()) -> str:
        """Return when the last of its members finished, in UTC; an empty text while somebody has not.

        Args:
            retired: The ids of those who have left the team: nobody waits for them.
        """
        away = set(retired)
        moments = [at for member, at in self.finished.items() if at or member not in away]
        return max(moments) if moments and all(moments) else ""

    def is_blind_for(self, person_id: str, retired: Iterable[str] = ()) -> bool:
        """Tell whether somebody sees only their own codings on its answers, wherever they are.

        Who codes again is so while they do: their earlier codings are theirs to see elsewhere.
        """
        is_going_on = not self.ended and person_id in self.finished and not self.settled_at(retired)
        return self.is_blind and is_going_on and not self.is_repeat


class Rounds:
    """The rounds of a study, those that began first first."""

    def __init__(self, rounds: Sequence[Round] = ()) -> None:
        self.by_id: dict[str, Round] = {one_round.id: one_round for one_round in rounds}
        self._became: dict[str, str] = {}
        """Who turned out to be whom."""

    def __iter__(self) -> Iterator[Round]:
        """Go through the rounds."""
        return iter(self.by_id.values())

    def meant(self, name: str) -> Round:
        """Return the round that a name means, whatever its case; of several the one that began last.

        Raises:
            CoderError: There is none of that name.
        """
        rounds = [one_round for one_round in self if fold_name(one_round.name) == fold_name(name)]
        if rounds:
            return rounds[-1]
        names = [one_round.name for one_round in self]
        msg = f"The study has no round '{name}'."
        raise CoderError(msg, nearest(name, names) or f"Its rounds: {', '.join(names) or 'none yet'}.")

    def take(self, kind: str, at: str, content: Mapping[str, Any]) -> None:
        """Take in what was done to the team at a moment in UTC; what concerns no round changes nothing.

        A copy that does not know yet that somebody is another goes on to name them by the id they had.
        """
        if kind == "round begun":
            self._begin(at, content)
            return
        if kind == "merged":
            self._became[content["id"]] = content["into"]
            for one_round in self:
                _rename(one_round, content["id"], self._now(content["into"]))
        concerned = self.by_id.get(content.get("round", ""))
        if concerned is None:
            return
        person = self._now(content.get("person", ""))
        if kind == "answers assigned":
            _assign(concerned, person, content["answers"])
        elif kind == "round finished" and person in concerned.finished:
            concerned.finished[person] = at
        elif kind == "round reopened" and person in concerned.finished:
            concerned.finished[person] = ""
        elif kind == "round ended":
            concerned.ended = at
        elif kind == "handed over" and person != self._now(content["to"]):
            _hand_over(concerned, person, self._now(content["to"]), content["answers"])

    def _begin(self, at: str, content: Mapping[str, Any]) -> None:
        # Trainings from before their codings were set apart are rounds like others: those count.
        gold = content.get("gold", "") if content.get("apart") else ""
        members = list(dict.fromkeys(map(self._now, content["members"])))
        self.by_id[content["round"]] = Round(
            content["round"], content["name"], content["blind"], content["suggests"], content["codebook"], at,
            gold=self._now(gold), to_pass=content.get("to_pass", 0.0), finished=dict.fromkeys(members, ""),
            assigned={member: [] for member in members},
        )  # fmt: skip

    def _now(self, person_id: str) -> str:
        """Return the id of whom somebody turned out to be by now; else theirs."""
        while person_id in self._became:
            person_id = self._became[person_id]
        return person_id


def _rename(one_round: Round, person_id: str, new_id: str) -> None:
    """Make somebody's part in a round another's, who they turned out to be.

    Where both had a part, both must have finished; but for answers that the other has anyway.
    """
    if one_round.gold == person_id:
        one_round.gold = new_id
    if person_id not in one_round.finished:
        return
    finished, answers = one_round.finished.pop(person_id), one_round.assigned.pop(person_id, [])
    earlier = one_round.finished.get(new_id, finished)
    _assign(one_round, new_id, answers)
    if finished and earlier:
        one_round.finished[new_id] = max(finished, earlier)


def _hand_over(concerned: Round, person_id: str, new_id: str, answer_ids: Sequence[str]) -> None:
    """Give answers of somebody to another; who is left without any is no member any more."""
    gone = set(answer_ids)
    remaining = [answer for answer in concerned.assigned.get(person_id, []) if answer not in gone]
    if remaining:
        concerned.assigned[person_id] = remaining
    else:
        concerned.assigned.pop(person_id, None)
        concerned.finished.pop(person_id, None)
    _assign(concerned, new_id, answer_ids)


def _assign(concerned: Round, person_id: str, answer_ids: Sequence[str]) -> None:
    """Give answers to somebody; whoever had finished has not, with more to read."""
    theirs = concerned.assigned.setdefault(person_id, [])
    there_already = set(theirs)
    more = [answer for answer in dict.fromkeys(answer_ids) if answer not in there_already]
    theirs.extend(more)
    if more or person_id not in concerned.finished:
        concerned.finished[person_id] = ""


def drawn(names: Iterable[str], seed: int) -> list[str]:
    """Return names in an order drawn at random: the same for a seed, in whatever order they come.

    Each goes by SHA-256 of the seed and itself, so that every program and every copy draws alike.
    """
    return sorted(set(names), key=lambda name: (sha256(f"{seed}:{name}".encode()).digest(), name))


def split(units: Sequence[str], member_ids: Sequence[str], overlap: float) -> dict[str, set[str]]:
    """Deal units out to people in turn; a share of them, from the front, to two people each.

    With three people or more each pair of neighbours shares a like number.

    Args:
        units: What is dealt out, in an order drawn at random.
        member_ids: To whom.
        overlap: The share of the units that two people are to read, between 0 and 1.
    """
    dealt: dict[str, set[str]] = {member: set() for member in member_ids}
    twice = round(len(units) * overlap) if len(member_ids) > 1 else 0
    for place, unit in enumerate(units):
        dealt[member_ids[place % len(member_ids)]].add(unit)
        if place < twice:
            dealt[member_ids[(place + 1) % len(member_ids)]].add(unit)
    return dealt
