"""What coded answers say of answers like them: kernel ridge regression, fitted in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats
    from coder.suggest.coded import Table
    from coder.suggest.features import Features

FEWEST = 200
"""Finished answers before which votes say no more than the regression does."""

_MOST = 6000
"""Different answers that vote: the work grows with the cube of their number."""
_OTHER_QUESTION = 0.67
_PENALTY = 0.5
_MOST_ALIKE = 50
_BLOCK = 512


class AlikeVotes:
    """Votes of coded answers, each with a weight of its own for each theme.

    An answer's votes for a theme are the sum over the coded answers of weight times likeness, or 0 where that
    is negative: votes speak for a theme, never against. Likeness is exp(-|a - b|^2) for two places a and b,
    two thirds of it between answers to different questions. The weights are those that come closest, with a
    penalty on their size, to what the coded answers were coded with, less each theme's share of those to
    which it was offered (kernel ridge regression). Equal answers vote as one that counts for more.
    """

    def __init__(self, places: Floats, questions: NDArray[Any], weights: Floats) -> None:
        self._places = places
        self._questions = questions
        self._weights = weights
        self._kept: dict[tuple[str, int], Floats] = {}

    def kept(self, texts: Sequence[str], questions: NDArray[Any], features: Features) -> Floats:
        """Return the (n, K) votes for texts, counted once for each text of a question."""
        import numpy as np

        names = list(zip(texts, questions.tolist(), strict=True))
        new = [row for row, name in enumerate(names) if name not in self._kept]
        if new:
            x = features.x([texts[row] for row in new])
            votes = self.votes(features.places(x), questions[new])
            self._kept.update(zip((names[row] for row in new), votes, strict=True))
        return np.array([self._kept[name] for name in names]).reshape(len(names), self._weights.shape[1])

    def votes(self, places: Floats, questions: NDArray[Any]) -> Floats:
        """Return (n, K) votes, as differences of shares: how much likelier a theme is than on average.

        Args:
            places: (n, d), where the answers stand.
            questions: (n,), the numbers of their questions.
        """
        import numpy as np

        found = np.zeros((len(places), self._weights.shape[1]), dtype=np.float32)
        for start in range(0, len(places), _BLOCK):
            rows = slice(start, start + _BLOCK)
            likeness = _likeness(places[rows], questions[rows], self._places, self._questions)
            found[rows] = np.maximum(likeness @ self._weights, 0)
        return found


def fitted_votes(finished: Table) -> Generator[None, None, AlikeVotes | None]:
    """Find the weights of coded answers, a slice of the work at each step; None if they are too few.

    With 6,000 different answers there are some 25 slices of up to 0.2 s.
    """
    import numpy as np
    from scipy.linalg import cho_solve

    if len(finished.y) < FEWEST:
        return None
    rows, shares, counts = _different(finished)
    places, questions = finished.places[rows], finished.questions[rows]
    matrix = np.empty((len(rows), len(rows)), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK):
        part = slice(start, start + _BLOCK)
        matrix[part] = _likeness(places[part], questions[part], places, questions)
        yield
    matrix[np.diag_indices(len(rows))] += _PENALTY / np.minimum(counts, _MOST_ALIKE)
    yield from _factored(matrix)
    # Where a question does not offer a theme its answers stand at the mean: one factor serves all themes.
    offered = finished.cell_weights > 0
    mean = finished.y.sum(axis=0) / np.maximum(1, offered.sum(axis=0))
    weights = cho_solve((matrix, True), (shares - mean) * offered[rows], overwrite_b=True)
    return AlikeVotes(places, questions, weights.astype(np.float32))


def _likeness(
    places: Floats, questions: NDArray[Any], others: Floats, their_questions: NDArray[Any]
) -> Floats:
    import numpy as np

    squares = (places**2).sum(axis=1)[:, None] + (others**2).sum(axis=1)
    likeness: Floats = np.exp(2 * places @ others.T - squares)
    likeness[questions[:, None] != their_questions] *= _OTHER_QUESTION
    return likeness


def _different(finished: Table) -> tuple[NDArray[Any], Floats, Floats]:
    """Return a row for each different answer, the share of its doubles with each theme, and their number."""
    import numpy as np

    doubles: dict[tuple[int, bytes], list[int]] = {}
    for row, (question, place) in enumerate(zip(finished.questions.tolist(), finished.places, strict=True)):
        doubles.setdefault((question, place.tobytes()), []).append(row)
    groups = list(doubles.values())
    groups = groups[:: -(-len(groups) // _MOST)]
    shares = np.array([finished.y[group].mean(axis=0) for group in groups])
    return np.array([group[0] for group in groups]), shares, np.array([len(group) for group in groups])


def _factored(matrix: Floats) -> Generator[None]:
    """Put the lower Cholesky factor in the place of a positive definite matrix, some columns at each step."""
    import numpy as np
    from scipy.linalg import solve_triangular

    for start in range(0, len(matrix), _BLOCK):
        end = start + _BLOCK
        matrix[start:, start:end] -= matrix[start:, :start] @ matrix[start:end, :start].T
        corner = matrix[start:end, start:end] = np.linalg.cholesky(matrix[start:end, start:end])
        matrix[end:, start:end] = solve_triangular(corner, matrix[end:, start:end].T, lower=True).T
        yield
