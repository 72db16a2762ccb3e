"""What a share of a base says of a population: intervals and differences, in the standard library alone.

Bases may be effective ones, which are no whole numbers: so many respondents of equal weight.
"""

from __future__ import annotations

import math

Z95 = 1.959963984540054
"""The normal quantile of 0.975, for intervals of 95 %."""
ENOUGH = 5
"""Expected counts from which on the normal distribution serves (Cochran 1954, Biometrics 10)."""


def wilson(share: float, base: float) -> tuple[float, float]:
    """Return the ends of Wilson's score interval of 95 %, without a correction for continuity.

    Source: Wilson 1927, Journal of the American Statistical Association 22; Brown, Cai and DasGupta 2001,
    Statistical Science 16, recommend it for small bases.

    Args:
        share: From 0 to 1.
        base: More than 0; an effective one where the share is weighted.

    Returns:
        Two shares, between which the share lies.
    """
    square = Z95 * Z95
    middle = share + square / (2 * base)
    half = Z95 * math.sqrt(share * (1 - share) / base + square / (4 * base * base))
    low, high = ((middle + sign * half) / (1 + square / base) for sign in (-1, 1))
    # At the ends rounding would leave 1e-17 where nought is meant, or less than that.
    return (
        0.0 if share == 0 else max(min(low, share), 0.0),
        1.0 if share == 1 else min(max(high, share), 1.0),
    )


def difference_of_two(shares: tuple[float, float], bases: tuple[float, float]) -> float | None:
    """Return the probability, by chance alone, of two shares that differ at least as much.

    The two-sided z test of two independent proportions with their pooled variance, which is Pearson's
    chi-square without a correction for continuity (Fleiss, Levin and Paik 2003, 3.1).

    Args:
        shares: From 0 to 1.
        bases: The sizes of the two groups; effective ones where shares are weighted.

    Returns:
        A probability; None where an expected count is under five.
    """
    pooled = sum(share * base for share, base in zip(shares, bases, strict=True)) / sum(bases)
    if min(bases) * min(pooled, 1 - pooled) < ENOUGH:
        return None
    error = math.sqrt(pooled * (1 - pooled) * sum(1 / base for base in bases))
    return math.erfc(abs(shares[0] - shares[1]) / error / math.sqrt(2))
