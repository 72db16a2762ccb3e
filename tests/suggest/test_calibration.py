"""Calibration: the slopes and the shift that it finds."""

from __future__ import annotations

import numpy as np
import pytest

from coder.suggest.arrays import sigmoid
from coder.suggest.calibration import Views, fit_calibration


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
