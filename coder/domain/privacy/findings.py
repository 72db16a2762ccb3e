"""What finders see in answers, and how the findings of several finders become one list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.privacy.removals import Kind


ON_REQUEST: tuple[Kind, ...] = ("place", "organisation")
"""Kinds that are looked for only if somebody asks: a name goes before them."""


class Certainty(IntEnum):
    """How sure a finder is."""

    GUESS = 1
    """It looks like it: a person has to say."""
    LISTED = 2
    """It stands in a list: the team's own, or a name column of the survey file."""
    PROVED = 3
    """Its form proves it: a check digit, a list of all that are given out, words beside it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text that gives somebody away.

    Attributes:
        start: Its first code point.
        end: The code point behind its last.
        kind: What it is.
        finder: The name of the finder.
        certainty: How sure that finder is.
    """

    start: int
    end: int
    kind: Kind
    finder: str
    certainty: Certainty

    def overlaps(self, other: Finding) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    @property
    def _rank(self) -> tuple[int, bool, int, int]:
        return -self.certainty, self.kind in ON_REQUEST, self.start - self.end, self.start


def one_a_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings that share no character, by place.

    Where several overlap the surest stays, of these the longest; it grows over those of its own kind that it
    overlaps, so that nothing which a finder saw is left standing: a list knows "Priya" and "Khan", and a
    guess is "Priya Shah Khan".
    """
    chosen: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: finding._rank):  # noqa: SLF001 - of its own class
        overlapped = [other for other in chosen if other.overlaps(finding)]
        if all(other.kind == finding.kind for other in overlapped):
            # Those chosen first are the surest.
            grown = reduce(_grown, [*overlapped, finding])
            chosen = [*(other for other in chosen if other not in overlapped), grown]
    return tuple(sorted(chosen, key=lambda finding: finding.start))


def _grown(finding: Finding, other: Finding) -> Finding:
    return replace(finding, start=min(finding.start, other.start), end=max(finding.end, other.end))
