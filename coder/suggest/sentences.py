"""The sentences of answers that have several: one of them alone may be about a theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats

_END = re.compile(r"(?<=[.!?;])\s+|(?<=[\u3002\uff01\uff1f\uff1b])|\n+")
_FEWEST_WORDS = 3
_FEWEST_SIGNS = 6
_CACHED = 2**13


@lru_cache(maxsize=_CACHED)
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of an answer, without those of one or two words; none if fewer than two remain."""
    with_meaning = tuple(filter(_says_something, map(str.strip, _END.split(text))))
    return with_meaning if len(with_meaning) > 1 else ()


def with_sentences(texts: Iterable[str]) -> list[str]:
    """Return answers, and after them all their sentences."""
    answers = list(texts)
    return [*answers, *chain.from_iterable(map(sentences, answers))]


def _says_something(sentence: str) -> bool:
    # Chinese and Japanese put no spaces between words.
    spaced = sentence.isascii() or " " in sentence
    return len(sentence.split()) >= _FEWEST_WORDS if spaced else len(sentence) >= _FEWEST_SIGNS


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences of responses as arrays, a row each, those of one response together."""

    x: Floats
    """(m, d), what they say."""
    z: Floats
    """(m, K), what the codebook says of them."""
    owners: NDArray[Any]
    """(m,), the rows of their responses, ascending."""

    def selected(self, rows: NDArray[np.bool_]) -> Sentences:
        """Return the sentences of the responses for which an (n,) array is True."""
        selected = rows[self.owners]
        return Sentences(self.x[selected], self.z[selected], (rows.cumsum() - 1)[self.owners[selected]])

    def followed_by(self, more: Sentences, n: int) -> Sentences:
        """Return these, of n responses, and after them those of other responses."""
        import numpy as np

        owners = np.concatenate([self.owners, more.owners + n])
        return Sentences(np.vstack([self.x, more.x]), np.vstack([self.z, more.z]), owners)
