"""Coefficients of agreement against printed figures, and against what other implementations give.

The others, in an environment of their own (Python 3.11, numpy 1.26.4):
    pip install krippendorff==0.9.0 irrCAC==0.4.4 statsmodels==0.15.0 nltk==3.10.4
    krippendorff.alpha(rows, level_of_measurement="nominal")
    irrCAC.raw.CAC(frame).gwet() | .bp() | .krippendorff(); irrCAC.table.CAC(table).cohen() | .gwet() | .bp()
    statsmodels.stats.inter_rater.cohens_kappa(table).kappa
    nltk.metrics.agreement.AnnotationTask(data, distance=nltk.metrics.masi_distance).alpha()
nltk divides by zero on two empty sets; there its distance was replaced by 0.
"""

from __future__ import annotations

from fractions import Fraction
from math import isnan
from typing import TYPE_CHECKING

import numpy as np
import pytest
from agreement_figures import SIGHT, set_alpha, sight
from hypothesis import given
from hypothesis import strategies as st

from coder.agreement.coefficients import (
    MISSING,
    brennan_prediger,
    gwet_ac1,
    krippendorff_alpha,
    masi_distances,
    pooled_kappa,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.agreement.coefficients import Figures, Integers

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): A, two coders and two values; B, two coders
# and five values; C, four coders and five values, a dot for a value that is missing.
TWO_VALUES = ("0100000010", "1110010000")
FIVE_VALUES = ("aabbdcccedda", "babbbccceddd")
FOUR_CODERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# irrCAC's data sets `raw_4raters` (a coder a string), `distrib_6raters` (a unit a row: how many of six chose
# depression, personality disorder, schizophrenia, neurosis, other) and `table_cont3x3abstractors`.
RAW_4_RATERS = ("123321412...", "1233224125..", ".33323422513", "12332441251.")
DISTRIB_6_RATERS = (
    "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006", "10050",
    "11040", "03300", "10050", "02031",
)  # fmt: skip
ABSTRACTORS = ((13, 0, 0), (0, 20, 7), (0, 4, 56))

SETS = ("a a", "ab a", "b bc", "c c", "ab bc", "d a")
"""Two coders' sets of themes on six answers."""
EMPTY = ("- -", "- a")
THREE = ("a ab a", "b")


def values_of(coders: Sequence[str]) -> Integers:
    """Return the values of coders, numbered, dots missing."""
    names = sorted(set("".join(coders)) - {"."})
    return np.array([[names.index(c) if c != "." else MISSING for c in row] for row in coders])


def counts_of(values: Integers) -> Figures:
    """Return how many coders gave each unit each value."""
    return np.stack([(values == value).sum(axis=0) for value in range(values.max() + 1)], axis=1).astype(
        float
    )


def table_of(*rows: Sequence[int]) -> Figures:
    """Return a contingency table as the one of a single theme."""
    return np.array([rows], float)


def units_of(table: Sequence[Sequence[int]]) -> Integers:
    """Return two coders' values, given how often the one chose a value and the other another."""
    pairs = [
        (one, other) for one, row in enumerate(table) for other, times in enumerate(row) for _ in range(times)
    ]
    return np.array(pairs).T


@pytest.mark.parametrize(
    ("coders", "alpha"), [(TWO_VALUES, 0.095), (FIVE_VALUES, 0.692), (FOUR_CODERS, 0.743)], ids="ABC"
)
def test_krippendorff_s_examples(coders: Sequence[str], alpha: float) -> None:
    """The worked examples of nominal data come out as printed, to three places."""
    assert round(krippendorff_alpha(values_of(coders)), 3) == alpha


@pytest.mark.parametrize(
    ("coders", "alpha"),
    [(TWO_VALUES, 0.09523809523809534), (FIVE_VALUES, 0.6919642857142858), (FOUR_CODERS, 0.743421052631579)],
    ids="ABC",
)
def test_alpha_is_that_of_krippendorff_0_9_0(coders: Sequence[str], alpha: float) -> None:
    """The package `krippendorff` gives the same to twelve places."""
    assert krippendorff_alpha(values_of(coders)) == pytest.approx(alpha, abs=1e-12)


def test_alpha_of_irrcac() -> None:
    """So does irrCAC, on a table of two coders, with missing values, and with six coders."""
    six = np.array([[int(n) for n in row] for row in DISTRIB_6_RATERS])
    raw = np.array([np.repeat(np.arange(5), row) for row in six]).T
    assert krippendorff_alpha(units_of(ABSTRACTORS)) == pytest.approx(0.7972585, abs=5e-8)
    assert krippendorff_alpha(values_of(RAW_4_RATERS)) == pytest.approx(0.74342, abs=5e-6)
    assert krippendorff_alpha(raw) == pytest.approx(0.4204384, abs=5e-8)


def test_ac1_of_irrcac() -> None:
    """Gwet's AC1 is irrCAC's, on the same data."""
    six = np.array([[float(n) for n in row] for row in DISTRIB_6_RATERS])
    assert gwet_ac1(counts_of(units_of(ABSTRACTORS))) == pytest.approx(0.8493305, abs=5e-8)
    assert gwet_ac1(counts_of(values_of(RAW_4_RATERS))) == pytest.approx(0.77544, abs=5e-6)
    assert gwet_ac1(six) == pytest.approx(0.4448007, abs=5e-8)


def test_brennan_prediger_of_irrcac() -> None:
    """The coefficient that is PABAK for two values is irrCAC's `bp`, on the same data."""
    six = np.array([[float(n) for n in row] for row in DISTRIB_6_RATERS])
    assert brennan_prediger(counts_of(units_of(ABSTRACTORS))) == pytest.approx(0.835, abs=1e-9)
    assert brennan_prediger(counts_of(values_of(RAW_4_RATERS))) == pytest.approx(0.77273, abs=5e-6)
    assert brennan_prediger(six) == pytest.approx(0.4388889, abs=5e-8)


@pytest.mark.parametrize(
    ("table", "kappa", "ac1", "pabak"),
    [
        # Feinstein and Cicchetti, High agreement but low kappa (1990): the same agreement, two kappas.
        (((40, 9), (6, 45)), 0.6995192307692307, 0.70075, 0.7),
        (((80, 10), (5, 5)), 0.318181818181818, 0.808, 0.7),
        (ABSTRACTORS, 0.7964094, 0.8493305, 0.835),
        # A theme that two coders chose 3 and 10 times in 500 answers, never together.
        (((487, 10), (3, 0)), -0.0093167701863361, 0.97332, 0.948),
    ],
)
def test_tables_of_two_coders(table: Sequence[Sequence[int]], kappa: float, ac1: float, pabak: float) -> None:
    """Kappa is that of statsmodels and irrCAC; AC1 and PABAK are irrCAC's."""
    counts = counts_of(units_of(table))
    assert pooled_kappa(table_of(*table)) == pytest.approx(kappa, abs=5e-8)
    assert gwet_ac1(counts) == pytest.approx(ac1, abs=5e-6)
    assert brennan_prediger(counts) == pytest.approx(pabak, abs=5e-6)


@pytest.mark.parametrize(
    ("answers", "alpha"),
    [
        (SETS, Fraction(142, 461)),
        ((*SETS, *EMPTY), Fraction(154, 439)),
        ((*SETS, *EMPTY, *THREE), Fraction(65, 197)),
        (
            tuple(" ".join(column).replace(".", "") for column in zip(*FOUR_CODERS, strict=True)),
            Fraction(113, 152),
        ),
    ],
    ids=["sets", "empty sets", "three coders, and one alone", "sets of one theme: nominal"],
)
def test_masi_by_hand(answers: Sequence[str], alpha: Fraction) -> None:
    """Alpha of sets is the fraction that was worked out by hand; nltk gives it where it can."""
    assert set_alpha(answers) == pytest.approx(float(alpha), abs=1e-12)


def test_masi_distances() -> None:
    """Equal sets, empty ones too, are 0 apart; one in the other 1 - 2/3 J, an overlap 1 - 1/3 J, others 1."""
    distances = masi_distances([2, 0, 1, 1, 0, 0], [2, 0, 2, 2, 1, 0], [2, 0, 1, 2, 1, 3])
    assert distances.tolist() == pytest.approx([0, 0, 1 - 1 / 2 * 2 / 3, 1 - 1 / 3 * 1 / 3, 1, 1])


def sight_tables() -> Figures:
    """Return for each theme of `SIGHT` how often the one coder chose it or not, and the other."""
    tables = np.zeros((len(SIGHT), 2, 2))
    for one, other in sight():
        for place, theme in enumerate(SIGHT):
            tables[place, int(theme in one), int(theme in other)] += 1
    return tables


def test_sight_theme_by_theme() -> None:
    """On real codings kappa and alpha of each theme are what others work out."""
    for table, (kappa, alpha) in zip(sight_tables(), SIGHT.values(), strict=True):
        assert pooled_kappa(table[None]) == pytest.approx(kappa, abs=5e-5)
        assert krippendorff_alpha(units_of(table.astype(int).tolist())) == pytest.approx(alpha, abs=5e-7)


def test_sight_over_all() -> None:
    """Pooled kappa is De Vries's mean over mean; a theme that nobody chose changes nothing."""
    tables = sight_tables()
    assert pooled_kappa(tables) == pytest.approx(0.8090591449082015, abs=1e-12)
    never = np.array([[[289.0, 0], [0, 0]]])
    assert pooled_kappa(np.concatenate([tables, never])) == pytest.approx(0.8090591449082015, abs=1e-12)


def test_nothing_to_compare() -> None:
    """Without two values on a unit, or with one value throughout, there is no figure."""
    assert isnan(krippendorff_alpha(np.zeros((2, 0), int)))
    assert isnan(krippendorff_alpha(np.array([[0, MISSING], [MISSING, 1]])))
    assert isnan(krippendorff_alpha(np.zeros((2, 5), int)))
    assert isnan(pooled_kappa(table_of((9, 0), (0, 0))))
    assert isnan(pooled_kappa(np.zeros((0, 2, 2))))
    assert isnan(gwet_ac1(np.zeros((0, 2))))
    assert isnan(brennan_prediger(np.array([[1.0, 0.0]])))


VALUES = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.integers(MISSING, 3), min_size=coders, max_size=coders), min_size=1, max_size=9
    )
)


@given(VALUES, st.randoms(use_true_random=False))
def test_order_and_names_are_nothing(units: list[list[int]], chance: object) -> None:
    """Whichever order coders and units stand in, and whichever value is called which, alpha is the same."""
    values = np.array(units).T
    shuffle = np.random.default_rng(chance.randrange(9**9))  # type: ignore[attr-defined]  # hypothesis's type is `object`
    turned = values[shuffle.permutation(len(values))][:, shuffle.permutation(values.shape[1])]
    names = np.append(shuffle.permutation(4), MISSING)
    alpha, other = krippendorff_alpha(values), krippendorff_alpha(names[turned])
    assert alpha == pytest.approx(other, abs=1e-9, nan_ok=True)
    assert isnan(alpha) or alpha <= 1 + 1e-12


@given(st.lists(st.integers(0, 3), min_size=1, max_size=9), st.integers(2, 4))
def test_full_agreement_is_one_or_nothing_to_compare(chosen: list[int], coders: int) -> None:
    """Where all agree alpha is 1, or there is none, as all chose the same throughout."""
    alpha = krippendorff_alpha(np.array([chosen] * coders))
    assert isnan(alpha) if len(set(chosen)) == 1 else alpha == 1
