"""The parts the engine is made of: regression, calibration, latent words, windows, vectors, names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hashing import HashingEncoder, without_sentences
from hypothesis import given
from hypothesis import strategies as st

import coder.suggest
from coder.domain.responses import text_hash
from coder.suggest.arrays import sigmoid
from coder.suggest.calibration import Views, fit_calibration
from coder.suggest.coded import Table
from coder.suggest.encoding.text_vectors import MemoryVectors, Vectors
from coder.suggest.evidence import windows
from coder.suggest.latent import LatentWords
from coder.suggest.questions import base_log_odds
from coder.suggest.regression import PriorRegression
from coder.suggest.sentences import Sentences
from coder.suggest.word_stems import WORD


def random_table(n: int = 60, features: int = 5, themes: int = 3) -> Table:
    """Return a table whose choices follow the features; some count little, or not at all."""
    rng = np.random.default_rng(0)
    x, z, base = rng.normal(size=(n, features)), rng.normal(size=(n, themes)), rng.normal(size=n)
    weights = rng.choice([0, 0.1, 1], size=(n, themes))
    y = (x[:, :themes] + z > 1) * (weights > 0).astype(float)
    return Table(base, x, z, x, np.zeros(n, dtype=int), y, weights, without_sentences(x, z))


def test_the_prior_ranks_by_the_codebook() -> None:
    """Before any fit the log-odds rise with z alone."""
    model, table = PriorRegression(3, 5), random_table()
    assert (np.argsort(model.logits(table.base, table.x, table.z)) == np.argsort(table.z)).all()


def test_the_gradient_is_that_of_the_loss() -> None:
    """Finite differences agree with the gradient in every direction tried."""
    model, table = PriorRegression(3, 5), random_table()
    rng = np.random.default_rng(1)
    at = rng.normal(size=(7, 3))
    _, gradient = model._loss(at, table)
    for _ in range(5):
        way = rng.normal(size=at.shape)
        ahead, behind = (model._loss(at + step * way, table)[0] for step in (1e-2, -1e-2))
        assert (ahead - behind) / 2e-2 == pytest.approx(float(gradient @ way.ravel()), rel=0.02, abs=0.02)


def test_cells_without_weight_are_nothing_to_the_loss() -> None:
    """Whatever stands in them, the loss and its gradient are the same."""
    model, table = PriorRegression(3, 5), random_table()
    at = np.random.default_rng(1).normal(size=(7, 3))
    loss, gradient = model._loss(at, table)
    table.y[table.cell_weights == 0] = 1
    again, same = model._loss(at, table)
    assert (again, same.tolist()) == (loss, gradient.tolist())


def test_rises_are_those_of_the_likeliest_sentence() -> None:
    """The best of the sentences less the whole answer, below 0 too; 0 for an answer of one sentence."""
    rng, table, owners = np.random.default_rng(2), random_table(), np.array([0, 0, 0, 7, 7, 59])
    parts = Sentences(rng.normal(size=(6, 5)), rng.normal(size=(6, 3)), owners)
    table, model = replace(table, sentences=parts), PriorRegression(3, 5)
    model.fit(table, 20)
    logits = model.logits(table.base, table.x, table.z)
    wanted = np.zeros_like(logits)
    for row in set(owners.tolist()):
        own = owners == row
        of_own = model.logits(np.repeat(table.base[row], own.sum()), parts.x[own], parts.z[own])
        wanted[row] = of_own.max(axis=0) - logits[row]
    assert np.allclose(model.rises(table, logits), wanted, atol=1e-5)
    assert wanted.min() < 0 < wanted.max()
    some = np.arange(60) % 7 == 0
    assert np.allclose(model.rises(table.part(some), logits[some]), wanted[some], atol=1e-5)


@pytest.mark.parametrize(("offered", "share"), [(1, 0.3), (5, 0.3), (6, 0.25), (60, 0.025)])
def test_the_base_is_what_an_answer_has_before_anything_is_known(offered: int, share: float) -> None:
    """An answer has one and a half of the themes offered; none is likelier than three in ten."""
    assert sigmoid(base_log_odds(np.array([offered])))[0] == pytest.approx(share, abs=1e-6)


def test_fitting_lowers_the_loss_and_has_an_end() -> None:
    """A fit from the prior and one from elsewhere reach the same probabilities."""
    one, other, table = PriorRegression(3, 5), PriorRegression(3, 5), random_table()
    other.fit(table.part(np.arange(len(table.y)) < 10), 40)
    for model in (one, other):
        model.fit(table, 200)
    assert np.allclose(
        sigmoid(one.logits(table.base, table.x, table.z)),
        sigmoid(other.logits(table.base, table.x, table.z)),
        atol=0.01,
    )


def test_calibration_finds_the_slope_and_shift() -> None:
    """Log-odds that are twice too far apart and one too high are brought back."""
    rng = np.random.default_rng(0)
    true = rng.normal(size=20_000)
    chosen = (rng.random(true.size) < sigmoid(true)).astype(float)
    found = fit_calibration(Views(2 * true + 1, np.zeros_like(true), np.zeros_like(true)), chosen)
    assert found.slope == pytest.approx(0.5, abs=0.03)
    assert found.shift == pytest.approx(-0.5, abs=0.06)


def test_no_view_counts_against_themes() -> None:
    """Where one of two views that say much the same is left out, the other is looked at again."""
    rng = np.random.default_rng(0)
    logits, votes, noise = rng.normal(size=(3, 20_000))
    rises = votes + 0.3 * noise
    chosen = (rng.random(votes.size) < sigmoid(logits - 2 * rises + votes)).astype(float)
    found = fit_calibration(Views(logits, rises, votes / 8), chosen)
    assert (found.rises_slope, found.votes_slope) == (0, 0)
    assert found.slope > 0.5


def test_few_or_equal_texts_have_no_latent_words() -> None:
    """There is nothing to learn from a handful of texts or from one text many times."""
    for texts in ([], ["a b c"] * 100, [f"w{i}" for i in range(30)]):
        rows = LatentWords(texts).rows(["a b", ""])
        assert rows.shape[0] == 2
        assert np.isfinite(rows).all()


@given(st.text())
def test_windows_cover_all_words(text: str) -> None:
    """Windows lie in order inside the text and together hold its every word."""
    found = windows(text)
    covered = {i for start, end in found for i in range(start, end)}
    assert all(set(range(*match.span())) <= covered for match in WORD.finditer(text))
    assert found == sorted(found)
    assert all(0 <= start < end <= len(text) for start, end in found)


def test_a_very_long_text_has_no_more_windows_than_can_be_scored_at_once() -> None:
    """From its first word to its last, at most some 150."""
    text = "word " * 50_000 + "end"
    found = windows(text)
    assert 150 <= len(found) <= 155
    assert (found[0].start, found[-1].end) == (0, len(text))


@given(st.integers(0, 3000))
def test_there_are_never_more_windows_than_that(words: int) -> None:
    """Just above the length from which they are further apart too."""
    assert len(windows("word " * words)) <= 151


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


def test_parts_of_a_text_are_encoded_once_and_not_stored() -> None:
    """While an answer is worked on its parts' vectors are at hand; asleep, they are zeros."""
    encoder, source = HashingEncoder(), MemoryVectors()
    vectors = Vectors(encoder, source)
    assert not vectors.of_parts(["one", "two"], wake=False).any()
    first = vectors.of_parts(["one", "two", "one"], wake=True)
    again = vectors.of_parts(["two", "three"], wake=False)
    assert encoder.encoded == ["one", "two", "three"]
    assert (first[1] == again[0]).all()
    assert source.get(encoder.name, [text_hash("one")]) == {}
    assert vectors.of_parts([], wake=True).shape == (0, encoder.dimensions)


def test_parts_are_kept_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there are many, they are made anew when asked for again."""
    monkeypatch.setattr("coder.suggest.encoding.text_vectors._MOST_PARTS", 1)
    encoder = HashingEncoder()
    vectors = Vectors(encoder)
    for parts in (["one", "two"], ["two"]):
        assert (vectors.of_parts(parts, wake=True)[-1] == encoder.encode(["two"])[0]).all()
    assert encoder.encoded == ["one", "two", "two", "two", "two"]


def test_the_package_gives_its_names_and_no_others() -> None:
    """Every public name is found when asked for; a wrong one is an error as usual."""
    assert {getattr(coder.suggest, name).__name__ for name in coder.suggest.__all__} == set(
        coder.suggest.__all__
    )
    with pytest.raises(AttributeError, match="Sugester"):
        coder.suggest.Sugester  # noqa: B018
