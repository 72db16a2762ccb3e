"""Calibration: the slopes and the shift that it finds."""

from __future__ import annotations

import numpy as np
import pytest

from coder.suggest.arrays import sigmoid
from coder.suggest.calibration import Calibration, Views, fit_calibration


def test_calibration_finds_the_slope_and_shift() -> None:
    """Log-odds that are twice too far apart and one too high are brought back."""
    rng = np.random.default_rng(0)
    true = rng.normal(size=20_000)
    coded = (rng.random(true.size) < sigmoid(true)).astype(float)
    calibration = fit_calibration(Views(2 * true + 1, np.zeros_like(true), np.zeros_like(true)), coded)
    assert calibration.slope == pytest.approx(0.5, abs=0.03)
    assert calibration.shift == pytest.approx(-0.5, abs=0.06)


def test_no_view_counts_against_themes() -> None:
    """Where one of two views that say much the same is left out, the other is looked at again."""
    rng = np.random.default_rng(0)
    logits, votes, noise = rng.normal(size=(3, 20_000))
    rises = votes + 0.3 * noise
    coded = (rng.random(votes.size) < sigmoid(logits - 2 * rises + votes)).astype(float)
    calibration = fit_calibration(Views(logits, rises, votes / 8), coded)
    assert (calibration.rises_slope, calibration.votes_slope) == (0, 0)
    assert calibration.slope > 0.5


def as_logits(probabilities: list[float]) -> Views:
    """Return views of which a calibration with its defaults makes these probabilities."""
    logits = np.log(np.array(probabilities) / (1 - np.array(probabilities)))
    return Views(logits, np.zeros_like(logits), np.zeros_like(logits))


def test_nothing_is_claimed_until_it_is_proven() -> None:
    """Before the first calibration none is at 95% or more; the order and what is below 90% stay."""
    probabilities = Calibration().apply(as_logits([0.2, 0.9, 0.93, 0.97, 0.9999]))
    assert probabilities[:2] == pytest.approx([0.2, 0.9])
    assert (np.diff(probabilities) > 0).all()
    assert probabilities[-1] < 0.95


def test_claims_that_hold_stand_and_others_are_brought_under() -> None:
    """Of 500 cells at .99 all but two are right: these are claims. Of 500 at .96 a tenth is wrong: not."""
    right = np.array([1.0] * 498 + [0.0] * 2 + [1.0] * 450 + [0.0] * 50 + [0.0] * 9000)
    views = as_logits([0.999] * 500 + [0.96] * 500 + [0.001] * 9000)
    calibrated = fit_calibration(views, right).apply(views)
    assert calibrated[:500].min() >= 0.95
    assert 0.8 < calibrated[500:1000].max() < 0.95


def test_a_handful_that_were_all_right_prove_nothing() -> None:
    """Twenty right ones out of twenty happen by chance where the true share is nine in ten."""
    for count, is_proven in ((20, False), (200, True)):
        right = np.array([1.0] * count + [0.0] * 2000)
        views = as_logits([0.999] * count + [0.001] * 2000)
        assert (fit_calibration(views, right).proven < 1) == is_proven
