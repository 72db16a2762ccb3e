"""Making probabilities mean what they say: one slope and one shift for all themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.suggest.arrays import sigmoid
from coder.suggest.regression import PriorRegression

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats
    from coder.suggest.coded import Table

_FOLDS = 4
_ONE_FOLD_FROM = 1500
_FEWEST = 50
_SHOWN = 10
_SLICES = 4
_SLICE = 10
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


def calibrated(finished: Table, before: Calibration) -> Generator[None, None, Calibration]:
    """Find the calibration by cross-validation, a slice of work at each step.

    Args:
        finished: Coded responses.
        before: What is returned if they are too few to tell.
    """
    import numpy as np

    if len(finished.y) < _FEWEST:
        return before
    logits, chosen = [], []
    for fold in range(_FOLDS if len(finished.y) < _ONE_FOLD_FROM else 1):
        unseen = _fold(finished, fold)
        found = yield from _held_out(finished, unseen)
        # Only what a coder would see: the themes far down would drown it by their number.
        shown = np.argsort(-found, axis=1)[:, :_SHOWN]
        logits.append(np.take_along_axis(found, shown, axis=1))
        chosen.append(np.take_along_axis(finished.y[unseen], shown, axis=1))
    return fit_calibration(np.vstack(logits), np.vstack(chosen))


def out_of_fold(finished: Table) -> Generator[None, None, Floats]:
    """Find each coded response's (n, K) log-odds by a model that has not seen it, a slice at each step."""
    import numpy as np

    logits = np.zeros_like(finished.y)
    for fold in range(_FOLDS):
        unseen = _fold(finished, fold)
        logits[unseen] = yield from _held_out(finished, unseen)
    return logits


def _fold(table: Table, fold: int) -> NDArray[np.bool_]:
    """Tell for each row whether it is in a fold: every fourth is.

    Equal texts are not kept together: an answer yet to be coded, too, is often the double of a coded one.
    """
    import numpy as np

    unseen: NDArray[np.bool_] = np.arange(len(table.y)) % _FOLDS == fold
    return unseen


def _held_out(table: Table, unseen: NDArray[np.bool_]) -> Generator[None, None, Floats]:
    """Return the log-odds of some rows by a model fitted on the others."""
    model = PriorRegression(table.y.shape[1], table.x.shape[1])
    seen = table.part(~unseen)
    for _ in range(_SLICES):
        model.fit(seen, _SLICE)
        yield
    return model.logits(table.x[unseen], table.z[unseen])


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
