"""Which columns a person joined as boxes of one question, and which they parted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JoinedBoxes:
    """Columns that a person says are boxes of one question."""

    name: str
    """What the question is called; empty: as its first column says."""
    positions: tuple[int, ...]
    """The columns, counted from 0, box 1 first."""


@dataclass(frozen=True, slots=True)
class BoxChoices:
    """What a person says about boxes; everything else is worked out."""

    joined: tuple[JoinedBoxes, ...] = ()
    apart: frozenset[int] = frozenset()
    """Columns that are a question each."""

    @property
    def settled(self) -> frozenset[int]:
        """The columns of which a person has said where they belong."""
        return self.apart.union(*(boxes.positions for boxes in self.joined))

    def join(self, position: int, group: tuple[int, ...], name: str) -> BoxChoices:
        """Return the choices with a column as the last box of a question, which has these columns so far."""
        parted = self.part(position)
        joined = [boxes for boxes in parted.joined if not set(boxes.positions) & set(group)]
        joined.append(JoinedBoxes(name, (*group, position)))
        return BoxChoices(tuple(joined), parted.apart - {position, *group})

    def part(self, position: int) -> BoxChoices:
        """Return the choices with a column as a question of its own."""
        joined = [
            JoinedBoxes(boxes.name, tuple(box for box in boxes.positions if box != position))
            for boxes in self.joined
        ]
        return BoxChoices(tuple(boxes for boxes in joined if boxes.positions), self.apart | {position})


NO_BOX_CHOICES = BoxChoices()
"""Everything is worked out."""
