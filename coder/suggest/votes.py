"""Votes of coded answers on the themes of similar answers: kernel ridge regression, fitted in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats
    from coder.suggest.coded import CodedTable
    from coder.suggest.features import Features

FEWEST = 50
"""Finished answers that votes need: how far they count can be measured from so many on."""

_MOST = 6000
"""Most different answers that vote: the work grows with the cube of their number."""
_OTHER_QUESTION = 0.67
_PENALTY = 0.5
_MOST_ALIKE = 50
_BLOCK = 512


class AlikeVotes:
    """Votes of coded answers, each with a weight of its own for each theme.

    An answer's votes for a theme are the sum over the coded answers of weight times likeness, or 0 where that
    is negative: votes speak for a theme, never against. Likeness is exp(-|a - b|^2) for positions a and b,
    two thirds of that between answers to different questions. The weights are those that come closest, with a
    penalty on their size, to what the coded answers were coded with, less each theme's share of those to
    which it was offered (kernel ridge regression). Equal answers vote as one that counts for more.

    Args:
        positions: (m, d), of the coded answers.
        questions: (m,), the numbers of their questions.
        weights: (m, K).
    """

    def __init__(self, positions: Floats, questions: NDArray[Any], weights: Floats) -> None:
        self._positions = positions
        self._questions = questions
        self._weights = weights
        self._cached: dict[tuple[str, int], Floats] = {}

    def for_texts(self, texts: Sequence[str], questions: NDArray[Any], features: Features) -> Floats:
        """Return the (n, K) votes for texts; those for a text of a question are worked out once."""
        import numpy as np

        names = list(zip(texts, questions.tolist(), strict=True))
        new = [row for row, name in enumerate(names) if name not in self._cached]
        if new:
            x = features.x([texts[row] for row in new])
            votes = self.votes(features.positions(x), questions[new])
            self._cached.update(zip((names[row] for row in new), votes, strict=True))
        return np.array([self._cached[name] for name in names]).reshape(len(names), self._weights.shape[1])

    def votes(self, positions: Floats, questions: NDArray[Any]) -> Floats:
        """Return (n, K) votes, as differences of shares: how much likelier a theme is than on average.

        Args:
            positions: (n, d), of the answers that are voted on.
            questions: (n,), the numbers of their questions.
        """
        import numpy as np

        votes = np.zeros((len(positions), self._weights.shape[1]), dtype=np.float32)
        for start in range(0, len(positions), _BLOCK):
            rows = slice(start, start + _BLOCK)
            likeness = _likeness(positions[rows], questions[rows], self._positions, self._questions)
            votes[rows] = np.maximum(likeness @ self._weights, 0)
        return votes


def fitted_votes(finished: CodedTable) -> Generator[None, None, AlikeVotes | None]:
    """Find the weights of coded answers, a slice of the work at each step; return None if they are too few.

    With 6,000 different answers there are some 25 slices of up to 0.2 s.
    """
    import numpy as np
    from scipy.linalg import cho_solve

    if len(finished.y) < FEWEST:
        return None
    rows, shares, counts = _different(finished)
    positions, questions = finished.positions[rows], finished.questions[rows]
    matrix = np.empty((len(rows), len(rows)), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        matrix[block] = _likeness(positions[block], questions[block], positions, questions)
        yield
    matrix[np.diag_indices(len(rows))] += _PENALTY / np.minimum(counts, _MOST_ALIKE)
    yield from _factored(matrix)
    # Where a question does not offer a theme its answers stand at the mean: one factor serves all themes.
    offered = finished.cell_weights > 0
    mean = finished.y.sum(axis=0) / np.maximum(1, offered.sum(axis=0))
    weights = cho_solve((matrix, True), (shares - mean) * offered[rows], overwrite_b=True)
    return AlikeVotes(positions, questions, weights.astype(np.float32))


def _likeness(
    positions: Floats, questions: NDArray[Any], voters: Floats, their_questions: NDArray[Any]
) -> Floats:
    """Return the (n, m) likeness of answers to the coded answers that vote on them."""
    import numpy as np

    squares = (positions**2).sum(axis=1)[:, None] + (voters**2).sum(axis=1)
    likeness: Floats = np.exp(2 * positions @ voters.T - squares)
    likeness[questions[:, None] != their_questions] *= _OTHER_QUESTION
    return likeness


def _different(finished: CodedTable) -> tuple[NDArray[Any], Floats, Floats]:
    """Return a row of each different answer, the share of its doubles with each theme, and their number."""
    import numpy as np

    doubles: dict[tuple[int, bytes], list[int]] = {}
    for row, (question, position) in enumerate(
        zip(finished.questions.tolist(), finished.positions, strict=True)
    ):
        doubles.setdefault((question, position.tobytes()), []).append(row)
    groups = list(doubles.values())
    groups = groups[:: -(-len(groups) // _MOST)]
    shares = np.array([finished.y[group].mean(axis=0) for group in groups])
    return np.array([group[0] for group in groups]), shares, np.array([len(group) for group in groups])


def _factored(matrix: Floats) -> Generator[None]:
    """Replace a positive definite matrix by its lower Cholesky factor, some columns at each step."""
    import numpy as np
    from scipy.linalg import solve_triangular

    for start in range(0, len(matrix), _BLOCK):
        end = start + _BLOCK
        matrix[start:, start:end] -= matrix[start:, :start] @ matrix[start:end, :start].T
        corner = matrix[start:end, start:end] = np.linalg.cholesky(matrix[start:end, start:end])
        matrix[end:, start:end] = solve_triangular(corner, matrix[end:, start:end].T, lower=True).T
        yield
