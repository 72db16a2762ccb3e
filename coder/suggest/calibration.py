"""Making probabilities mean what they say: how far each of the views counts, the same for all themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.suggest.arrays import sigmoid
from coder.suggest.regression import PriorRegression
from coder.suggest.votes import fitted_votes

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
_SHARE = 0.4
"""How much the likeliest sentence counts beside the whole answer before that can be measured."""
_VOTES_SCALE = 8.0
"""Brings votes, differences of shares, to about the spread of log-odds."""
_LOWEST_SLOPE = 0.2


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the views are multiplied by, and what is added."""

    slope: float = 1.0
    rises_slope: float = _SHARE
    votes_slope: float = 0.0
    shift: float = 0.0

    def apply(self, views: Views) -> Floats:
        """Return probabilities in (0, 1)."""
        weighed = self.slope * views.logits + self.rises_slope * views.rises + self.votes_slope * views.votes
        return sigmoid(weighed + self.shift)


@dataclass(frozen=True, slots=True)
class Views:
    """What speaks for themes, in three arrays of one shape."""

    logits: Floats
    """The regression's log-odds."""
    rises: Floats
    """By how much those of the likeliest sentence are above them; zeros for an answer of one sentence."""
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
    found: list[tuple[Floats, ...]] = []
    for fold in range(_FOLDS if len(finished.y) < _ONE_FOLD_FROM else 1):
        unseen = _fold(finished, fold)
        views = yield from _held_out(finished, unseen)
        offered = finished.cell_weights[unseen] > 0
        # Only what a coder would see: the themes far down would drown it by their number.
        ranked = np.where(offered, views.logits + _SHARE * views.rises, -np.inf)
        shown = np.argsort(-ranked, axis=1)[:, :_SHOWN]
        seen = np.take_along_axis(offered, shown, axis=1)
        arrays = views.logits, views.rises, views.votes, finished.y[unseen]
        found.append(tuple(np.take_along_axis(array, shown, axis=1)[seen] for array in arrays))
    *said, chosen = (np.concatenate(column) for column in zip(*found, strict=True))
    return fit_calibration(Views(*said), chosen)


def out_of_fold(finished: Table) -> Generator[None, None, Views]:
    """Find what models say of each coded response that have not seen it, a slice of work at each step."""
    import numpy as np

    found = Views(*(np.zeros_like(finished.y) for _ in range(3)))
    for fold in range(_FOLDS):
        unseen = _fold(finished, fold)
        views = yield from _held_out(finished, unseen)
        found.logits[unseen], found.rises[unseen], found.votes[unseen] = (
            views.logits,
            views.rises,
            views.votes,
        )
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
    logits = model.logits(asked.base, asked.x, asked.z)
    alike = yield from fitted_votes(seen)
    votes = alike.votes(asked.places, asked.questions) if alike else np.zeros_like(logits)
    return Views(logits, model.rises(asked, logits), votes)


def fit_calibration(views: Views, chosen: Floats) -> Calibration:
    """Find the slopes and the shift by logistic regression; a view that speaks against themes counts nothing.

    A weak pull towards the calibration of the start keeps few cells from turning the head.

    Args:
        views: What was said of responses that the models had not seen.
        chosen: 1 where the coder chose the theme, in the same shape.
    """
    import numpy as np

    columns = [views.logits, views.rises, _VOTES_SCALE * views.votes, np.ones_like(views.logits)]
    design, target = np.column_stack([column.ravel() for column in columns]), chosen.ravel()
    design = design.astype(np.float64)
    found, counts = _newton(design, target), np.ones(2, dtype=bool)
    while (found[1:3] < 0).any():
        # Without the one, the other may come to speak against them too.
        counts &= found[1:3] >= 0
        design[:, 1:3] *= counts
        found = _newton(design, target)
    found[1:3] *= counts
    slope, rises_slope, votes_slope, shift = found.tolist()
    return Calibration(max(slope, _LOWEST_SLOPE), rises_slope, _VOTES_SCALE * votes_slope, shift)


def _newton(design: Floats, target: Floats) -> Floats:
    """Return the (4,) weights of (cells, 4) columns that fit best (Platt scaling, by Newton's method)."""
    import numpy as np

    start = np.array([1.0, _SHARE, 0.0, 0.0])
    beta = start.copy()
    for _ in range(_STEPS):
        p = sigmoid(design @ beta)
        gradient = design.T @ (p - target) + _PENALTY * (beta - start)
        curvature = (design * (p * (1 - p))[:, None]).T @ design + _PENALTY * np.eye(len(beta))
        step = np.clip(np.linalg.solve(curvature, gradient), -1, 1)
        beta -= step
        if np.abs(step).max() < _SMALL:
            break
    return beta
