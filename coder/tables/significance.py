"""A test of difference between groups that suits small tables, in the standard library alone.

For two groups Fisher's exact test, two-sided: the tables no more likely than the one found. For more, the
chi-square statistic: against its distribution where every expected count is at least 5 (Cochran's rule),
else against random tables with the same margins, drawn from a fixed seed. Holm's step-down adjustment
(Holm 1979, Scandinavian Journal of Statistics 6) allows for the number of tests.
"""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DRAWS = 2000
SEED = 1
_ENOUGH = 5
_SLACK = 1e-9
"""Two statistics that differ by less are equal: they were added up in another order."""


def difference(counts: Sequence[int], bases: Sequence[int]) -> float | None:
    """Return the probability, by chance alone, of shares that differ at least as much as these.

    Args:
        counts: How many of each group.
        bases: The sizes of the groups, none of them 0.

    Returns:
        A probability; None where nobody is counted, everybody is, or there is one group.
    """
    if len(bases) == 1 or not 0 < sum(counts) < sum(bases):
        return None
    if len(bases) == len(("one", "other")):
        return _fisher(counts, bases)
    share = sum(counts) / sum(bases)
    if min(bases) * min(share, 1 - share) >= _ENOUGH:
        return _chi_square_tail(_statistic(counts, bases), len(bases) - 1)
    return _by_draws(counts, bases)


def holm(probabilities: Sequence[float]) -> list[float]:
    """Return the probabilities adjusted for their number, in the order given."""
    order = sorted(range(len(probabilities)), key=lambda number: probabilities[number])
    adjusted = [0.0] * len(order)
    highest = 0.0
    for rank, number in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - rank) * probabilities[number]))
        adjusted[number] = highest
    return adjusted


def _fisher(counts: Sequence[int], bases: Sequence[int]) -> float:
    together, base = sum(counts), bases[0]
    possible = range(max(0, together - bases[1]), min(together, base) + 1)
    logs = {n: _log_ways(base, n) + _log_ways(bases[1], together - n) for n in possible}
    most = max(logs.values())
    weights = {n: math.exp(log - most) for n, log in logs.items()}
    limit = weights[counts[0]] * (1 + _SLACK)
    return sum(weight for weight in weights.values() if weight <= limit) / sum(weights.values())


def _log_ways(size: int, counted: int) -> float:
    return math.lgamma(size + 1) - math.lgamma(counted + 1) - math.lgamma(size - counted + 1)


def _statistic(counts: Sequence[int], bases: Sequence[int]) -> float:
    share = sum(counts) / sum(bases)
    squares = ((n - base * share) ** 2 / base for n, base in zip(counts, bases, strict=True))
    return sum(squares) / (share * (1 - share))


def _chi_square_tail(statistic: float, freedom: int) -> float:
    """Return the upper tail of chi-square for whole degrees of freedom, by its recurrence."""
    half = statistic / 2
    odd = freedom % 2
    tail = math.erfc(math.sqrt(half)) if odd else math.exp(-half)
    for step in range(freedom // 2 if odd else freedom // 2 - 1):
        power = step + (0.5 if odd else 1)
        tail += math.exp(power * math.log(half) - half - math.lgamma(power + 1)) if half else 0.0
    return min(tail, 1.0)


def _by_draws(counts: Sequence[int], bases: Sequence[int]) -> float:
    statistic = _statistic(counts, bases) * (1 - _SLACK)
    as_far = sum(_statistic(drawn, bases) >= statistic for drawn in _drawn(sum(counts), bases))
    return (1 + as_far) / (1 + DRAWS)


def _drawn(together: int, bases: Sequence[int]) -> Iterator[list[int]]:
    """Yield random counts with the same sum, as if everybody's group were drawn anew."""
    chance = Random(SEED)  # noqa: S311  # the same table must give the same probability
    groups = range(len(bases))
    # Drawing those who are not counted comes to the same and may be quicker.
    few = min(together, sum(bases) - together)
    for _ in range(DRAWS):
        drawn = [0] * len(bases)
        for group in chance.sample(groups, few, counts=bases):
            drawn[group] += 1
        yield drawn if few == together else [base - n for n, base in zip(drawn, bases, strict=True)]
