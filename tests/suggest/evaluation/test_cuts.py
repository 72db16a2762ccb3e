"""What becomes of an answer: ranks, cuts and the threshold chosen for them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.data_sets import CodedResponse
from coder.suggest.evaluation.cuts import Cut, best_cut, micro_f1
from coder.suggest.evaluation.scored_responses import score_responses

PROBABILITIES = np.array([[0.6, 0.2, 0.2, 0.1], [0.1, 0.05, 0.2, 0.15]])
RESPONSES = (
    CodedResponse("r1", "p1", "Q", "one", frozenset({"a", "c"})),
    CodedResponse("r2", "p2", "Q", "two", frozenset()),
)


def test_ranks_go_by_probability_and_then_by_the_themes_order() -> None:
    """Of two themes with one probability the first in the codebook stands higher."""
    first, second = score_responses(RESPONSES, ["a", "b", "c", "d"], PROBABILITIES, Cut(0.5))
    assert (first.right, first.ranks) == (("a", "c"), (1, 3))
    assert first.best == (0.6, 0.2, 0.2, 0.1)
    assert first.hits == (True, False, True, False)
    assert (second.right, second.ranks) == ((), ())


def test_a_cut_assigns_what_reaches_it_and_the_best_if_asked() -> None:
    """Below the threshold only the best theme is assigned, and only where one always is."""
    assert Cut(0.5).assigned(PROBABILITIES).tolist() == [
        [True, False, False, False],
        [False, False, True, False],
    ]
    assert Cut(0.5, at_least_one=False).assigned(PROBABILITIES)[1].tolist() == [False] * 4


def test_a_cut_may_be_lower_for_some_themes() -> None:
    """Factors multiply the threshold of each theme."""
    assigned = Cut(0.4, at_least_one=False, factors=(2.0, 0.5, 1.0, 1.0)).assigned(PROBABILITIES)
    assert assigned[0].tolist() == [False, True, False, False]


def test_the_cut_is_fair_to_rare_themes() -> None:
    """Where rare themes are given low probabilities throughout, their threshold is lower."""
    rng = np.random.default_rng(0)
    coded = (rng.random((2000, 2)) < (0.5, 0.01)).astype(float)
    probabilities = coded * (0.6, 0.2) + rng.random(coded.shape) * (0.3, 0.1)
    assigned = best_cut(probabilities, coded).assigned(probabilities)
    assert (assigned[:, 1] == (coded[:, 1] > 0)).mean() > 0.99
    assert assigned[coded[:, 1] > 0, 1].all()


def test_without_any_theme_chosen_the_cut_is_the_usual_one() -> None:
    """Answers without themes cannot tell where to cut."""
    assert best_cut(PROBABILITIES, np.zeros_like(PROBABILITIES)) == Cut()


@given(st.lists(st.tuples(*[st.floats(0, 1)] * 3, *[st.booleans()] * 3), min_size=1, max_size=20))
def test_no_cut_of_the_grid_is_much_better_than_the_best(rows: list[tuple[float | bool, ...]]) -> None:
    """The chosen cut gives away at most .005 of the micro-F1 of the usual one."""
    probabilities = np.array([row[:3] for row in rows])
    coded = np.array([row[3:] for row in rows], dtype=float)
    reached = micro_f1(best_cut(probabilities, coded).assigned(probabilities), coded)
    assert reached >= micro_f1(Cut(0.3).assigned(probabilities), coded) - 0.0051 or not coded.any()


def test_micro_f1_is_that_of_scikit_learn() -> None:
    """The formula over all cells gives scikit-learn's figure."""
    from sklearn.metrics import f1_score

    coded = np.array([[1, 0, 1], [0, 1, 0]])
    assigned = np.array([[True, True, False], [False, True, False]])
    assert micro_f1(assigned, coded) == f1_score(coded, assigned, average="micro")
