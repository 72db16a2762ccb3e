"""Responses as numbers: what they say (x) and what the codebook says of them (z)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.suggest.arrays import unit_rows
from coder.suggest.lexical import LexicalRanker
from coder.suggest.sentences import Sentences, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Theme
    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.text_vectors import Vectors
    from coder.suggest.latent import LatentWords

_VECTOR_WEIGHT = 2.0
_LATENT_WEIGHT = 4.0
_OVERLAP_WEIGHT = 0.5
_KEYWORD_WEIGHT = 2.0
_MEAN_PULL = 10
_THEMES_PULL = 2
"""How strongly means of vectors are pulled to zero: the mean of a handful is not that of the question."""
_EXAMPLES = 3
_SCALE_SAMPLE = 500
_MIN_SCALE_TEXTS = 20
_LEAST_LIKENESS, _LEAST_OVERLAP = 0.06, 1.0
"""The least spreads that scores are divided by. Where answers and themes are in two languages, words overlap
by chance alone, and hardly ever: divided by so small a deviation each chance would be beyond all others."""
_LEAST_SPREAD = 1.0
"""That of the mix: what it is where likeness alone tells themes apart."""
_LEAST_KNOWN = 0.3
"""The least length that latent rows of themes are divided by: that of a theme whose words no answer uses."""
_BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Scales:
    """What the scores are divided by: the spreads of likeness and overlap, and of the mix, less its mean.

    None is below its least, so that what hardly varies stays small.
    """

    likeness: float
    overlap: float
    mean: float
    spread: float


_UNSEEN = Scales(likeness=0.12, overlap=2.0, mean=0.3, spread=1.3)
"""Typical values, for a question whose answers are not known yet."""


class Features:
    """Turns the texts of one question into the two inputs of the regression.

    Args:
        themes: The question's K themes.
        vectors: The embedding model's vectors; None goes by words alone. A text without a vector
            gets zeros, so that its words still count.
        latent: What the question's own answers say about their words.
        background: The question's answers, coded or not: centre and scales come from them.
    """

    def __init__(
        self, themes: Sequence[Theme], vectors: Vectors | None, latent: LatentWords, background: Sequence[str]
    ) -> None:
        self.lexical = LexicalRanker(themes)
        self.latent = latent
        self._vectors = vectors
        self._theme_texts = [theme_text(theme) for theme in themes]
        self._mean = self._mean_of(background)
        self._theme_vectors = self._raw(self._theme_texts, None)
        sample = self._sample(background)
        self._scales = self._measured(sample) if len(sample) >= _MIN_SCALE_TEXTS else _UNSEEN

    def x(self, texts: Sequence[str], vectors: Floats | None = None, *, keep: bool = True) -> Floats:
        """Return the (n, d) features: centred vector and latent words, each with its weight.

        Args:
            texts: The responses, or passages of them.
            vectors: Their vectors where they are not kept; None takes the kept ones.
            keep: Whether the texts' latent rows are remembered.
        """
        import numpy as np

        latent = _LATENT_WEIGHT * self.latent.rows(texts, keep=keep)
        return np.hstack([_VECTOR_WEIGHT * self._centred(self._raw(texts, vectors), self._mean), latent])

    def positions(self, x: Floats) -> Floats:
        """Return (n, d) positions of answers with features x: the closer, the more alike they are."""
        import numpy as np

        vectors, latent = np.split(x, [x.shape[1] - self.latent.dimensions], axis=1)
        return np.hstack([unit_rows(vectors), unit_rows(latent)]) / np.float32(2**0.5)

    def z(self, texts: Sequence[str], vectors: Floats | None = None, *, share: float = 1.0) -> Floats:
        """Return (n, K) scores of the codebook: likeness of meaning, words shared, keywords met.

        Args:
            texts: The responses, or passages of them.
            vectors: Their vectors where they are not kept; None takes the kept ones.
            share: How much of the mean is taken off before vectors are compared. Half is best
                before the first coding, all of it after.
        """
        scales = self._scales
        likeness, overlap, keywords = self._codebook_scores(texts, vectors, share)
        mixed = _mixed(likeness, overlap, keywords, scales)
        return (mixed - scales.mean) / scales.spread

    def sentences(self, texts: Sequence[str], *, share: float = 1.0) -> Sentences:
        """Return the sentences of texts that have several, once all of a text's have vectors.

        Args:
            texts: The responses.
            share: As for `z`.
        """
        import numpy as np

        owned = [
            (row, sentence)
            for row, text in enumerate(texts)
            if all(map(self._has_vector, sentences(text)))
            for sentence in sentences(text)
        ]
        of_all = [sentence for _, sentence in owned]
        owners = np.array([row for row, _ in owned], dtype=np.int64)
        return Sentences(self.x(of_all), self.z(of_all, share=share), owners)

    def _codebook_scores(
        self, texts: Sequence[str], vectors: Floats | None, share: float
    ) -> tuple[Floats, Floats, Floats]:
        import numpy as np

        overlap = np.zeros((len(texts), len(self._theme_texts)), dtype=np.float32)
        keywords = np.zeros_like(overlap)
        for row, text in enumerate(texts):  # both of one text together: it is read once
            overlap[row] = self.lexical.overlap(text)
            keywords[row, sorted(self.lexical.keyword_columns(text))] = 1
        return self._likeness(texts, vectors, share), overlap, keywords

    def _likeness(self, texts: Sequence[str], vectors: Floats | None, share: float) -> Floats:
        likeness: Floats
        if self._vectors is None:
            themes = unit_rows(self.latent.rows(self._theme_texts), _LEAST_KNOWN)
            likeness = unit_rows(self.latent.rows(texts, keep=vectors is None)) @ themes.T
            return likeness
        themes = self._vectors.centred(
            self._theme_vectors, share * self._vectors.mean(self._theme_vectors, _THEMES_PULL)
        )
        likeness = self._centred(self._raw(texts, vectors), share * self._mean) @ themes.T
        return likeness

    def _raw(self, texts: Sequence[str], vectors: Floats | None) -> Floats:
        import numpy as np

        if self._vectors is None:
            return np.zeros((len(texts), 0), dtype=np.float32)
        return self._vectors.rows(texts) if vectors is None else vectors

    def _sample(self, background: Sequence[str]) -> list[str]:
        different = [text for text in dict.fromkeys(background) if text.strip()]
        embedded = [text for text in different if self._has_vector(text)]
        pool = embedded if len(embedded) >= _MIN_SCALE_TEXTS else different
        return pool[:: max(1, len(pool) // _SCALE_SAMPLE)]

    def _has_vector(self, text: str) -> bool:
        return self._vectors is not None and self._vectors.has(text)

    def _measured(self, texts: Sequence[str]) -> Scales:
        likeness, overlap, keywords = self._codebook_scores(texts, None, 1.0)
        spreads = _spread(likeness, _LEAST_LIKENESS), _spread(overlap, _LEAST_OVERLAP)
        mixed = _mixed(likeness, overlap, keywords, Scales(*spreads, mean=0, spread=1))
        return Scales(*spreads, float(mixed.mean()), _spread(mixed, _LEAST_SPREAD))

    def _mean_of(self, background: Sequence[str]) -> Floats:
        total = count = self._raw([""], None)[0]
        if self._vectors is not None:
            for start in range(0, len(background), _BLOCK):
                sums, counts = self._vectors.sums(self._raw(background[start : start + _BLOCK], None))
                total, count = total + sums, count + counts
        mean: Floats = total / (count + _MEAN_PULL)
        return mean

    def _centred(self, vectors: Floats, mean: Floats) -> Floats:
        return vectors if self._vectors is None else self._vectors.centred(vectors, mean)


def _spread(scores: Floats, least: float) -> float:
    return max(float(scores.std()), least)


def theme_text(theme: Theme) -> str:
    """Return the text of a theme that is embedded: label, definition and the first examples."""
    meaning = f"{theme.label}: {theme.definition}" if theme.definition else theme.label
    return ". ".join([meaning, *theme.examples[:_EXAMPLES]])


def _mixed(likeness: Floats, overlap: Floats, keywords: Floats, scales: Scales) -> Floats:
    mixed: Floats = likeness / scales.likeness + _OVERLAP_WEIGHT * overlap / scales.overlap
    return mixed + _KEYWORD_WEIGHT * keywords
