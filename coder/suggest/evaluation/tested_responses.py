"""What became of one answer under one method: all that the measures need to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from coder.domain.data_sets import CodedResponse
    from coder.suggest.arrays import Floats

FIRST = 5
"""How many suggestions the calibration error looks at."""

_LOWEST, _HIGHEST, _STEP = 0.06, 0.7, 0.02
_FALLS = (0.0, 0.1, 0.2, 0.3, 0.4)
_WORTH = 0.005


@dataclass(frozen=True, slots=True)
class Cut:
    """Which suggestions count as assigned where no coder chooses: those at or above a probability."""

    threshold: float = 0.3
    at_least_one: bool = True
    """Whether the best suggestion is assigned however low it is."""
    factors: tuple[float, ...] = ()
    """What the threshold is multiplied by for each theme; empty for 1."""

    def chosen(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Return an (n, K) array of truths."""
        import numpy as np

        chosen = probabilities >= self.threshold * np.array(self.factors or 1.0)
        if self.at_least_one:
            chosen[np.arange(len(chosen)), probabilities.argmax(axis=1)] = True
        return chosen


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer: what it was coded with, where those themes were ranked, what was best."""

    respondent_id: str
    answered: bool
    right: tuple[str, ...]
    """The ids of its themes, best ranked first."""
    ranks: tuple[int, ...]
    """Where they stood, from 1."""
    assigned: tuple[str, ...] = ()
    """The ids of the themes above the cut."""
    best: tuple[float, ...] = ()
    """The probabilities of the first five."""
    hits: tuple[bool, ...] = ()
    """Whether each of the first five is right."""


def best_cut(probabilities: Floats, chosen: Floats) -> Cut:
    """Return a cut that is fair to rare themes: the highest macro-F1 that costs at most .005 of micro-F1.

    The threshold falls with a theme's rarity: it is multiplied by a power, from 0 to .4, of the theme's share
    of the answers over the median theme's.

    Args:
        probabilities: (n, K), of responses that the model had not seen.
        chosen: (n, K), 1 where the coder chose the theme.
    """
    import numpy as np

    if not chosen.any():
        return Cut()
    shares = (chosen.sum(axis=0) + 1) / (len(chosen) + 2)
    commonness = shares / np.median(shares)
    cuts = [
        Cut(round(float(threshold), 2), one, tuple((commonness**fall).tolist()))
        for threshold in np.arange(_LOWEST, _HIGHEST, _STEP)
        for fall in _FALLS
        for one in (True, False)
    ]
    scored = [(*_f1_scores(cut.chosen(probabilities), chosen), cut) for cut in cuts]
    best = max(micro for micro, _, _ in scored)
    good = [(macro, micro, cut) for micro, macro, cut in scored if micro >= best - _WORTH]
    return max(good, key=lambda row: row[:2])[2]


def _f1_scores(assigned: NDArray[np.bool_], chosen: Floats) -> tuple[float, float]:
    """Return micro-F1 and macro-F1, the latter over the themes that were chosen."""
    used = chosen.any(axis=0)
    hits = (assigned * chosen)[:, used].sum(axis=0)
    totals = (assigned.sum(axis=0) + chosen.sum(axis=0))[used]
    return micro_f1(assigned, chosen), float((2 * hits / totals).mean())


def micro_f1(assigned: NDArray[np.bool_], chosen: Floats) -> float:
    """Return 2 TP / (assigned + chosen) over all cells; 0 where both are empty."""
    total = float(assigned.sum() + chosen.sum())
    return 2 * float((assigned * chosen).sum()) / total if total else 0.0


def outcomes(
    responses: Sequence[CodedResponse], theme_ids: Sequence[str], probabilities: Floats, cut: Cut
) -> list[Outcome]:
    """Return what became of each response; equal probabilities stay in the order of the themes."""
    import numpy as np

    order = np.argsort(-probabilities, axis=1, kind="stable")
    assigned = cut.chosen(probabilities)
    found = []
    for row, response in enumerate(responses):
        ranked = [theme_ids[column] for column in order[row]]
        places = [(rank, theme) for rank, theme in enumerate(ranked, start=1) if theme in response.theme_ids]
        found.append(
            Outcome(
                response.respondent_id,
                response.answered,
                tuple(theme for _, theme in places),
                tuple(rank for rank, _ in places),
                tuple(theme_ids[column] for column in np.flatnonzero(assigned[row]).tolist()),
                tuple(round(float(probabilities[row, column]), 4) for column in order[row, :FIRST]),
                tuple(theme in response.theme_ids for theme in ranked[:FIRST]),
            )
        )
    return found
