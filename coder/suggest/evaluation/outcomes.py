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

_LOWEST, _HIGHEST, _STEP = 0.05, 0.8, 0.01


@dataclass(frozen=True, slots=True)
class Cut:
    """Which suggestions count as assigned where no coder chooses: those at or above a probability."""

    threshold: float = 0.3
    at_least_one: bool = True
    """Whether the best suggestion is assigned however low it is."""

    def chosen(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Return an (n, K) array of truths."""
        import numpy as np

        chosen = probabilities >= self.threshold
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
    """Return the cut with the highest micro-F1.

    Args:
        probabilities: (n, K), of responses that the model had not seen.
        chosen: (n, K), 1 where the coder chose the theme.
    """
    import numpy as np

    if not chosen.any():
        return Cut()
    cuts = [Cut(float(t), one) for t in np.arange(_LOWEST, _HIGHEST, _STEP) for one in (True, False)]
    return max(cuts, key=lambda cut: micro_f1(cut.chosen(probabilities), chosen))


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
