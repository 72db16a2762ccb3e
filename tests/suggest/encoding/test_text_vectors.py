"""Vectors of texts: each made once, stored or remembered."""

from __future__ import annotations

import numpy as np
import pytest
from hashing import HashingEncoder

from coder.domain.responses import text_hash
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


def test_parts_of_a_text_are_encoded_once_and_not_stored() -> None:
    """While an answer is worked on its parts' vectors are at hand; asleep, they are zeros."""
    encoder, source = HashingEncoder(), MemoryVectors()
    vectors = Vectors(encoder, source)
    assert not vectors.of_passages(["one", "two"], wake=False).any()
    first = vectors.of_passages(["one", "two", "one"], wake=True)
    again = vectors.of_passages(["two", "three"], wake=False)
    assert encoder.encoded == ["one", "two", "three"]
    assert (first[1] == again[0]).all()
    assert source.get(encoder.name, [text_hash("one")]) == {}
    assert vectors.of_passages([], wake=True).shape == (0, encoder.dimensions)


def test_parts_are_kept_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there are many, they are made anew when asked for again."""
    monkeypatch.setattr("coder.suggest.encoding.text_vectors._MOST_PASSAGES", 1)
    encoder = HashingEncoder()
    vectors = Vectors(encoder)
    for parts in (["one", "two"], ["two"]):
        assert (vectors.of_passages(parts, wake=True)[-1] == encoder.encode(["two"])[0]).all()
    assert encoder.encoded == ["one", "two", "two", "two", "two"]
