"""The test of difference, against the tables and functions of a statistics library."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from coder.tables.significance import _chi_square_tail, difference, holm


@st.composite
def groups(draw: st.DrawFn, most: int) -> tuple[list[int], list[int]]:
    """Draw groups of some sizes, with how many are counted in each."""
    bases = draw(st.lists(st.integers(1, 12), min_size=2, max_size=most))
    return [draw(st.integers(0, base)) for base in bases], bases


@given(drawn=groups(2))
def test_two_groups_have_fishers_exact_test(drawn: tuple[list[int], list[int]]) -> None:
    """Two-sided, as the library has it."""
    counts, bases = drawn
    assume(0 < sum(counts) < sum(bases))
    table = [counts, [base - n for n, base in zip(counts, bases, strict=True)]]
    assert difference(counts, bases) == pytest.approx(stats.fisher_exact(table).pvalue, abs=1e-6)


@given(statistic=st.floats(0, 80), freedom=st.integers(1, 12))
def test_the_tail_of_chi_square(statistic: float, freedom: int) -> None:
    """The recurrence gives the library's numbers."""
    assert _chi_square_tail(statistic, freedom) == pytest.approx(stats.chi2.sf(statistic, freedom), abs=1e-9)


def test_large_groups_have_chi_square() -> None:
    """Where every expected count is at least 5."""
    counts, bases = [20, 35, 50], [100, 100, 100]
    table = [counts, [base - n for n, base in zip(counts, bases, strict=True)]]
    expected = stats.chi2_contingency(table, correction=False).pvalue
    assert difference(counts, bases) == pytest.approx(expected)


def test_small_groups_have_random_tables() -> None:
    """The share of random tables that differ as much comes near the exact one, and is the same each time."""
    counts, bases = [5, 0, 1], [6, 6, 6]
    found = difference(counts, bases)
    assert found == difference(counts, bases)
    assert found == pytest.approx(_exact(counts, bases), abs=0.015)


def _exact(counts: list[int], bases: list[int]) -> float:
    from itertools import product
    from math import comb, prod

    def spread(row: tuple[int, ...]) -> int:
        return sum(n * n for n in row)

    rows = [row for row in product(*(range(b + 1) for b in bases)) if sum(row) == sum(counts)]
    ways = {row: prod(comb(b, n) for n, b in zip(row, bases, strict=True)) for row in rows}
    far = sum(times for row, times in ways.items() if spread(row) >= spread(tuple(counts)))
    return far / sum(ways.values())


@given(drawn=groups(4))
@settings(max_examples=25)
def test_equal_shares_never_differ(drawn: tuple[list[int], list[int]]) -> None:
    """Groups of which the same share is counted have probability 1; nobody and everybody have no test."""
    _, bases = drawn
    assert difference([0] * len(bases), bases) is None
    assert difference(bases, bases) is None
    assert difference(bases, [2 * base for base in bases]) == pytest.approx(1)


def test_holm_steps_down() -> None:
    """The smallest is multiplied by their number, the next by one less; none falls below one before it."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([]) == []
