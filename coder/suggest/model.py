"""What a suggester has learned: the regression, the votes of alike answers, and how much each counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.suggest.calibration import Calibration, Views, calibrated
from coder.suggest.regression import PriorRegression
from coder.suggest.votes import fitted_votes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats
    from coder.suggest.coded import CodedResponses, CodedTable, UncodedTable
    from coder.suggest.features import Features
    from coder.suggest.votes import AlikeVotes

WARM_STEPS = 4
"""Steps of fitting that follow one new coding."""
SLICE = 10
"""Steps in a slice of a full fit."""
COLD_STEPS = 40
"""Steps of a full fit."""

_FEW = 100


class Model:
    """Gives probabilities of themes; a few steps of fitting follow each coding, a full fit is done in slices.

    Args:
        n_themes: K.
        n_features: d, the columns of x.
    """

    def __init__(self, n_themes: int, n_features: int) -> None:
        self._n_themes = n_themes
        self._regression = PriorRegression(n_themes, n_features)
        self._alike: AlikeVotes | None = None
        self.calibration = Calibration()

    def fit(self, table: CodedTable, steps: int) -> None:
        """Go on fitting the regression; votes are fitted by `refine` alone."""
        # While there is little to fit, a full fit takes no longer than a key press may.
        self._regression.fit(table, max(steps, COLD_STEPS) if len(table.y) <= _FEW else steps)

    def refine(self, coded: CodedResponses) -> Iterator[None]:
        """Fit fully, calibrate and fit the votes, a slice of the work at each step."""
        for _ in range(COLD_STEPS // SLICE):
            self.fit(coded.table, SLICE)
            yield
        finished = coded.finished()
        calibration = yield from calibrated(finished, self.calibration)
        alike = yield from fitted_votes(finished)
        # Together: the calibration was measured with these votes.
        self.calibration, self._alike = calibration, alike

    def forget_votes(self) -> None:
        """Use the regression alone until the next `refine`: the positions of answers have changed."""
        if self._alike is not None:
            self.calibration, self._alike = Calibration(), None

    def probabilities(self, uncoded: UncodedTable) -> Floats:
        """Return (n, K) probabilities in (0, 1)."""
        logits = self._regression.logits(uncoded.base, uncoded.x, uncoded.z)
        votes = self.votes(uncoded.texts, uncoded.questions, uncoded.features)
        return self.calibration.apply(Views(logits, self._regression.rises(uncoded, logits), votes))

    def votes(self, texts: Sequence[str], questions: NDArray[Any], features: Features) -> Floats:
        """Return the (n, K) votes of alike answers, and remember them; zeros before the first `refine`."""
        import numpy as np

        if self._alike is None:
            return np.zeros((len(texts), self._n_themes), dtype=np.float32)
        return self._alike.for_texts(texts, questions, features)
