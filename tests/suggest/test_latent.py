"""Latent words, where there is little to learn them from."""

from __future__ import annotations

import numpy as np

from coder.suggest.latent import LatentWords


def test_few_or_equal_texts_have_no_latent_words() -> None:
    """There is nothing to learn from a handful of texts or from one text many times."""
    for texts in ([], ["a b c"] * 100, [f"w{i}" for i in range(30)]):
        rows = LatentWords(texts).rows(["a b", ""])
        assert rows.shape[0] == 2
        assert np.isfinite(rows).all()
