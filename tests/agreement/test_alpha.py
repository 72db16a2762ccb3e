"""Krippendorff's alpha: published examples, and what must hold of any codings."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.agreement.alpha import nominal_alpha, theme_units

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): section A, two coders and two values;
# section C, four coders and five values, where a dot is a value that is missing.
TWO_VALUES = ("0100000010", "1110010000")
FIVE_VALUES = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units_of(coders: tuple[str, ...]) -> Counter[tuple[int, ...]]:
    """Return how many coders gave each unit each value."""
    values = sorted({value for row in coders for value in row} - {"."})
    columns = zip(*coders, strict=True)
    return Counter(tuple(column.count(value) for value in values) for column in columns)


@pytest.mark.parametrize(("coders", "alpha"), [(TWO_VALUES, 0.095), (FIVE_VALUES, 0.743)])
def test_published_examples(coders: tuple[str, ...], alpha: float) -> None:
    """The two worked examples of nominal data come out as printed, to three places."""
    found = nominal_alpha(units_of(coders))
    assert found is not None
    assert round(found, 3) == alpha


def test_nothing_to_compare() -> None:
    """Without a unit of two values, or without two different values, there is no coefficient."""
    assert nominal_alpha({}) is None
    assert nominal_alpha({(1, 0): 5, (0, 1): 5}) is None
    assert nominal_alpha({(0, 2): 9}) is None


def test_full_agreement_and_full_disagreement() -> None:
    """Coders who always agree have 1; two who never do have less than 0."""
    assert nominal_alpha({(2, 0): 3, (0, 2): 4}) == 1
    never = nominal_alpha({(1, 1): 10})
    assert never is not None
    assert never < 0


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(1, 9), max_size=8))
def test_values_may_change_names(units: dict[tuple[int, ...], int]) -> None:
    """Which value is called which makes no difference, and alpha is never above 1."""
    turned: Counter[tuple[int, ...]] = Counter()
    for (one, other), times in units.items():
        turned[other, one] += times
    alpha = nominal_alpha(units)
    assert alpha == pytest.approx(nominal_alpha(turned))
    assert alpha is None or alpha <= 1


@given(st.lists(st.lists(st.sets(st.integers(0, 3)), min_size=2, max_size=3), max_size=6))
def test_theme_units_are_every_theme_on_every_answer(answers: list[list[set[int]]]) -> None:
    """Counted from what was chosen alone, the units are those that a full table of decisions has."""
    readers = Counter(len(coders) for coders in answers)
    chosen: Counter[tuple[int, int]] = Counter()
    full: Counter[tuple[int, ...]] = Counter()
    for coders in answers:
        for theme in range(4):
            chose = sum(theme in themes for themes in coders)
            full[chose, len(coders) - chose] += 1
            if chose:
                chosen[len(coders), chose] += 1
    assert +theme_units(readers, chosen, 4) == +full
