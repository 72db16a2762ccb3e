"""The regression: its prior, its loss and gradient, its fit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hashing import without_sentences

from coder.suggest.arrays import sigmoid
from coder.suggest.coded import CodedTable
from coder.suggest.offered_themes import base_log_odds
from coder.suggest.regression import PriorRegression
from coder.suggest.sentences import Sentences


def random_table(n: int = 60, features: int = 5, themes: int = 3) -> CodedTable:
    """Return a table whose choices follow the features; some count little, or not at all."""
    rng = np.random.default_rng(0)
    x, z, base = rng.normal(size=(n, features)), rng.normal(size=(n, themes)), rng.normal(size=n)
    weights = rng.choice([0, 0.1, 1], size=(n, themes))
    y = (x[:, :themes] + z > 1) * (weights > 0).astype(float)
    return CodedTable(base, x, z, x, np.zeros(n, dtype=int), y, weights, without_sentences(x, z))


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
        direction = rng.normal(size=at.shape)
        ahead, back = (model._loss(at + step * direction, table)[0] for step in (1e-2, -1e-2))
        assert (ahead - back) / 2e-2 == pytest.approx(float(gradient @ direction.ravel()), rel=0.02, abs=0.02)


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
    sentences = Sentences(rng.normal(size=(6, 5)), rng.normal(size=(6, 3)), owners)
    table, model = replace(table, sentences=sentences), PriorRegression(3, 5)
    model.fit(table, 20)
    logits = model.logits(table.base, table.x, table.z)
    expected = np.zeros_like(logits)
    for row in set(owners.tolist()):
        of_row = owners == row
        of_own = model.logits(
            np.repeat(table.base[row], of_row.sum()), sentences.x[of_row], sentences.z[of_row]
        )
        expected[row] = of_own.max(axis=0) - logits[row]
    assert np.allclose(model.rises(table, logits), expected, atol=1e-5)
    assert expected.min() < 0 < expected.max()
    selected = np.arange(60) % 7 == 0
    assert np.allclose(model.rises(table.selected(selected), logits[selected]), expected[selected], atol=1e-5)


@pytest.mark.parametrize(("offered", "share"), [(1, 0.3), (5, 0.3), (6, 0.25), (60, 0.025)])
def test_the_base_is_what_an_answer_has_before_anything_is_known(offered: int, share: float) -> None:
    """An answer has one and a half of the themes offered; none is likelier than three in ten."""
    assert sigmoid(base_log_odds(np.array([offered])))[0] == pytest.approx(share, abs=1e-6)


def test_fitting_lowers_the_loss_and_has_an_end() -> None:
    """A fit from the prior and one from elsewhere reach the same probabilities."""
    fresh, begun, table = PriorRegression(3, 5), PriorRegression(3, 5), random_table()
    begun.fit(table.selected(np.arange(len(table.y)) < 10), 40)
    for model in (fresh, begun):
        model.fit(table, 200)
    assert np.allclose(
        sigmoid(fresh.logits(table.base, table.x, table.z)),
        sigmoid(begun.logits(table.base, table.x, table.z)),
        atol=0.01,
    )


def test_without_codings_the_prior_stands() -> None:
    """What was learned goes with the last coding, exactly, and needs no optimiser."""
    model, table = PriorRegression(3, 5), random_table()
    model.fit(table, 40)
    nothing = table.selected(np.zeros(len(table.y), dtype=bool))
    model.fit(nothing, 4)
    assert (model._parameters == PriorRegression(3, 5)._parameters).all()
    assert model._loss(model._parameters, nothing)[1] == pytest.approx(0)
