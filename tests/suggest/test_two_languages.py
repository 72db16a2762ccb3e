"""Answers in one language, themes in another: what words share is chance, and must not become certainty."""

from __future__ import annotations

import numpy as np
import pytest
from hashing import HashingEncoder

from coder.domain.codebook import Theme
from coder.suggest import Suggester
from coder.suggest.arrays import unit_rows
from coder.suggest.encoding.text_vectors import Vectors
from coder.suggest.features import Features
from coder.suggest.latent import LatentWords

THEMES = [Theme(f"t{n}", f"Bolira{n} vesta{n} kumolo{n}") for n in range(12)]


def made_up_answers(n: int) -> list[str]:
    """Return answers in made-up words, none of them a theme's, but for one: it holds `vesta3` by chance."""
    rng = np.random.default_rng(0)
    syllables = ["ga", "ri", "to", "ne", "sul", "pam", "wek", "dro"]
    words = ["".join(rng.choice(syllables, 3)) for _ in range(60)]
    answers = [" ".join(rng.choice(words, 12)) for _ in range(n)]
    return [*answers[:-1], f"{answers[-1]} vesta3"]


@pytest.mark.parametrize("with_vectors", [True, False])
def test_a_word_shared_by_chance_is_no_certainty(*, with_vectors: bool) -> None:
    """One match among 400 answers has a small deviation; the score is divided by no less than 1."""
    answers = made_up_answers(400)
    vectors = Vectors(HashingEncoder()) if with_vectors else None
    if vectors:
        vectors.embed([*answers, *(theme.label for theme in THEMES)])
    features = Features(THEMES, vectors, LatentWords(answers), answers)
    scores = features.z(answers)
    overlap = np.array([features.lexical.overlap(answer) for answer in answers])
    assert 0 < overlap.std() < 0.2, "the pair of languages shares next to nothing"
    without = features.z([answers[-1].removesuffix(" vesta3")])[0, 3]
    assert 0 < scores[-1, 3] - without < 3


@pytest.mark.parametrize("encoder", [HashingEncoder(), None])
def test_nothing_is_claimed_for_a_word_shared_by_chance(encoder: HashingEncoder | None) -> None:
    """Before any coding, and after some that say that the theme is not there."""
    answers = made_up_answers(200)
    suggester = Suggester(THEMES, encoder)
    suggester.prepare(answers)
    assert suggester.rank(answers[-1:]).max() < 0.8
    suggester.add(answers[:100], [["t0"] if n % 2 else [] for n in range(100)])
    assert suggester.rank(answers[-1:])[0, 3] < 0.5


def test_equal_answers_give_scores_of_a_usual_size() -> None:
    """Where nothing varies, nothing is divided by next to nothing."""
    answers = [" ".join(["garito"] * n) for n in range(1, 40)]
    scores = Features(THEMES, None, LatentWords(answers), answers).z(answers)
    assert np.isfinite(scores).all()
    assert np.abs(scores).max() < 10


def test_short_rows_stay_short() -> None:
    """Rows as long as the least or longer come to length 1, shorter ones in proportion."""
    rows = np.array([[3.0, 4.0], [0.03, 0.04], [0.0, 0.0]])
    assert np.linalg.norm(unit_rows(rows, 0.5), axis=1) == pytest.approx([1, 0.1, 0])
    assert np.linalg.norm(unit_rows(rows), axis=1) == pytest.approx([1, 1, 0])
