"""Themes with the places in the file that they were read from, and what is wrong with them there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codebook_rules import broken_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.codebook import Theme


class Place(NamedTuple):
    """Where something stands in a file, both counted from 1."""

    line: int
    """In a table, the row."""
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class CodebookFault:
    """Something wrong in a codebook's file: where, what, and what to do."""

    place: Place
    message: str
    hint: str
    file_name: str = ""

    def __str__(self) -> str:
        return f"{self.file_name}:{self.place}: {self.message} — {self.hint}"


@dataclass(frozen=True, slots=True)
class PlacedTheme:
    """A theme and the places of its keys; the key "" is the place of its block."""

    theme: Theme
    places: Mapping[str, Place]

    def place_of(self, key: str) -> Place:
        """Return the place of a key of the theme, or of its block if it lacks the key."""
        return self.places.get(key, self.places[""])


def rule_faults(placed_themes: Sequence[PlacedTheme], unit: str = "line") -> list[CodebookFault]:
    """Return where the themes of a file break the rules of a codebook, in the order of the file.

    Args:
        placed_themes: The themes in the file's order.
        unit: What the first number of a place counts: `line`, or `row` for a table.
    """

    def place_name(position: int) -> str:
        return f"{unit} {placed_themes[position].place_of('').line}"

    broken = broken_rules([placed.theme for placed in placed_themes], place_name)
    return in_file_order(
        CodebookFault(placed_themes[rule.position].place_of(rule.field), rule.message, rule.hint)
        for rule in broken
    )


def in_file_order(faults: Iterable[CodebookFault]) -> list[CodebookFault]:
    """Return faults by their places."""
    return sorted(faults, key=lambda fault: fault.place)


def with_nets_not_codable(placed_themes: Sequence[PlacedTheme]) -> list[PlacedTheme]:
    """Return the themes; nets are not codable where the file does not say of them that they are."""
    nets = {placed.theme.parent for placed in placed_themes}
    return [
        replace(placed, theme=replace(placed.theme, codable=False))
        if placed.theme.id in nets and "codable" not in placed.places
        else placed
        for placed in placed_themes
    ]
