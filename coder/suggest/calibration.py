"""Making probabilities mean what they say: one slope and one shift for all themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.suggest.arrays import sigmoid

if TYPE_CHECKING:
    from coder.suggest.arrays import Floats

_STEPS = 25
_PENALTY = 1.0
_SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class Calibration:
    """What log-odds are multiplied by and raised by; the order of themes stays as it is."""

    slope: float = 1.0
    shift: float = 0.0

    def apply(self, logits: Floats) -> Floats:
        """Return probabilities in (0, 1) for log-odds."""
        return sigmoid(self.slope * logits + self.shift)


def fit_calibration(logits: Floats, chosen: Floats) -> Calibration:
    """Find the slope and shift by logistic regression (Platt scaling, by Newton's method).

    A weak pull towards no change keeps few cells from turning the head.

    Args:
        logits: Log-odds of responses that the model had not seen, in any shape.
        chosen: 1 where the coder chose the theme, in the same shape.
    """
    import numpy as np

    design = np.column_stack([logits.ravel(), np.ones(logits.size)]).astype(np.float64)
    target = chosen.ravel()
    start = np.array([1.0, 0.0])
    beta = start.copy()
    for _ in range(_STEPS):
        p = sigmoid(design @ beta)
        gradient = design.T @ (p - target) + _PENALTY * (beta - start)
        curvature = (design * (p * (1 - p))[:, None]).T @ design + _PENALTY * np.eye(2)
        step = np.clip(np.linalg.solve(curvature, gradient), -1, 1)
        beta -= step
        if np.abs(step).max() < _SMALL:
            break
    return Calibration(slope=float(max(beta[0], 0.2)), shift=float(beta[1]))
