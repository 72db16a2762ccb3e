"""Orders in which answers can be read: each unlike those before, or similar ones together; done in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.suggest.arrays import unit_rows

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats

    RowNumbers = NDArray[Any]
    """Numbers of rows, in an order."""

_SPREAD = 300
"""So many answers are chosen one by one; the others follow, those least like the chosen ones first."""
_ROUNDS = 5
"""Rounds of k-means."""
_SLICE = 10
_BLOCK = 512
_TAKEN = 2.0
"""Stands for the cosine of a row that was chosen already: more than any cosine."""


def spread(rows: Floats, earlier: Floats, most: int = _SPREAD) -> Generator[None, None, RowNumbers]:
    """Order answers so that each is as unlike all before it as can be (greedy k-centre, farthest first).

    Without earlier ones, the most typical comes first. Rows of zeros, of which nothing is known, come last.

    Args:
        rows: (n, d), of length 1.
        earlier: (m, d), of answers that come before them all.
        most: So many are chosen one by one.

    Returns:
        The numbers of the n rows, in order.
    """
    import numpy as np

    nearest = np.full(len(rows), -1.0, dtype=np.float32)
    nearest[~rows.any(axis=1)] = 1.0
    for start in range(0, len(earlier), _BLOCK):
        nearest = np.maximum(nearest, (rows @ earlier[start : start + _BLOCK].T).max(axis=1))
        yield
    order: list[int] = []
    for turn in range(min(most, len(rows))):
        typical = turn == 0 and not len(earlier)
        row = int((rows @ rows.sum(axis=0)).argmax() if typical else nearest.argmin())
        order.append(row)
        # Its doubles are as near to it as can be; the row itself must not be chosen again before them.
        nearest = np.maximum(nearest, rows @ rows[row])
        nearest[order] = _TAKEN
        if turn % _SLICE == 0:
            yield
    remaining = nearest.argsort(kind="stable")[: len(rows) - len(order)]
    return np.concatenate([np.array(order, dtype=int), remaining])


def alike(rows: Floats) -> Generator[None, None, RowNumbers]:
    """Order answers so that like follows like: cluster by cluster, each a walk from neighbour to neighbour.

    There are about as many clusters as answers in one (k-means from farthest-first centres).

    Args:
        rows: (n, d), of length 1.

    Returns:
        The numbers of the n rows, in order.
    """
    import numpy as np

    n_clusters = round(len(rows) ** 0.5)
    order = yield from spread(rows, rows[:0], n_clusters)
    if not len(rows):
        return order
    centres = rows[order[:n_clusters]]
    nearest = np.zeros(len(rows), dtype=int)
    for _ in range(_ROUNDS):
        nearest = (rows @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rows)
        centres = unit_rows(sums)
        yield
    walked: list[RowNumbers] = []
    for cluster in _walk(centres):
        members = np.flatnonzero(nearest == cluster)
        walked.append(members[_walk(rows[members])])
        yield
    return np.concatenate(walked)


def _walk(rows: Floats) -> RowNumbers:
    """Return the numbers of rows in the order of a walk from the first, always to the nearest not yet met."""
    import numpy as np

    unmet = np.ones(len(rows), dtype=bool)
    order = np.zeros(len(rows), dtype=int)
    for turn in range(1, len(rows)):
        unmet[order[turn - 1]] = False
        order[turn] = np.where(unmet, rows @ rows[order[turn - 1]], -_TAKEN).argmax()
    return order


def doubt(probabilities: Floats) -> Floats:
    """Return for each answer 1 less the probability of its likeliest theme.

    Adding up how uncertain each theme is would put the longest answers first, from which the engine learns
    far more slowly.

    Args:
        probabilities: (n, K).
    """
    unlikely: Floats = 1 - probabilities.max(axis=1)
    return unlikely
