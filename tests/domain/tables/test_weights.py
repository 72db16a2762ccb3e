"""Weights as surveys have them: which texts are numbers, and what sums of them come to."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.tables.weights import NOBODY, Weights, read_weights, size_of, together

usable = st.decimals("0.0001", "50", places=4).map(str)


def read(*texts: str) -> Weights:
    """Return the weights of respondents R1, R2 ..."""
    return read_weights(
        "wt", "", [(number, f"R{number}", text) for number, text in enumerate(texts, start=1)]
    )


def ratios(weights: Weights) -> list[Fraction]:
    """Return weights as shares of the first respondent's."""
    return [Fraction(unit, weights.units[1]) for unit in weights.units.values()]


@given(st.lists(usable, min_size=1))
def test_weights_keep_their_proportions_exactly(texts: list[str]) -> None:
    """Whole units are to one another as the decimal numbers are."""
    assert ratios(read(*texts)) == [Fraction(Decimal(text)) / Fraction(Decimal(texts[0])) for text in texts]


@pytest.mark.parametrize(
    ("texts", "proportions"),
    [
        (("1", "0.5", " 2 ", "+.25"), (1, Fraction(1, 2), 2, Fraction(1, 4))),
        (("1,0", "0,5", "1,234"), (1, Fraction(1, 2), Fraction(1234, 1000))),
        (("1e0", "5E-1", "2.5e1"), (1, Fraction(1, 2), 25)),
        (("0,853", "1,706"), (1, 2)),
    ],
)
def test_numbers_of_other_countries_and_programs(
    texts: tuple[str, ...], proportions: tuple[Fraction, ...]
) -> None:
    """Decimal points and commas, blanks around them, exponents."""
    weights = read(*texts)
    assert (ratios(weights), weights.faulty) == (list(proportions), ())


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        (("1", "", "  "), ["blank", "blank"]),
        (("1", "0", "0.00", "-0"), ["zero", "zero", "zero"]),
        (("1", "-1", "-0.5"), ["negative", "negative"]),
        (("1", "n/a", "1.2.3", "1_000", "nan", "inf", "\u0661", "1 2", "0x1"), ["not a number"] * 8),
        (("1", "1e99", "1e-99", "9" * 40), ["out of range"] * 3),
        # It may be 1234 as well as 1.234: nothing else in the column tells.
        (("1", "1,234"), ["not a number"]),
        (("1.5", "1,234"), ["not a number"]),
        (("1.5", "0,5"), ["not a number"]),
    ],
)
def test_faults_are_named(texts: tuple[str, ...], faults: list[str]) -> None:
    """Each with its respondent and its text as it is; none of them counts."""
    weights = read(*texts)
    assert [weight.fault for weight in weights.faulty] == faults
    assert [weight.respondent_id for weight in weights.faulty] == [
        f"R{number}" for number in range(2, len(texts) + 1)
    ]
    assert [weight.text for weight in weights.faulty] == list(texts[1:])
    assert weights.size.respondents == 1


@given(st.lists(st.integers(0, 10**9), max_size=30), st.integers(0, 30))
def test_sizes_add_up(units: list[int], place: int) -> None:
    """Two parts together are the whole; the effective base is between 1 and the base."""
    whole = size_of(units)
    assert together([size_of(units[:place]), size_of(units[place:])]) == whole
    if whole.respondents:
        assert 1 - 1e-12 <= whole.effective <= whole.respondents * (1 + 1e-12)
        assert whole.design_effect == pytest.approx(whole.respondents / whole.effective)
    else:
        assert (whole, whole.effective, whole.design_effect) == (NOBODY, 0, None)
