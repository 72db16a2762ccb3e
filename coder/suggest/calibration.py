"""Making probabilities mean what they say: how far each of the two views counts, the same for all themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.suggest.alike import fitted_votes
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
_VOTES_SCALE = 8.0
"""Brings votes, differences of shares, to about the spread of log-odds."""
_LOWEST_SLOPE = 0.2


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the regression's log-odds and the votes of alike answers are multiplied by, and what is added."""

    slope: float = 1.0
    votes_slope: float = 0.0
    shift: float = 0.0

    def apply(self, views: Views) -> Floats:
        """Return probabilities in (0, 1)."""
        return sigmoid(self.slope * views.logits + self.votes_slope * views.votes + self.shift)


@dataclass(frozen=True, slots=True)
class Views:
    """What speaks for themes, in two arrays of one shape."""

    logits: Floats
    """The regression's log-odds."""
    votes: Floats
    """The votes of alike answers; zeros where there are none."""


def calibrated(finished: Table, before: Calibration) -> Generator[None, None, Calibration]:
    """Find the calibration by cross-validation, a slice of work at each step.

    Args:
        finished: Coded responses.
        before: What is returned if they are too few to tell.
    """
    import numpy as np

    if len(finished.y) < _FEWEST:
        return before
    logits, votes, chosen = [], [], []
    for fold in range(_FOLDS if len(finished.y) < _ONE_FOLD_FROM else 1):
        unseen = _fold(finished, fold)
        views = yield from _held_out(finished, unseen)
        # Only what a coder would see: the themes far down would drown it by their number.
        shown = np.argsort(-views.logits, axis=1)[:, :_SHOWN]
        logits.append(np.take_along_axis(views.logits, shown, axis=1))
        votes.append(np.take_along_axis(views.votes, shown, axis=1))
        chosen.append(np.take_along_axis(finished.y[unseen], shown, axis=1))
    return fit_calibration(Views(np.vstack(logits), np.vstack(votes)), np.vstack(chosen))


def out_of_fold(finished: Table) -> Generator[None, None, Views]:
    """Find what models say of each coded response that have not seen it, a slice of work at each step."""
    import numpy as np

    found = Views(np.zeros_like(finished.y), np.zeros_like(finished.y))
    for fold in range(_FOLDS):
        unseen = _fold(finished, fold)
        views = yield from _held_out(finished, unseen)
        found.logits[unseen], found.votes[unseen] = views.logits, views.votes
    return found


def _fold(table: Table, fold: int) -> NDArray[np.bool_]:
    """Tell for each row whether it is in a fold: every fourth is.

    Equal texts are not kept together: an answer yet to be coded, too, is often the double of a coded one.
    """
    import numpy as np

    unseen: NDArray[np.bool_] = np.arange(len(table.y)) % _FOLDS == fold
    return unseen


def _held_out(table: Table, unseen: NDArray[np.bool_]) -> Generator[None, None, Views]:
    """Return what models fitted on the other rows say of some rows."""
    import numpy as np

    model = PriorRegression(table.y.shape[1], table.x.shape[1])
    seen, asked = table.part(~unseen), table.part(unseen)
    for _ in range(_SLICES):
        model.fit(seen, _SLICE)
        yield
    logits = model.logits(asked.x, asked.z)
    alike = yield from fitted_votes(seen)
    votes = alike.votes(asked.places, asked.questions) if alike else np.zeros_like(logits)
    return Views(logits, votes)


def fit_calibration(views: Views, chosen: Floats) -> Calibration:
    """Find the slopes and the shift by logistic regression; votes that speak against themes count nothing.

    A weak pull towards the regression alone keeps few cells from turning the head.

    Args:
        views: What was said of responses that the models had not seen.
        chosen: 1 where the coder chose the theme, in the same shape.
    """
    import numpy as np

    columns = [views.logits.ravel(), _VOTES_SCALE * views.votes.ravel(), np.ones(views.logits.size)]
    design, target = np.column_stack(columns).astype(np.float64), chosen.ravel()
    slope, votes_slope, shift = _newton(design, target)
    if votes_slope < 0:
        design[:, 1] = votes_slope = 0.0
        slope, _, shift = _newton(design, target)
    return Calibration(max(slope, _LOWEST_SLOPE), _VOTES_SCALE * votes_slope, shift)


def _newton(design: Floats, target: Floats) -> tuple[float, float, float]:
    """Return the weights of the columns of (cells, 3) that fit best (Platt scaling, by Newton's method)."""
    import numpy as np

    start = np.array([1.0, 0.0, 0.0])
    beta = start.copy()
    for _ in range(_STEPS):
        p = sigmoid(design @ beta)
        gradient = design.T @ (p - target) + _PENALTY * (beta - start)
        curvature = (design * (p * (1 - p))[:, None]).T @ design + _PENALTY * np.eye(len(beta))
        step = np.clip(np.linalg.solve(curvature, gradient), -1, 1)
        beta -= step
        if np.abs(step).max() < _SMALL:
            break
    slope, votes_slope, shift = beta.tolist()
    return slope, votes_slope, shift
