"""Orders of answers: unlike those before, alike together. Each does its work in slices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coder.suggest.arrays import unit_rows

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats

    Places = NDArray[Any]

_SPREAD = 300
"""So many answers are chosen one by one; the rest follow by how unlike these they are."""
_ROUNDS = 5
"""Of k-means."""
_SLICE = 10
_BLOCK = 512
_TAKEN = 2.0
"""More than any cosine."""


def spread(rows: Floats, seen: Floats, most: int = _SPREAD) -> Generator[None, None, Places]:
    """Order answers so that each is as unlike all before it as can be (greedy k-centre, farthest first).

    Without any seen, the most typical comes first. Rows of zeros, of which nothing is known, come last.

    Args:
        rows: (n, d), of length 1.
        seen: (m, d), of answers that come before them all.
        most: So many are chosen one by one.

    Returns:
        The n places in order.
    """
    import numpy as np

    nearest = np.full(len(rows), -1.0, dtype=np.float32)
    nearest[~rows.any(axis=1)] = 1.0
    for start in range(0, len(seen), _BLOCK):
        nearest = np.maximum(nearest, (rows @ seen[start : start + _BLOCK].T).max(axis=1))
        yield
    order: list[int] = []
    for turn in range(min(most, len(rows))):
        first = turn == 0 and not len(seen)
        place = int((rows @ rows.sum(axis=0)).argmax() if first else nearest.argmin())
        order.append(place)
        # One of its doubles is as near to it as can be, and nearer than itself it must not be.
        nearest = np.maximum(nearest, rows @ rows[place])
        nearest[order] = _TAKEN
        if turn % _SLICE == 0:
            yield
    rest = nearest.argsort(kind="stable")[: len(rows) - len(order)]
    return np.concatenate([np.array(order, dtype=int), rest])


def alike(rows: Floats) -> Generator[None, None, Places]:
    """Order answers so that like follows like: cluster by cluster, each a walk from neighbour to neighbour.

    There are about as many clusters as answers in one (k-means from farthest-first centres).

    Args:
        rows: (n, d), of length 1.

    Returns:
        The n places in order.
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
    walked: list[Places] = []
    for cluster in _walk(centres):
        members = np.flatnonzero(nearest == cluster)
        walked.append(members[_walk(rows[members])])
        yield
    return np.concatenate(walked)


def _walk(rows: Floats) -> Places:
    """Return the places in the order of a walk that begins with the first and goes to the nearest left."""
    import numpy as np

    left = np.ones(len(rows), dtype=bool)
    order = np.zeros(len(rows), dtype=int)
    for turn in range(1, len(rows)):
        left[order[turn - 1]] = False
        order[turn] = np.where(left, rows @ rows[order[turn - 1]], -_TAKEN).argmax()
    return order


def doubt(probabilities: Floats) -> Floats:
    """Return for each answer how unlikely even its likeliest theme is.

    Adding up how uncertain each theme is would put the longest answers first, from which the engine learns
    far more slowly.

    Args:
        probabilities: (n, K).
    """
    unlikely: Floats = 1 - probabilities.max(axis=1)
    return unlikely
