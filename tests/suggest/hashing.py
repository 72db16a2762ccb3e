"""A small deterministic encoder, and a survey with themes that words can tell apart."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from coder.domain.codebook import Theme
from coder.errors import CoderError
from coder.suggest.sentences import Sentences
from coder.suggest.word_stems import stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

THEMES = (
    Theme(
        "staff", "Recruitment and retention", "Finding and keeping workers.", keywords=("recruit", "agency")
    ),
    Theme("money", "Budget", "Money, cuts and costs.", keywords=("budget", "fund")),
    Theme("beds", "Availability of beds", "Hospital beds when they are needed.", keywords=("bed",)),
    Theme("law", "Legal literacy", "Knowing the Act and its duties.", examples=("Training on the Act",)),
)

TEXTS = (
    "We cannot recruit social workers and rely on agency staff",
    "Vacancies stay open for a year because nobody applies",
    "Agency rates are twice what we pay",
    "The budget is overspent again this year",
    "Funding ends in March and nobody knows what follows",
    "Costs of placements went up by a third",
    "There is no bed within eighty miles",
    "People wait for a bed in police custody",
    "The wards are full every night",
    "Managers do not know the Act well enough",
    "Court judgments change faster than our policies",
    "We would like training on duties under the Act",
    "Nothing to add, thank you for asking",
    "It was a sunny day when we met",
)

LABELS: tuple[set[str], ...] = (
    {"staff"}, {"staff"}, {"staff", "money"}, {"money"}, {"money"}, {"money"},
    {"beds"}, {"beds"}, {"beds"}, {"law"}, {"law"}, {"law"}, set(), set(),
)  # fmt: skip


class HashingEncoder:
    """Adds up a random direction for each stem: texts that share words are alike."""

    name = "hashing@1"
    dimensions = 32
    languages: frozenset[str] | None = None
    is_quick = False

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n, 32) array whose rows have length 1."""
        self.encoded += texts
        return np.array([_direction(text) for text in texts], dtype=np.float32).reshape(-1, self.dimensions)


class QuickEncoder(HashingEncoder):
    """Is quick enough for rankings to wait for it."""

    name = "quick@1"
    is_quick = True


class BrokenEncoder(HashingEncoder):
    """Cannot be loaded."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Raise what a missing model raises."""
        raise CoderError("The model cannot be loaded.", f"{len(texts)} texts wait.")  # noqa: EM101


def without_sentences(x: NDArray[Any], z: NDArray[Any]) -> Sentences:
    """Return what stands for the sentences of answers that have one each."""
    return Sentences(x[:0], z[:0], np.zeros(0, dtype=int))


def _direction(text: str) -> NDArray[np.float64]:
    total = np.full(HashingEncoder.dimensions, 0.1)
    for word, _ in stems(text):
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
        total += np.random.default_rng(seed).normal(size=HashingEncoder.dimensions)
    unit: NDArray[np.float64] = total / np.linalg.norm(total)
    return unit
