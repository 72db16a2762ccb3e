"""Intervals and differences of proportions: published examples, statistics programs, and their laws."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coder.tables.figures.proportions import difference_of_two, wilson
from coder.tables.significance import holm

shares = st.floats(0, 1)
bases = st.floats(0.5, 1e6)


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_the_published_ones(count: int, base: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17, table I, method 3: Wilson's score, no correction."""
    assert wilson(count / base, base) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (81, 263, 0.2552885198782742, 0.3662095769828004),
        (0, 20, 0.0, 0.1611251580528194),
        (20, 20, 0.8388748419471804, 1.0),
        (12.5, 41.7, 0.1825205744334528, 0.45078058823348643),
    ],
)
def test_intervals_are_those_of_statsmodels(count: float, base: float, low: float, high: float) -> None:
    """By statsmodels 0.15.0: `proportion_confint(count, base, method="wilson")`, bases in fractions too."""
    assert wilson(count / base, base) == pytest.approx((low, high), abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "sizes", "chance"),
    [
        ((30, 12), (80, 70), 0.005601220549520707),
        ((12.25, 30.5), (40.75, 61.5), 0.04994285960973703),
    ],
)
def test_differences_are_those_of_statsmodels(
    counts: tuple[float, float], sizes: tuple[float, float], chance: float
) -> None:
    """By statsmodels 0.15.0: `proportions_ztest(counts, sizes)`, two-sided, pooled variance."""
    two = counts[0] / sizes[0], counts[1] / sizes[1]
    assert difference_of_two(two, sizes) == pytest.approx(chance, abs=1e-12)


def test_differences_are_those_of_r() -> None:
    """R 4.2.2: `pairwise.prop.test(smokers, patients, "none", correct = FALSE)`, four hospitals of Fleiss.

    It warns of expected counts under five; of such a pair there is no difference here. The second numbers
    are with `p.adjust.method = "holm"`.
    """
    smokers, patients = (83, 90, 129, 70), (86, 93, 136, 82)
    of_r = {(2, 3): (0.01614329378, 0.06457317511), (0, 3): (0.01132896042, 0.05664480212)}
    of_r[1, 3] = 0.007140962271, 0.04284577363
    for (group, other), (chance, _) in of_r.items():
        two = smokers[group] / patients[group], smokers[other] / patients[other]
        assert difference_of_two(two, (patients[group], patients[other])) == pytest.approx(chance, rel=1e-8)
    assert difference_of_two((83 / 86, 90 / 93), (86, 93)) is None
    all_six = [0.92232009573, 0.56158705406, 0.484739246712, *(chance for chance, _ in of_r.values())]
    assert holm(all_six)[3:] == pytest.approx([adjusted for _, adjusted in of_r.values()], rel=1e-8)


@given(shares, bases)
def test_an_interval_contains_its_share(share: float, base: float) -> None:
    """It lies between nought and one, and is the mirror of that of the other answer."""
    low, high = wilson(share, base)
    assert 0 <= low <= share <= high <= 1
    assert wilson(1 - share, base) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(shares, bases, st.floats(1.01, 100))
def test_larger_bases_have_narrower_intervals(share: float, base: float, times: float) -> None:
    """Of the same share."""
    (low, high), (inner_low, inner_high) = wilson(share, base), wilson(share, base * times)
    assert low <= inner_low + 1e-12
    assert inner_high <= high + 1e-12
    assert inner_high - inner_low < high - low


@given(shares, shares, bases, bases)
def test_a_difference_is_the_same_from_both_sides(
    share: float, other: float, base: float, size: float
) -> None:
    """Swapping groups, or counting those who did not say so, changes nothing; equal shares do not differ."""
    chance = difference_of_two((share, other), (base, size))
    assume(chance is not None)
    assert chance is not None
    assert 0 <= chance <= 1
    assert difference_of_two((other, share), (size, base)) == pytest.approx(chance, abs=1e-9)
    assert difference_of_two((1 - share, 1 - other), (base, size)) == pytest.approx(chance, abs=1e-6)
    assert difference_of_two((share, share), (base, size)) in (1.0, None)
