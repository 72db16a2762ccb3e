"""Coefficients of agreement between coders; each is a pure function of what they chose.

Not a number stands for nothing to compare: where all chose the same, no disagreement could be expected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Figures = NDArray[np.float64]
    Integers = NDArray[np.int64]

MISSING = -1
"""Stands for the value of a coder who gave a unit none."""


def krippendorff_alpha(values: Integers, distances: Figures | None = None) -> float:
    """Return Krippendorff's alpha: 1 where all agree, 0 where they agree no more than by chance.

    With n_uc the coders who gave unit u the value c, m_u all who gave it one, n_c the sums over units that
    have two values or more, n the sum of these, and d_ck the distance of two values::

        alpha = 1 - (n - 1) * sum over u of [sum over c, k of n_uc * n_uk * d_ck / (m_u - 1)]
                    / sum over c, k of n_c * n_k * d_ck

    Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). Not every coder needs to have given
    every unit a value.

    Args:
        values: (coders, units); the number of a value, or `MISSING`.
        distances: (values, values) between 0 and 1; None: any two that differ are 1 apart.
    """
    import numpy as np

    values = values[:, (values != MISSING).sum(axis=0) > 1]
    if not values.size:
        return float("nan")
    if distances is None:
        distances = 1.0 - np.eye(int(values.max()) + 1)
    there = values != MISSING
    weights = 1 / (there.sum(axis=0) - 1)
    observed = 0.0
    for first in range(len(values)):
        for second in range(first):
            both = there[first] & there[second]
            apart = distances[values[first, both], values[second, both]]
            observed += 2 * float((apart * weights[both]).sum())
    times = np.bincount(values[there], minlength=len(distances)).astype(float)
    return float(alpha_of_sums(observed, times @ distances @ times, times.sum()))


def alpha_of_sums(observed: Any, expected: Any, values: Any) -> Any:
    """Return alpha from its sums, numbers or arrays of them.

    Args:
        observed: The sum over units of the distances of their values, each pair both ways, over m_u - 1.
        expected: The sum of the distances of all values of all units, each pair both ways.
        values: How many values there are, n.
    """
    import numpy as np

    expected, values = np.asarray(expected, float), np.asarray(values, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = 1 - (values - 1) * observed / expected
    return np.where(expected > 0, alpha, np.nan)[()]


def masi_distances(shared: Any, size: Any, other_size: Any) -> Figures:
    """Return the distance of two sets of themes, numbers or arrays of them; that of two empty sets is 0.

    One less the Jaccard index times 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap,
    and 0 where they share nothing. Rebecca Passonneau, Measuring Agreement on Set-valued Items (MASI) for
    Semantic and Pragmatic Annotation (LREC 2006).

    Args:
        shared: How many themes are in both.
        size: How many are in the one.
        other_size: How many are in the other.
    """
    import numpy as np

    shared, size, other_size = np.broadcast_arrays(shared, size, other_size)
    union = size + other_size - shared
    holds = shared == np.minimum(size, other_size)
    alike = np.where(size == other_size, 1.0, 2 / 3)
    monotonic = np.where(holds, alike, 1 / 3)
    distances: Figures = 1 - np.where(union > 0, shared / np.maximum(union, 1) * monotonic, 1.0)
    return distances


def pooled_kappa(tables: Figures) -> float:
    """Return Cohen's kappa of two coders, pooled over several themes; of one theme it is kappa itself.

    The observed agreement of all tables together, less what each one's own margins lead one to expect, over
    the most that this could be. Each decision weighs the same; where every theme was decided on as many
    answers it is the pooled kappa of Han de Vries, Marc Elliott, David Kanouse, Stephanie Teleki, Using
    Pooled Kappa to Summarize Interrater Agreement across Many Items (Field Methods 20, 2008). A theme that
    nobody chose changes nothing.

    Args:
        tables: (themes, values, values); how often the one coder chose a value and the other another.
    """
    import numpy as np

    units = tables.sum(axis=(1, 2))
    tables, units = tables[units > 0], units[units > 0]
    observed = np.trace(tables, axis1=1, axis2=2).sum()
    expected = ((tables.sum(axis=1) * tables.sum(axis=2)).sum(axis=1) / units).sum()
    total = units.sum()
    return float((observed - expected) / (total - expected)) if total > expected else float("nan")


def gwet_ac1(counts: Figures) -> float:
    """Return Gwet's AC1, in which chance agrees most where values are equally frequent.

    Kilem Gwet, Computing inter-rater reliability and its variance in the presence of high agreement (British
    Journal of Mathematical and Statistical Psychology 61, 2008). High wherever one value is rare: with 500
    answers and a theme that one coder chose three times and the other ten times, never together, it is .97.

    Args:
        counts: (units, values); how many coders gave a unit a value. A unit with one coder counts in the
            frequencies of values alone.
    """
    counts = counts[counts.sum(axis=1) > 0]
    if not len(counts) or counts.shape[1] < 2:  # noqa: PLR2004  # one value leaves no choice
        return float("nan")
    shares = (counts / counts.sum(axis=1, keepdims=True)).mean(axis=0)
    by_chance = float((shares * (1 - shares)).sum() / (counts.shape[1] - 1))
    return _beyond(_observed(counts), by_chance)


def brennan_prediger(counts: Figures) -> float:
    """Return the coefficient of Brennan and Prediger, which for two values is PABAK: 2 p - 1.

    Robert Brennan, Dale Prediger, Coefficient Kappa: Some Uses, Misuses, and Alternatives (Educational and
    Psychological Measurement 41, 1981); Ted Byrt, Janet Bishop, John Carlin, Bias, Prevalence and Kappa
    (Journal of Clinical Epidemiology 46, 1993).

    Args:
        counts: (units, values); how many coders gave a unit a value.
    """
    return _beyond(_observed(counts), 1 / counts.shape[1])


def _observed(counts: Figures) -> float:
    """Return the mean share of pairs of a unit's coders that agree; units with one coder have no pair."""
    coders = counts.sum(axis=1)
    paired, coders = counts[coders > 1], coders[coders > 1]
    if not len(paired):
        return float("nan")
    return float(((paired * (paired - 1)).sum(axis=1) / (coders * (coders - 1))).mean())


def _beyond(observed: float, by_chance: float) -> float:
    return (observed - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")
