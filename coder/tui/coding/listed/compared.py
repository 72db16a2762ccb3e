"""How themes were coded before, as the desk keeps it: what was read last, and the way there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.workflows.coding.precedents import Precedents


class Compared:
    """The earlier answers that stand beside the one on screen. It and the way back change here alone."""

    def __init__(self) -> None:
        self._precedents: Precedents | None = None
        self._numbers: tuple[int, ...] = ()
        self._index = 0
        self._theme_id = ""
        self.origin: int | None = None
        """The answer from which one went to look at an earlier one; None while one has not."""

    def take(self, precedents: Precedents) -> None:
        """Keep what was read."""
        self._precedents = precedents

    def of(self, response: int | None, theme_id: str | None) -> Precedents | None:
        """Return how a theme was coded before, to compare with an answer; None until that is read."""
        precedents = self._precedents
        if precedents is None or (precedents.response, precedents.theme_id) != (response, theme_id):
            return None
        return precedents

    @property
    def theme_id(self) -> str:
        """The theme for whose sake one looks at an earlier answer."""
        return self._theme_id

    def go(self, precedents: Precedents, number: int | None = None) -> int | None:
        """Leave for an earlier answer, the first or the one given; return its number, None if none is."""
        listed = (*precedents.settled, *precedents.alike, *precedents.latest, *precedents.passed_over)
        numbers = tuple(earlier.number for earlier in listed)
        if not numbers:
            return None
        self._numbers, self._theme_id = numbers, precedents.theme_id
        self._index = numbers.index(number) if number in numbers else 0
        self.origin = precedents.response
        return numbers[self._index]

    def go_on(self) -> int:
        """Return the number of the next earlier answer, round and round."""
        self._index = (self._index + 1) % len(self._numbers)
        return self._numbers[self._index]

    def is_away(self, number: int | None) -> bool:
        """Tell whether the answer on screen is one that one went to look at."""
        return self.origin is not None and number in self._numbers

    def come_back(self) -> int | None:
        """Return the answer from which one went, and forget the way."""
        origin, self.origin = self.origin, None
        return origin
