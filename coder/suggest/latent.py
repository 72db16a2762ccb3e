"""Latent semantic analysis: what the words of this survey's own answers say about each other."""

from __future__ import annotations

import warnings
from collections import ChainMap
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.suggest.arrays import Floats

_MIN_TEXTS = 5
_MANY_TEXTS = 100
_DIMENSIONS = 256
_MAX_SAMPLE = 2500
_SEED = 0
_MOST_PASSING = 8000


class LatentWords:
    """Turns texts into (n, d) rows by a truncated SVD of TF-IDF over words and letter groups.

    With fewer than five different texts to learn from there is nothing to analyse, and d is 0.

    Args:
        texts: The answers of one question, coded or not; at most 2,500 of them are used, evenly spread.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._steps: tuple[Any, Any, Any] | None = None
        self.dimensions = 0
        self._rows: dict[str, Floats] = {}
        self._passing: dict[str, Floats] = {}
        """Rows that are dropped once there are many of them."""
        different = list(dict.fromkeys(_formed(text) for text in texts if text.strip()))
        if len(different) >= _MIN_TEXTS:
            self._fit(different[:: -(-len(different) // _MAX_SAMPLE)])

    def warm(self, texts: Sequence[str]) -> None:
        """Work out the rows of texts and keep them; those of others are dropped once there are many."""
        texts = list(map(_formed, texts))
        self._rows |= self._new(text for text in texts if text not in self._rows)

    def rows(self, texts: Sequence[str], *, keep: bool = True) -> Floats:
        """Return the texts' rows; with `keep` they are remembered for a while."""
        import numpy as np

        if self._steps is None or not len(texts):
            return np.zeros((len(texts), self.dimensions), dtype=np.float32)
        texts = list(map(_formed, texts))
        if len(self._passing) > _MOST_PASSING:
            self._passing.clear()
        new = self._new(text for text in texts if text not in self._rows and text not in self._passing)
        if keep:
            self._passing |= new
        known = ChainMap(new, self._passing, self._rows)
        rows = [known[text] for text in texts]
        return np.stack(rows).astype(np.float32)

    def _new(self, texts: Iterable[str]) -> dict[str, Floats]:
        new = list(dict.fromkeys(texts))
        return dict(zip(new, _transformed(self._steps, new), strict=True)) if new and self._steps else {}

    def _fit(self, texts: list[str]) -> None:
        import numpy as np
        from scipy.sparse import hstack
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        few = len(texts) < _MANY_TEXTS
        word_pairs = TfidfVectorizer(ngram_range=(1, 2), min_df=1 if few else 2, sublinear_tf=True)
        letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), min_df=1 if few else 3, sublinear_tf=True
        )
        try:
            table = hstack([word_pairs.fit_transform(texts), letters.fit_transform(texts)]).tocsr() / 2**0.5
        except ValueError:  # no word or letter group occurs often enough
            return
        self.dimensions = min(_DIMENSIONS, min(table.shape) - 1)
        svd = TruncatedSVD(self.dimensions, n_iter=3, random_state=_SEED)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # all texts alike: no variance to divide by
            svd.fit(table)
        # As it is multiplied by: else each text's row would cost a copy of it.
        self._steps = (word_pairs, letters, svd.components_.T.astype(np.float32, order="C"))


def _transformed(steps: tuple[Any, Any, Any], texts: list[str]) -> Floats:
    from scipy.sparse import hstack

    word_pairs, letters, components = steps
    table = hstack([word_pairs.transform(texts), letters.transform(texts)]).tocsr().astype("float32")
    # Three digits are enough, and take half the memory.
    rows: Floats = (table @ components / 2**0.5).astype("float16")
    return rows


def _formed(text: str) -> str:
    return normalize("NFC", text)
