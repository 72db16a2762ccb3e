"""Krippendorff's alpha for nominal values: how far several coders agree beyond chance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    Unit = tuple[int, ...]
    """How many coders gave a unit each of the values, in one order for all units."""


def nominal_alpha(units: Mapping[Unit, int]) -> float | None:
    """Return Krippendorff's alpha: 1 where all agree, 0 where they agree no more than by chance.

    With n_uc the coders who gave unit u the value c, m_u all who gave it one, n_c the sums over units that
    have two values or more, and n the sum of these::

        alpha = 1 - (n - 1) * sum over u of [sum over c != k of n_uc * n_uk / (m_u - 1)]
                    / sum over c != k of n_c * n_k

    Klaus Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A to C. Not every coder
    needs to have given every unit a value.

    Args:
        units: How many units there are of each kind.

    Returns:
        None where there is nothing to compare: no unit has two values, or all values are the same.
    """
    paired = {unit: times for unit, times in units.items() if sum(unit) > 1}
    observed = sum(times * _different(unit) / (sum(unit) - 1) for unit, times in paired.items())
    totals: Counter[int] = Counter()
    for unit, times in paired.items():
        for category, coders in enumerate(unit):
            totals[category] += coders * times
    expected = _different(tuple(totals.values()))
    return 1 - (totals.total() - 1) * observed / expected if expected else None


def _different(counts: Unit) -> int:
    """Return how many ordered pairs of values differ."""
    return sum(counts) ** 2 - sum(count**2 for count in counts)


def theme_units(
    readers: Mapping[int, int], chosen: Mapping[tuple[int, int], int], themes: int
) -> Counter[Unit]:
    """Return a unit for each theme on each answer: how many of its readers chose it, and how many did not.

    Args:
        readers: For each number of readers, how many answers had so many.
        chosen: For each number of readers and of those who chose the theme, how many times a theme was
            chosen by so many on an answer.
        themes: How many themes there were to choose from.
    """
    units: Counter[Unit] = Counter()
    for (read, chose), times in chosen.items():
        units[chose, read - chose] += times
    for read, answers in readers.items():
        chosen_times = sum(
            times for (readers_of_answer, _), times in chosen.items() if readers_of_answer == read
        )
        units[0, read] += answers * themes - chosen_times
    return units
