"""The sets of themes that coders chose on answers, as values whose distances are those of MASI."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coder.agreement.coefficients import MISSING, masi_distances

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coder.agreement.coefficients import Figures, Integers
    from coder.agreement.resampling import Sampling
    from coder.agreement.side_by_side import SharedAnswers

_MOST_SETS = 1_500
"""Different sets of which all distances are kept, and chance is worked out anew for each sample."""
_ROWS_AT_ONCE = 512
_LARGEST_LOOKED_UP = 100
"""Themes of a set."""


@dataclass(frozen=True)
class SetValues:
    """What several coders chose on each answer, each a set of themes that all its readers could choose."""

    sets: NDArray[np.bool_]
    """(S, T) the different sets."""
    values: Integers
    """(K, U) the number of the set that a coder chose on an answer, or `MISSING`."""
    respondents: NDArray[np.int64]
    """(U,) who gave each answer."""

    @classmethod
    def of(cls, comparison: SharedAnswers) -> SetValues:
        """Return the sets that were chosen on the answers of a comparison."""
        import numpy as np

        read = comparison.read
        rows = (comparison.chosen & comparison.shared)[read]
        packed = np.packbits(rows, axis=1)
        _, first, numbers = np.unique(packed, axis=0, return_index=True, return_inverse=True)
        values = np.full(read.shape, MISSING, np.int64)
        values[read] = numbers.reshape(-1)
        return cls(rows[first], values, comparison.respondents)

    @property
    def observed(self) -> float:
        """The distances between the sets of each answer, each pair both ways, over its readers less one."""
        return float(self._apart.sum())

    @property
    def expected(self) -> tuple[float, int]:
        """The distances of all sets from all, each pair both ways, and how many sets were chosen."""
        return float(self._times @ self._from_all), int(self._times.sum())

    def drawn_sums(self, sampling: Sampling) -> Figures:
        """Return (draws, 3) what `observed` and `expected` are in samples of the respondents.

        Of many different sets, what chance leads one to expect follows the samples to the first order: the
        rest is to it as one respondent to all.
        """
        import numpy as np

        places = sampling.places(self.respondents)
        there = self.values != MISSING
        of_value = np.broadcast_to(places, self.values.shape)[there]
        number, chosen = len(sampling.respondents), self.values[there]
        columns = [
            np.bincount(places, self._apart, number),
            np.bincount(of_value, self._from_all[chosen], number),
            np.bincount(of_value, minlength=number),
        ]
        observed, first_order, values = sampling.totals(np.stack(columns, axis=1)).T
        expected = 2 * first_order - self.expected[0]
        if self._distances is not None:
            expected = self._expected_in(sampling, of_value, chosen)
        return np.stack([observed, expected, values], axis=1)

    def _expected_in(self, sampling: Sampling, of_value: Integers, chosen: Integers) -> Figures:
        """Return (draws,) what `expected` is in samples, given who gave the answer to each set chosen."""
        import numpy as np

        distances = np.asarray(self._distances, np.float32)
        sets = len(distances)
        expected = []
        for weights in sampling.weights():
            times = np.stack([np.bincount(chosen, sample[of_value], sets) for sample in weights])
            expected.append(np.einsum("ij,ij->i", times.astype(np.float32) @ distances, times))
        return np.concatenate(expected)

    @cached_property
    def _sizes(self) -> Integers:
        sizes: Integers = self.sets.sum(axis=1)
        return sizes

    @cached_property
    def _times(self) -> Figures:
        """(S,) how often each set was chosen."""
        import numpy as np

        return np.bincount(self.values[self.values != MISSING], minlength=len(self.sets)).astype(float)

    @cached_property
    def _apart(self) -> Figures:
        """(U,) the part of `observed` that each answer has."""
        import numpy as np

        there = self.values != MISSING
        apart = np.zeros(self.values.shape[1])
        for first in range(len(self.values)):
            for second in range(first):
                both = there[first] & there[second]
                one, other = self.values[first, both], self.values[second, both]
                shared = (self.sets[one] & self.sets[other]).sum(axis=1)
                apart[both] += 2 * masi_distances(shared, self._sizes[one], self._sizes[other])
        readers = there.sum(axis=0)
        parts: Figures = apart / np.maximum(readers - 1, 1)
        return parts

    @cached_property
    def _from_all(self) -> Figures:
        """(S,) the distances of each set from all that were chosen."""
        import numpy as np

        if self._distances is not None:
            return self._distances @ self._times
        starts = range(0, len(self.sets), _ROWS_AT_ONCE)
        return np.concatenate([self._rows(start) @ self._times for start in starts])

    @cached_property
    def _distances(self) -> Figures | None:
        """(S, S) all distances; None where there are too many."""
        import numpy as np

        if len(self.sets) > _MOST_SETS:
            return None
        starts = range(0, len(self.sets), _ROWS_AT_ONCE)
        return np.concatenate([self._rows(start) for start in starts]) if starts else np.zeros((0, 0))

    def _rows(self, start: int) -> Figures:
        """Return some rows of the distances."""
        import numpy as np

        rows = slice(start, start + _ROWS_AT_ONCE)
        bits = self.sets.astype(np.float32)
        shared = (bits[rows] @ bits.T).astype(np.int64)
        sizes, largest = self._sizes, int(self._sizes.max(initial=0)) + 1
        if largest > _LARGEST_LOOKED_UP:
            return masi_distances(shared, sizes[rows, None], sizes[None])
        # Looked up, they are there in a fifth of the time.
        by_sizes = masi_distances(*np.indices((largest, largest, largest)))
        distances: Figures = by_sizes[shared, sizes[rows, None], sizes[None]]
        return distances
