"""Which suggestions count as assigned where no coder chooses: the cut, and how the best one is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats

_LOWEST, _HIGHEST, _STEP = 0.06, 0.7, 0.02
"""The thresholds that are tried."""
_RARITY_POWERS = (0.0, 0.1, 0.2, 0.3, 0.4)
_MICRO_F1_TO_LOSE = 0.005


@dataclass(frozen=True, slots=True)
class Cut:
    """The lowest probability at which a suggestion is assigned, for each theme."""

    threshold: float = 0.3
    at_least_one: bool = True
    """Whether the best suggestion is assigned however low it is."""
    factors: tuple[float, ...] = ()
    """What the threshold is multiplied by for each theme; empty for 1."""

    def assigned(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Return an (n, K) array: True where the theme is assigned, for (n, K) probabilities."""
        import numpy as np

        assigned = probabilities >= self.threshold * np.array(self.factors or 1.0)
        if self.at_least_one:
            assigned[np.arange(len(assigned)), probabilities.argmax(axis=1)] = True
        return assigned


def best_cut(probabilities: Floats, coded: Floats) -> Cut:
    """Return a cut that is fair to rare themes: the highest macro-F1 that costs at most .005 of micro-F1.

    The threshold falls with a theme's rarity: it is multiplied by a power, from 0 to .4, of the theme's share
    of the answers over the median theme's.

    Args:
        probabilities: (n, K), of responses that the model had not seen.
        coded: (n, K), 1 where the coder chose the theme.
    """
    import numpy as np

    if not coded.any():
        return Cut()
    shares = (coded.sum(axis=0) + 1) / (len(coded) + 2)
    commonness = shares / np.median(shares)
    cuts = [
        Cut(round(float(threshold), 2), at_least_one, tuple((commonness**power).tolist()))
        for threshold in np.arange(_LOWEST, _HIGHEST, _STEP)
        for power in _RARITY_POWERS
        for at_least_one in (True, False)
    ]
    scored = [(*_f1_scores(cut.assigned(probabilities), coded), cut) for cut in cuts]
    best = max(micro for micro, _, _ in scored)
    good = [(macro, micro, cut) for micro, macro, cut in scored if micro >= best - _MICRO_F1_TO_LOSE]
    return max(good, key=lambda row: row[:2])[2]


def _f1_scores(assigned: NDArray[np.bool_], coded: Floats) -> tuple[float, float]:
    """Return micro-F1 and macro-F1, the latter over the themes that were chosen."""
    used = coded.any(axis=0)
    hits = (assigned * coded)[:, used].sum(axis=0)
    totals = (assigned.sum(axis=0) + coded.sum(axis=0))[used]
    return micro_f1(assigned, coded), float((2 * hits / totals).mean())


def micro_f1(assigned: NDArray[np.bool_], coded: Floats) -> float:
    """Return 2 TP / (assigned + coded) over all cells; 0 where both are empty."""
    total = float(assigned.sum() + coded.sum())
    return 2 * float((assigned * coded).sum()) / total if total else 0.0
