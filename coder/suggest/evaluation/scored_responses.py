"""A response that a method was tested on: what was suggested for it, and what it was coded with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.data_sets import CodedResponse
    from coder.suggest.arrays import Floats
    from coder.suggest.evaluation.cuts import Cut

SameWords = Literal["", "alike", "apart"]

BEST = 5
"""How many suggestions the calibration error looks at."""


@dataclass(frozen=True, slots=True)
class ScoredResponse:
    """What the measures need of one response: its themes and their ranks, and the best suggestions."""

    respondent_id: str
    answered: bool
    right: tuple[str, ...]
    """The ids of its themes, best ranked first."""
    ranks: tuple[int, ...]
    """The ranks of those themes, from 1."""
    assigned: tuple[str, ...] = ()
    """The ids of the themes above the cut."""
    best: tuple[float, ...] = ()
    """The probabilities of the first five."""
    hits: tuple[bool, ...] = ()
    """Whether each of the first five is right."""
    response_id: str = ""
    same_words: SameWords = ""
    """Whether an answer before it says the same in the same words: with the same themes (`alike`), or with
    others (`apart`)."""


def score_responses(
    responses: Sequence[CodedResponse],
    theme_ids: Sequence[str],
    probabilities: Floats,
    cut: Cut,
    depths: Sequence[int] = (),
) -> list[ScoredResponse]:
    """Compare what is suggested for responses with what they are coded with.

    Args:
        responses: n responses.
        theme_ids: The K themes that were ranked.
        probabilities: (n, K); equal ones are ranked in the order of the themes.
        cut: Which suggestions count as assigned.
        depths: How many nets are over each theme: of equal ones the deepest comes first. Empty: none has any.
    """
    import numpy as np

    below_nets = np.broadcast_to(-np.array(depths or [0] * len(theme_ids)), probabilities.shape)
    order = np.lexsort((below_nets, -probabilities), axis=1)
    assigned = cut.assigned(probabilities)
    scored = []
    for row, response in enumerate(responses):
        ranked = [theme_ids[column] for column in order[row]]
        right = [(rank, theme) for rank, theme in enumerate(ranked, start=1) if theme in response.theme_ids]
        scored.append(
            ScoredResponse(
                response.respondent_id,
                response.answered,
                tuple(theme for _, theme in right),
                tuple(rank for rank, _ in right),
                tuple(theme_ids[column] for column in np.flatnonzero(assigned[row]).tolist()),
                tuple(round(float(probabilities[row, column]), 4) for column in order[row, :BEST]),
                tuple(theme in response.theme_ids for theme in ranked[:BEST]),
                response.id,
            )
        )
    return scored
