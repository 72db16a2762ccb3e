"""What a finder is, and the one that most are: a pattern with a check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from coder.domain.privacy.findings import Certainty, Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coder.domain.privacy.removals import Kind


class Finder(Protocol):
    """Finds places of one sort in a text."""

    @property
    def name(self) -> str:
        """What people read of it, as in "found by: e-mail"."""

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the places in a text, in any order; positions are code points."""


@dataclass(frozen=True, slots=True)
class PatternFinder:
    """Finds what a regular expression matches and a check confirms.

    Attributes:
        kind: What it finds; the name of the finder as well.
        pattern: Group `it`, where the pattern has one, is the place; else all that matches.
        certainty: Says how sure a match is; None: it is none.
        hint: A text without it has none of this kind: a quick look before the pattern.
    """

    kind: Kind
    pattern: re.Pattern[str]
    certainty: Callable[[re.Match[str]], Certainty | None]
    hint: re.Pattern[str]

    @property
    def name(self) -> str:
        """What people read of it."""
        return self.kind

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the places that match and are confirmed."""
        if self.hint.search(text) is None:
            return
        group = "it" if "it" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(text):
            certainty = self.certainty(match)
            if certainty is not None:
                yield Finding(match.start(group), match.end(group), self.kind, self.name, certainty)


def proved(_match: re.Match[str]) -> Certainty:
    """Return that the form alone proves it."""
    return Certainty.PROVED


def digits_of(text: str) -> str:
    """Return the digits of a text, one after the other."""
    return "".join(letter for letter in text if letter.isdecimal() and letter.isascii())


def words_before(match: re.Match[str], many: int = 40) -> str:
    """Return the text before a match, in lower case.

    Args:
        match: Where.
        many: At most so many code points of it.
    """
    return match.string[max(0, match.start() - many) : match.start()].casefold()


A_DIGIT = re.compile(r"\d")
