"""Measures against scikit-learn's and against sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score, label_ranking_average_precision_score

from coder.domain.data_sets import CodedResponse
from coder.suggest.evaluation.cuts import Cut
from coder.suggest.evaluation.metrics import keys, keys_of_answer, quality
from coder.suggest.evaluation.scored_responses import ScoredResponse, score_responses

THEMES = ["a", "b", "c", "d", "e", "f"]


def survey() -> tuple[list[CodedResponse], np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    """Return sixty made-up answers, each with a theme, and probabilities for them."""
    rng = np.random.default_rng(5)
    coded = rng.random((60, len(THEMES))) < 0.3
    coded[np.arange(60), rng.integers(0, len(THEMES), 60)] = True
    probabilities = rng.random((60, len(THEMES)))
    responses = [
        CodedResponse(f"r{row}", f"p{row // 2}", "", "text", frozenset(np.array(THEMES)[coded[row]].tolist()))
        for row in range(60)
    ]
    return responses, probabilities


def test_measures_are_those_of_scikit_learn() -> None:
    """LRAP, micro-F1 and macro-F1 agree with scikit-learn's on made-up answers."""
    responses, probabilities = survey()
    cut = Cut(0.6, at_least_one=False)
    measures = quality(score_responses(responses, THEMES, probabilities, cut), THEMES)
    coded = np.array([[theme in response.theme_ids for theme in THEMES] for response in responses])
    assigned = cut.assigned(probabilities)
    assert measures["lrap"].value == pytest.approx(
        label_ranking_average_precision_score(coded, probabilities)
    )
    assert measures["micro-F1"].value == pytest.approx(f1_score(coded, assigned, average="micro"))
    assert measures["macro-F1"].value == pytest.approx(f1_score(coded, assigned, average="macro"))


def test_intervals_hold_the_value_and_are_the_same_each_time() -> None:
    """An interval lies around its value, and a second computation gives the same one."""
    responses, probabilities = survey()
    scored = score_responses(responses, THEMES, probabilities, Cut())
    for name, estimate in quality(scored, THEMES).items():
        assert estimate.low < estimate.high, name
        assert name == "ECE" or estimate.low <= estimate.value <= estimate.high
    assert quality(scored, THEMES) == quality(scored, THEMES)


def test_recall_is_the_mean_share_of_an_answers_themes() -> None:
    """One of two themes among the first counts a half; answers without themes do not count."""
    measures = quality(
        [
            ScoredResponse("p1", answered=True, right=("a", "b"), ranks=(1, 4)),
            ScoredResponse("p2", answered=True, right=("c",), ranks=(2,)),
            ScoredResponse("p3", answered=True, right=(), ranks=()),
        ],
        THEMES,
    )
    assert measures["recall@1"].value == 0.25
    assert measures["recall@3"].value == 0.75
    assert measures["recall@5"].value == 1.0


def test_a_probability_that_says_what_happens_has_no_calibration_error() -> None:
    """Half of the suggestions given .5 are right: no error; all of them right: an error of .5."""
    half = [
        ScoredResponse(f"p{n}", answered=True, right=(), ranks=(), best=(0.5,), hits=(n % 2 == 0,))
        for n in range(10)
    ]
    assert quality(half, THEMES)["ECE"].value == pytest.approx(0)
    sure = [
        ScoredResponse(f"p{n}", answered=True, right=(), ranks=(), best=(0.5,), hits=(True,))
        for n in range(10)
    ]
    assert quality(sure, THEMES)["ECE"].value == pytest.approx(0.5)


def test_a_theme_never_right_counts_against_micro_f1_alone() -> None:
    """Assigning a theme outside the list is a false one; macro-F1 does not see it."""
    outcome = ScoredResponse("p1", answered=True, right=("a",), ranks=(1,), assigned=("a", "z"))
    measures = quality([outcome], ["a"])
    assert measures["micro-F1"].value == pytest.approx(2 / 3)
    assert measures["macro-F1"].value == 1.0


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((), 1),  # n
        ((1,), 1),  # Space
        ((2,), 2),  # 2 Enter
        ((1, 9), 2),  # 9 Space
        ((1, 10, 19), 6),  # . 1 . . 1 Space
        ((45,), 6),  # . . . . 9 Enter
        ((46,), 7),  # / four letters Enter, Enter
    ],
)
def test_the_fewest_keys_that_code_an_answer(places: tuple[int, ...], expected: int) -> None:
    """A theme costs 1, 2, 3 keys by its place, at most what finding it does; Space is the first and done."""
    themes = tuple(f"t{place}" for place in places)
    assert keys_of_answer(ScoredResponse("p1", answered=True, right=themes, ranks=places)) == expected


def test_answers_of_the_same_words_are_coded_once() -> None:
    """What is coded with an earlier one costs nothing; what is coded apart opens the group first."""
    first = ScoredResponse("p1", answered=True, right=("a", "b"), ranks=(1, 9))
    alike = ScoredResponse("p2", answered=True, right=(), ranks=(), same_words="alike")
    apart = ScoredResponse("p3", answered=True, right=("c",), ranks=(10,), same_words="apart")
    measures = keys([first, alike, apart])
    assert measures["keys per coding"].value == pytest.approx((1 + 1 + 2) / 3)
    assert measures["keys per answer"].value == pytest.approx((2 + 4) / 3)
    assert measures["keys per distinct answer"].value == pytest.approx(2 + 4)
