"""Calibrate probabilities: of the themes that are said to be 30% likely, three in ten are to be right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.suggest.arrays import sigmoid
from coder.suggest.regression import PriorRegression
from coder.suggest.votes import fitted_votes

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy as np
    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats
    from coder.suggest.coded import CodedTable

_FOLDS = 4
_ONE_FOLD_FROM = 1500
_FEWEST = 50
_BEST = 10
"""Themes of each response, the likeliest, that the calibration is measured on."""
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
_SAFE, _CLAIMED = 0.90, 0.95
"""Probabilities as high as `_CLAIMED` have to be proven; up to `_SAFE` they stand as they are."""
_UNPROVEN_SPAN = 0.0499
_SURE = 1.64
"""Standard errors that a proof must be away from doubt: a one-sided bound of 95%."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What each of the views is multiplied by before they are added up, and what is added to their sum."""

    slope: float = 1.0
    rises_slope: float = _SHARE
    votes_slope: float = 0.0
    shift: float = 0.0
    proven: float = 1.0
    """The probability from which on claims of 95% and more have held; those below are brought under 95%."""

    def apply(self, views: Views) -> Floats:
        """Return probabilities in (0, 1), none of 95% or more that has not been proven."""
        import numpy as np

        weighed = self.slope * views.logits + self.rises_slope * views.rises + self.votes_slope * views.votes
        probabilities = sigmoid(weighed + self.shift)
        shrunk = _SAFE + (probabilities - _SAFE) * (_UNPROVEN_SPAN / (self.proven - _SAFE))
        doubtful = (probabilities > _SAFE) & (probabilities < self.proven)
        calibrated: Floats = np.where(doubtful, shrunk, probabilities)
        return calibrated


@dataclass(frozen=True, slots=True)
class Views:
    """Three views of how likely themes are, in arrays of one shape."""

    logits: Floats
    """The regression's log-odds."""
    rises: Floats
    """By how much those of the likeliest sentence are above them; zeros for an answer of one sentence."""
    votes: Floats
    """The votes of alike answers; zeros where there are none."""


def calibrated(finished: CodedTable, current: Calibration) -> Generator[None, None, Calibration]:
    """Find the calibration by cross-validation, a slice of work at each step.

    Args:
        finished: Coded responses.
        current: What is returned if they are too few to tell.
    """
    import numpy as np

    if len(finished.y) < _FEWEST:
        return current
    cells: list[tuple[Floats, ...]] = []
    for fold in range(_FOLDS if len(finished.y) < _ONE_FOLD_FROM else 1):
        held_out = _fold(finished, fold)
        views = yield from _views_of(finished, held_out)
        offered = finished.cell_weights[held_out] > 0
        # Only what a coder would see: the themes far down would drown it by their number.
        ranked = np.where(offered, views.logits + _SHARE * views.rises, -np.inf)
        best = np.argsort(-ranked, axis=1)[:, :_BEST]
        best_offered = np.take_along_axis(offered, best, axis=1)
        arrays = views.logits, views.rises, views.votes, finished.y[held_out]
        cells.append(tuple(np.take_along_axis(array, best, axis=1)[best_offered] for array in arrays))
    logits, rises, votes, y = (np.concatenate(column) for column in zip(*cells, strict=True))
    return fit_calibration(Views(logits, rises, votes), y)


def out_of_fold(finished: CodedTable) -> Generator[None, None, Views]:
    """Find the views of each coded response by models fitted without it, a slice of work at each step."""
    import numpy as np

    joined = Views(*(np.zeros_like(finished.y) for _ in range(3)))
    for fold in range(_FOLDS):
        held_out = _fold(finished, fold)
        views = yield from _views_of(finished, held_out)
        joined.logits[held_out] = views.logits
        joined.rises[held_out] = views.rises
        joined.votes[held_out] = views.votes
    return joined


def _fold(table: CodedTable, fold: int) -> NDArray[np.bool_]:
    """Tell for each row whether it is in a fold: every fourth is.

    Equal texts are not kept together: an answer yet to be coded, too, is often the double of a coded one.
    """
    import numpy as np

    in_fold: NDArray[np.bool_] = np.arange(len(table.y)) % _FOLDS == fold
    return in_fold


def _views_of(table: CodedTable, held_out: NDArray[np.bool_]) -> Generator[None, None, Views]:
    """Return the views of the rows held out, by models fitted on the other rows."""
    import numpy as np

    model = PriorRegression(table.y.shape[1], table.x.shape[1])
    fitted_on, tested_on = table.selected(~held_out), table.selected(held_out)
    for _ in range(_SLICES):
        model.fit(fitted_on, _SLICE)
        yield
    logits = model.logits(tested_on.base, tested_on.x, tested_on.z)
    alike = yield from fitted_votes(fitted_on)
    votes = alike.votes(tested_on.positions, tested_on.questions) if alike else np.zeros_like(logits)
    return Views(logits, model.rises(tested_on, logits), votes)


def fit_calibration(views: Views, y: Floats) -> Calibration:
    """Find the slopes and the shift by logistic regression; a view that speaks against themes counts nothing.

    A weak pull towards the calibration of the start keeps a handful of cells from deciding much.

    Args:
        views: Of responses that the models were not fitted on.
        y: 1 where the coder chose the theme, in the same shape.
    """
    import numpy as np

    columns = [views.logits, views.rises, _VOTES_SCALE * views.votes, np.ones_like(views.logits)]
    design, target = np.column_stack([column.ravel() for column in columns]), y.ravel()
    design = design.astype(np.float64)
    weights, counts = _newton(design, target), np.ones(2, dtype=bool)
    while (weights[1:3] < 0).any():
        # Without the one, the other may come to speak against them too.
        counts &= weights[1:3] >= 0
        design[:, 1:3] *= counts
        weights = _newton(design, target)
    weights[1:3] *= counts
    slope, rises_slope, votes_slope, shift = weights.tolist()
    fitted = Calibration(
        max(slope, _LOWEST_SLOPE), rises_slope, _VOTES_SCALE * votes_slope, shift, proven=_CLAIMED
    )
    return replace(fitted, proven=_proven(fitted.apply(views).ravel(), target))


def _proven(probabilities: Floats, target: Floats) -> float:
    """Return the lowest probability such that all claims as high have held in 95% of cases, or 1 for none.

    They have where Wilson's lower bound for the share of right ones is 95% or more: a handful that were all
    right prove nothing yet.

    Args:
        probabilities: (n,), of cells that the models were not fitted on.
        target: (n,), 1 where the coder chose the theme.
    """
    import numpy as np

    order = (-probabilities).argsort(kind="stable")
    claims = np.arange(1, len(order) + 1)
    share = np.cumsum(target[order]) / claims
    margin = _SURE * np.sqrt(share * (1 - share) / claims + _SURE**2 / (4 * claims**2))
    lowest = (share + _SURE**2 / (2 * claims) - margin) / (1 + _SURE**2 / claims)
    held = np.flatnonzero(lowest >= _CLAIMED)
    return max(_CLAIMED, float(probabilities[order[held[-1]]])) if len(held) else 1.0


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
