"""Vectors of texts: each made once, stored or remembered."""

from __future__ import annotations

import numpy as np
import pytest
from hashing import HashingEncoder, QuickEncoder

from coder.domain.responses import text_hash
from coder.suggest.encoding.encoders import SideBySide
from coder.suggest.encoding.text_vectors import MemoryVectors, Vectors


def test_each_text_is_encoded_once() -> None:
    """Equal texts share a vector, blank ones have none, and what is stored is not made again."""
    encoder, source = HashingEncoder(), MemoryVectors()
    vectors = Vectors(encoder, source)
    vectors.embed(["one", "two", "one", " "])
    vectors.embed(["two", "three"])
    assert encoder.encoded == ["one", "two", "three"]
    assert not vectors.rows([" "]).any()
    stored = source.get(encoder.name, [text_hash("two")])[text_hash("two")]
    assert np.allclose(np.frombuffer(stored, "<f4"), vectors.rows(["two"])[0], atol=1e-3)


@pytest.mark.parametrize(
    "stored",
    [
        np.full(HashingEncoder().dimensions, np.nan, "<f4").tobytes(),
        np.full(HashingEncoder().dimensions, np.inf, "<f4").tobytes(),
        np.full(HashingEncoder().dimensions, 1e38, "<f4").tobytes(),
        b"",
        b"abc",
        bytes(4),
        "text",
        None,
    ],
    ids=["NaN", "infinite", "huge", "empty", "no floats", "short", "text", "nothing"],
)
def test_a_damaged_vector_is_made_anew(stored: object) -> None:
    """What is stored for a text and can be no vector is encoded again, and stored in its place."""
    encoder, source = HashingEncoder(), MemoryVectors()
    source.put(encoder.name, [(text_hash("one"), stored)])  # type: ignore[list-item]
    vectors = Vectors(encoder, source)
    vectors.embed(["one"])
    assert encoder.encoded == ["one"]
    assert np.isfinite(vectors.rows(["one"])).all()
    again = Vectors(HashingEncoder(), source)
    assert again.fetch(["one"]) == []


def side_by_side(*, alone: bool) -> Vectors:
    """Return vectors of two encoders, with those of three texts made."""
    vectors = Vectors(SideBySide(QuickEncoder(), HashingEncoder()), alone=alone)
    vectors.embed(["no beds", "more beds", "money"])
    return vectors


def test_the_leading_encoder_stands_alone_until_the_other_is_laid_beside_it() -> None:
    """Before, the other's columns are zeros and it is not asked; afterwards both are there, stored apart."""
    vectors = side_by_side(alone=True)
    before = vectors.rows(["no beds"])[0]
    assert before[:32].any()
    assert not before[32:].any()
    assert vectors.later[0].count == 0
    vectors.later[0].embed(["no beds"])
    assert not vectors.rows(["no beds"])[0, 32:].any()
    vectors.lay_beside()
    assert np.allclose(vectors.rows(["no beds"])[0], np.tile(before[:32], 2), atol=1e-3)


def test_each_encoder_is_centred_on_its_own_mean() -> None:
    """Where one encoder's vectors are far from zero, the other's differences count as much."""
    vectors = side_by_side(alone=False)
    rows = vectors.rows(["no beds", "more beds", "money"])
    moved = rows + np.where(np.arange(64) < 32, 0, 5).astype(np.float32)
    assert np.allclose(
        vectors.centred(rows, vectors.mean(rows)), vectors.centred(moved, vectors.mean(moved)), atol=1e-4
    )
    assert np.allclose(np.linalg.norm(vectors.centred(rows, vectors.mean(rows)), axis=1), 1, atol=1e-5)


def test_a_text_without_the_other_vector_counts_by_its_leading_one() -> None:
    """A row of zeros in one encoder's columns neither moves its mean nor shortens the row."""
    vectors = side_by_side(alone=False)
    rows = vectors.rows(["no beds", "more beds", "money"])
    rows[2, 32:] = 0
    mean = vectors.mean(rows)
    assert np.allclose(mean[32:], rows[:2, 32:].mean(axis=0))
    assert np.linalg.norm(vectors.centred(rows, mean)[2]) == pytest.approx(1, abs=1e-5)


def test_many_vectors_are_all_kept() -> None:
    """Vectors lie in arrays of a thousand; each text finds its own."""
    vectors = Vectors(HashingEncoder())
    texts = [f"text {number}" for number in range(2500)]
    vectors.embed(texts)
    rows = HashingEncoder().encode([texts[0], texts[1024], texts[2499]])
    assert vectors.count == 2500
    assert np.allclose(vectors.rows([texts[0], texts[1024], texts[2499]]), rows, atol=1e-3)
