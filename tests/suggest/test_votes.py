"""Votes of alike answers: the arithmetic, and what the engine makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hashing import LABELS, TEXTS, THEMES, HashingEncoder, without_sentences

from coder.suggest import Suggester
from coder.suggest.calibration import Views, fit_calibration, out_of_fold
from coder.suggest.coded import CodedTable
from coder.suggest.sentences import Sentences
from coder.suggest.sliced_work import run_to_end
from coder.suggest.votes import FEWEST, AlikeVotes, fitted_votes

if TYPE_CHECKING:
    from numpy.typing import NDArray

RNG = np.random.default_rng(0)


def random_table(n: int, questions: int = 1) -> CodedTable:
    """Return a table of answers whose themes follow from where they stand."""
    positions = RNG.normal(size=(n, 4)).astype(np.float32)
    y = (positions[:, :3] > 0.5).astype(np.float32)
    numbers = np.arange(n) % questions
    return CodedTable(
        np.zeros(n), positions, y, positions, numbers, y, np.ones_like(y), without_sentences(positions, y)
    )


def fitted(table: CodedTable) -> AlikeVotes:
    """Return the votes of a table with enough answers."""
    votes = run_to_end(fitted_votes(table))
    assert votes is not None
    return votes


def by_hand(table: CodedTable, uncoded: CodedTable) -> NDArray[Any]:
    """Return the votes by the textbook's formula, all answers counted one by one."""

    def likeness(a: CodedTable, b: CodedTable) -> NDArray[Any]:
        apart = ((a.positions[:, None] - b.positions) ** 2).sum(axis=2)
        found: NDArray[Any] = np.exp(-apart) * np.where(a.questions[:, None] == b.questions, 1, 0.67)
        return found

    offered = table.cell_weights > 0
    misses = np.where(offered, table.y - table.y.sum(axis=0) / offered.sum(axis=0), 0)
    weights = np.linalg.solve(likeness(table, table) + 0.5 * np.eye(len(table.y)), misses)
    votes: NDArray[Any] = np.maximum(likeness(uncoded, table) @ weights, 0)
    return votes


@pytest.mark.parametrize("questions", [1, 3])
def test_votes_are_those_of_kernel_ridge_regression(questions: int) -> None:
    """In blocks or at once, the votes are those of the closed formula."""
    table, uncoded = random_table(700, questions), random_table(20, questions)
    found = fitted(table).votes(uncoded.positions, uncoded.questions)
    assert np.allclose(found, by_hand(table, uncoded), atol=1e-3)


def test_themes_that_a_question_does_not_offer_are_at_their_mean_there() -> None:
    """The mean is that of the answers to which the theme was offered; the others stand there."""
    table, uncoded = random_table(FEWEST, 2), random_table(20, 2)
    table.cell_weights[table.questions == 1, 0] = table.y[table.questions == 1, 0] = 0
    found = fitted(table).votes(uncoded.positions, uncoded.questions)
    assert np.allclose(found, by_hand(table, uncoded), atol=1e-3)


def test_out_of_fold_sentences_speak_for_their_answers() -> None:
    """Those of an answer, and no others, raise what the models that have not seen it say."""
    table, owners = random_table(60), np.arange(60)[::3].repeat(2)
    sentences = Sentences(table.x[owners] + RNG.normal(size=(40, 4)), table.z[owners], owners)
    views = run_to_end(out_of_fold(replace(table, sentences=sentences)))
    assert np.flatnonzero(views.rises.any(axis=1)).tolist() == list(range(0, 60, 3))


def test_equal_answers_vote_as_one_that_counts_for_more() -> None:
    """Doubles coded differently give the votes that all of them together give."""
    table, uncoded = random_table(FEWEST), random_table(20)
    doubled = table.followed_by(table.selected(np.arange(FEWEST) % 3 == 0))
    doubled.y[FEWEST:, 0] = 1 - doubled.y[FEWEST:, 0]
    found = fitted(doubled).votes(uncoded.positions, uncoded.questions)
    assert np.allclose(found, by_hand(doubled, uncoded), atol=1e-3)


def test_few_answers_have_no_votes() -> None:
    """Below the fewest the regression goes alone."""
    assert run_to_end(fitted_votes(random_table(FEWEST - 1))) is None


def test_an_answer_to_another_question_counts_less() -> None:
    """The same words say less of what an answer to another question is about."""
    table = random_table(FEWEST)
    rows = table.selected(np.arange(len(table.y)) < 10)
    votes = fitted(table)
    same, other = votes.votes(rows.positions, rows.questions), votes.votes(rows.positions, rows.questions + 1)
    assert np.allclose(other, 0.67 * same, atol=1e-5)


def test_calibration_weighs_votes_by_what_they_tell() -> None:
    """Votes that tell more than the log-odds get a slope; votes that speak against the themes get none."""
    votes = RNG.normal(size=20_000) / 8
    coded = (RNG.random(votes.size) < 1 / (1 + np.exp(-8 * votes))).astype(float)
    found = fit_calibration(Views(np.zeros_like(votes), np.zeros_like(votes), votes), coded)
    assert found.votes_slope == pytest.approx(8, rel=0.1)
    assert fit_calibration(Views(np.zeros_like(votes), np.zeros_like(votes), -votes), coded).votes_slope == 0


def many_times(times: int = 15) -> tuple[list[str], list[set[str]]]:
    """Return enough different answers for votes, and their themes."""
    return [f"{text}, {number}" for number in range(times) for text in TEXTS], [*LABELS] * times


def test_votes_wait_for_the_full_fit_and_are_forgotten_with_the_centre() -> None:
    """Between full fits the votes stay; when the answers are measured anew the regression goes alone."""
    texts, labels = many_times()
    suggester = Suggester(THEMES, HashingEncoder())
    suggester.prepare(texts)
    suggester.add(texts, labels)
    alike = suggester._model._alike
    assert alike is not None
    suggester.add(["Agency costs"], [{"staff"}])
    assert suggester._model._alike is alike
    suggester.recentre(texts)
    assert suggester._model._alike is None


def test_votes_of_a_text_are_counted_once() -> None:
    """A second ranking takes the votes from memory, for each question apart."""
    texts, labels = many_times()
    suggester = Suggester(THEMES)
    suggester.prepare(texts)
    suggester.add(texts, labels, questions=["Q1", "Q2"] * (len(texts) // 2))
    first = suggester.rank(["Agency costs"] * 2, ["Q1", "Q2"])
    assert (suggester.rank(["Agency costs"] * 2, ["Q1", "Q2"]) == first).all()
    alike = suggester._model._alike
    assert alike is not None
    assert [text for text, _ in alike._cached] == ["Agency costs"] * 2
    assert suggester.rank([]).shape == (0, len(THEMES))


def test_votes_are_counted_before_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once texts are warm, ranking them counts none; the ranking is the same."""
    texts, labels = many_times()
    cold, warm = (Suggester(THEMES, HashingEncoder()) for _ in range(2))
    for suggester in (cold, warm):
        suggester.prepare(texts)
        suggester.add(texts, labels)
    answers = texts[: len(TEXTS)]
    expected = cold.rank(answers)
    assert cold._model.calibration.votes_slope > 0
    warm.warm(answers)
    monkeypatch.setattr(AlikeVotes, "votes", None)
    assert (warm.rank(answers) == expected).all()
