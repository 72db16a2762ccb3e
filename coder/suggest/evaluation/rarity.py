"""How well themes fare by how often they have been coded: half of all errors are on the rare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.suggest.evaluation.scored_responses import ScoredResponse

LEAST_CODINGS = (0, 1, 5, 10, 20, 50)
"""The codings with which the classes begin; the last has no end."""
_FIRST = 5


@dataclass(frozen=True, slots=True)
class RarityClass:
    """The themes with so many codings, taken together."""

    least: int
    most: int | None
    """None: any number."""
    codings: int
    """How many codings of these themes were tested."""
    recall: float
    """The share of them among the first five suggestions."""
    f1: float
    """2 TP / (assigned + coded)."""

    @property
    def name(self) -> str:
        """Return what stands in tables: `1-4`, `50+`."""
        if self.most is None:
            return f"{self.least}+"
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"


def by_rarity(
    tested: Iterable[tuple[ScoredResponse, Mapping[str, int]]],
) -> tuple[RarityClass, ...]:
    """Return recall@5 and F1 of the themes in each class that any tested coding or suggestion falls in.

    Args:
        tested: Responses, each with the codings of each theme that had been learned; themes without are left
            out of the mapping.
    """
    sums = [[0, 0, 0, 0] for _ in LEAST_CODINGS]
    for response, codings_of in tested:
        assigned, ranks = set(response.assigned), response.ranks or (_FIRST + 1,) * len(response.right)
        for theme_id, rank in zip(response.right, ranks, strict=True):
            row = sums[_class_of(codings_of.get(theme_id, 0))]
            row[0] += 1
            row[1] += rank <= _FIRST
            row[2] += theme_id in assigned
        for theme_id in assigned:
            sums[_class_of(codings_of.get(theme_id, 0))][3] += 1
    ends = [*(least - 1 for least in LEAST_CODINGS[1:]), None]
    return tuple(
        RarityClass(least, most, coded, among_first / max(1, coded), 2 * hits / (coded + suggested))
        for least, most, (coded, among_first, hits, suggested) in zip(LEAST_CODINGS, ends, sums, strict=True)
        if coded + suggested
    )


def _class_of(codings: int) -> int:
    return sum(codings >= least for least in LEAST_CODINGS) - 1
