"""The little arithmetic on arrays that several modules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]

_SMALL = 1e-6
_FAR = 15.0


def sigmoid(logits: Floats) -> Floats:
    """Return 1 / (1 + exp(-logits)), within (0, 1) at any size."""
    import numpy as np

    odds: Floats = np.exp(-np.clip(logits, -_FAR, _FAR))
    return 1 / (1 + odds)


def unit_rows(rows: Floats, least: float = _SMALL) -> Floats:
    """Return the rows at length 1; those shorter than the least stay shorter, rows of zeros what they are."""
    import numpy as np

    lengths: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, least)


def cosines(row: Floats, others: Floats) -> Floats:
    """Return the (n,) cosines of a (1, d) row with (n, d) others."""
    products: Floats = unit_rows(others) @ unit_rows(row)[0]
    return products
