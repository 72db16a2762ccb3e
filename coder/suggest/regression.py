"""Logistic regression for all themes at once; its prior is what the codebook says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.suggest.arrays import sigmoid

if TYPE_CHECKING:
    from coder.suggest.arrays import Floats
    from coder.suggest.coded import CodedTable, UncodedTable

SLOPE = 0.9
_SLOPE_PENALTY = 5.0
_BIAS_PENALTY = 0.15
_PULL_DOUBLES_AT = 2000
"""Coded responses at which the pull on the weights is twice what it is at first."""


class PriorRegression:
    """Probabilities of themes: logit p = base + bias + slope * z + weights . x, each theme with its own.

    The base is that of a question: `offered_themes.base_log_odds`. The prior pulls slopes to 0.9, weights and
    biases to 0. So z, what the codebook says of a response, decides alone before any coding and matters less
    with each.
    The pull on the weights grows a little with the coded responses.

    Args:
        n_themes: K.
        n_features: d, the columns of x.
    """

    def __init__(self, n_themes: int, n_features: int) -> None:
        self._shape = (n_features + 2, n_themes)
        self._parameters = self._prior()

    def logits(self, base: Floats, x: Floats, z: Floats) -> Floats:
        """Return (n, K) log-odds for the base (n,), features x (n, d) and codebook scores z (n, K)."""
        logits: Floats = base[:, None] + _logits(self._parameters, x, z)
        return logits

    def rises(self, responses: CodedTable | UncodedTable, logits: Floats) -> Floats:
        """Return by how much the likeliest sentence's log-odds are above the whole answer's.

        They are below 0 where no sentence is as likely as the whole, and 0 for an answer of one sentence.

        Args:
            responses: n responses.
            logits: (n, K), those of the whole answers.
        """
        import numpy as np

        rises, sentences = np.zeros_like(logits), responses.sentences
        if len(sentences.owners):
            rows, starts = np.unique(sentences.owners, return_index=True)
            of_sentences = self.logits(responses.base[sentences.owners], sentences.x, sentences.z)
            rises[rows] = np.maximum.reduceat(of_sentences, starts, axis=0) - logits[rows]
        return rises

    def fit(self, coded: CodedTable, iterations: int) -> None:
        """Go on fitting from the present parameters for at most so many steps of L-BFGS.

        Four steps follow one new coding; forty find the optimum from the start.
        """
        if not len(coded.y):
            # Also in time: what would find that out takes a quarter of a second to load.
            self._parameters = self._prior()
            return
        from scipy.optimize import minimize

        def objective(flat: Floats) -> tuple[float, Floats]:
            return self._loss(flat.reshape(self._shape), coded)

        optimum = minimize(
            objective,
            self._parameters.ravel(),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": iterations, "maxcor": 8, "ftol": 1e-7, "gtol": 1e-4},
        )
        self._parameters = optimum.x.reshape(self._shape)

    def _prior(self) -> Floats:
        """Return the parameters before any coding."""
        import numpy as np

        parameters = np.zeros(self._shape)
        parameters[1] = SLOPE
        return parameters

    def _loss(self, parameters: Floats, coded: CodedTable) -> tuple[float, Floats]:
        import numpy as np

        bias, off_slope, weights = parameters[0], parameters[1] - SLOPE, parameters[2:]
        logits = coded.base[:, None] + _logits(parameters, coded.x, coded.z)
        residual = coded.cell_weights * (sigmoid(logits) - coded.y)
        misfit = np.logaddexp(0, logits) - coded.y * logits
        loss = float((coded.cell_weights * misfit).sum(dtype=np.float64))
        pull = 1 + len(coded.y) / _PULL_DOUBLES_AT
        loss += 0.5 * pull * float((weights**2).sum()) + _SLOPE_PENALTY * float((off_slope**2).sum())
        loss += _BIAS_PENALTY * float((bias**2).sum())
        gradient = np.empty_like(parameters)
        gradient[0] = residual.sum(axis=0) + 2 * _BIAS_PENALTY * bias
        gradient[1] = (residual * coded.z).sum(axis=0) + 2 * _SLOPE_PENALTY * off_slope
        gradient[2:] = coded.x.T @ residual + pull * weights
        return loss, gradient.ravel()


def _logits(parameters: Floats, x: Floats, z: Floats) -> Floats:
    # Half the width of the optimiser's numbers: twice as quick, and exact enough.
    bias, slope, *_ = small = parameters.astype("float32")
    logits: Floats = bias + z * slope + x @ small[2:]
    return logits
