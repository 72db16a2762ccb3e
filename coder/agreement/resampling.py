"""Intervals by drawing respondents again: answers of one respondent are no independent evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from coder.agreement.coefficients import Figures

DRAWS = 2_000
"""Samples of respondents that an interval is made of, as many as there are of them, with replacement."""
FEWEST = 10
"""Respondents: samples of fewer say nothing of others."""
_FEWEST_DRAWS = 200
_MOST_DRAWN = 40_000_000
"""Respondents drawn in all: of more than 20,000 there are fewer samples, which then differ less, too."""
_MOST_AT_ONCE = 4_000_000
_MEASURED = 0.95
"""The share of samples that must have a figure; where a theme is missing from more there is no interval."""


class Coefficient(NamedTuple):
    """A coefficient with its 95% interval."""

    figure: float | None
    """None: nothing to compare."""
    low: float | None = None
    """None: no interval can be given. Nobody differs, or too few respondents have what is measured."""
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Sampling:
    """Samples of respondents, the same each time.

    Args:
        respondents: The numbers of those who are drawn from.
        seed: Any number; the same gives the same samples.
    """

    respondents: NDArray[np.int64]
    """(R,) in order, each once."""
    seed: int

    @classmethod
    def of(cls, respondents: Sequence[NDArray[np.int64]], seed: int) -> Sampling:
        """Return the samples of everybody who gave any of these answers."""
        import numpy as np

        return cls(np.unique(np.concatenate([*respondents, np.zeros(0, np.int64)])), seed)

    @property
    def draws(self) -> int:
        """How many samples there are."""
        return max(_FEWEST_DRAWS, min(DRAWS, _MOST_DRAWN // max(1, len(self.respondents))))

    def places(self, respondents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where the respondents of some answers stand among those who are drawn from."""
        import numpy as np

        return np.searchsorted(self.respondents, respondents)

    def weights(self) -> Iterator[NDArray[np.float32]]:
        """Yield (some, R) how often each respondent is in each of some samples, until all have come."""
        import numpy as np

        number = len(self.respondents)
        chance = np.random.default_rng(self.seed)
        at_once = max(1, _MOST_AT_ONCE // max(1, number))
        for start in range(0, self.draws, at_once):
            some = min(at_once, self.draws - start)
            drawn = chance.integers(0, number, size=(some, number), dtype=np.int32)
            yield np.stack([np.bincount(row, minlength=number) for row in drawn]).astype(np.float32)

    def totals(self, by_respondent: Figures) -> Figures:
        """Return (draws, C) the sums of (R, C) figures of respondents in each sample."""
        import numpy as np

        figures = by_respondent.astype(np.float32)
        return np.concatenate([weights @ figures for weights in self.weights()]).astype(float)


def estimate(figure: float, drawn: Figures, sampling: Sampling) -> Coefficient:
    """Return a coefficient with the middle 95% of what it is in the samples.

    Args:
        figure: The coefficient; not a number where there is nothing to compare.
        drawn: What it is in each sample.
        sampling: The samples.
    """
    import numpy as np

    if np.isnan(figure):
        return Coefficient(None)
    measured = drawn[~np.isnan(drawn)]
    few = len(sampling.respondents) < FEWEST or len(measured) < _MEASURED * len(drawn)
    if few or not np.ptp(measured):
        return Coefficient(float(figure))
    low, high = np.quantile(measured, (0.025, 0.975))
    return Coefficient(float(figure), float(low), float(high))
