"""The experiments: who is tested, what is learned when, and what is compared."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hashing import LABELS, TEXTS, THEMES, HashingEncoder

from coder.domain.data_sets import CodedResponse, CodingTask
from coder.suggest.encoding.text_vectors import Vectors
from coder.suggest.evaluation.cuts import Cut
from coder.suggest.evaluation.methods import METHODS, StepByStep
from coder.suggest.evaluation.metrics import quality
from coder.suggest.evaluation.runs import FILE_ORDER, ExperimentSettings, RunPart, is_held_out, run, run_parts
from coder.suggest.evaluation.summary import summarised
from coder.suggest.features import theme_text

COPIES = 6
TASK = CodingTask(
    "Q1",
    THEMES,
    tuple(
        CodedResponse(
            f"r{copy}.{row}",
            f"p{copy}.{row // 2}",
            "Q1",
            f"{text} {copy}",
            frozenset(labels),
            split="test" if copy == 0 else "train",
        )
        for copy in range(COPIES)
        for row, (text, labels) in enumerate(zip(TEXTS, LABELS, strict=True))
    ),
)
SMALL = CodingTask(
    "Q2",
    tuple(replace(theme, id=f"two-{theme.id}") for theme in THEMES),
    tuple(
        replace(r, id=f"two-{r.id}", question_id="Q2", theme_ids=frozenset(f"two-{t}" for t in r.theme_ids))
        for r in TASK.responses[: 2 * len(TEXTS)]
    ),
)
"""Fewer answers to another question, whose themes say the same under other ids."""
SETTINGS = ExperimentSettings(points=(0, 10, 30, 5000), seeds=1, coded=40)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Return vectors of all texts and themes."""
    found = Vectors(HashingEncoder())
    found.embed([*(response.text for response in TASK.responses), *(theme_text(theme) for theme in THEMES)])
    return found


def test_a_quarter_of_the_respondents_is_held_out() -> None:
    """Of many respondents about a quarter is tested on, others with another seed."""
    first, second = ({n for n in range(4000) if is_held_out(f"p{n}", seed)} for seed in (0, 1))
    assert 900 < len(first) < 1100
    assert first != second


@pytest.mark.parametrize("method", METHODS)
def test_a_curve_tests_the_same_respondents_at_each_point(method: str, vectors: Vectors) -> None:
    """Points beyond the training part give way to one with all of it; nobody tested is learned from."""
    points = run(RunPart("curve", method, "Q1", 0), (TASK,), SETTINGS, vectors)
    held_out = {r.respondent_id for r in TASK.responses if is_held_out(r.respondent_id, 0)}
    learned = sum(r.respondent_id not in held_out for r in TASK.responses)
    assert [point.codings for point in points] == [0, 10, 30, learned]
    assert [point.is_all for point in points] == [False, False, False, True]
    for point in points:
        assert {response.respondent_id for response in point.tested} == held_out


@pytest.mark.parametrize("method", METHODS)
def test_a_question_is_tested_as_far_as_its_own_training_part_reaches(method: str, vectors: Vectors) -> None:
    """Of a group the small question is in the first points and in the last; what is right keeps its ids."""
    points = run(RunPart("curve", method, "Q1, Q2", 0), (TASK, SMALL), SETTINGS, vectors)
    assert [point.tasks for point in points] == [("Q1", "Q2"), ("Q1", "Q2"), ("Q1",), ("Q1", "Q2")]
    for point in points:
        right = {theme_id for response in point.tested for theme_id in response.right}
        assert any(theme_id.startswith("two-") for theme_id in right) == ("Q2" in point.tasks)
        assert all(len(response.ranks) == len(response.right) for response in point.tested)


def test_the_engine_learns_one_question_from_another(vectors: Vectors) -> None:
    """Codings of Q1 rank the same answers to Q2, whose own cut is not chosen on Q1's."""
    engine = METHODS["coder"]((TASK, SMALL), vectors)
    engine.learn(TASK, TASK.responses)
    engine.settle()
    ranked = engine.rank(SMALL, SMALL.responses)
    columns = {theme.id: column for column, theme in enumerate(SMALL.themes)}
    right = [
        ranked[row].argmax() in {columns[theme_id] for theme_id in response.theme_ids}
        for row, response in enumerate(SMALL.responses)
        if response.theme_ids
    ]
    assert sum(right) > 0.9 * len(right)
    assert engine.cut(SMALL) == Cut()
    assert engine.cut(TASK) != Cut()


@pytest.mark.parametrize("method", METHODS)
def test_the_sets_own_split_is_kept(method: str, vectors: Vectors) -> None:
    """A split learns from `train` and tests on `test`."""
    (point,) = run(RunPart("split", method, "Q1", 0), (TASK,), SETTINGS, vectors)
    assert (point.codings, len(point.tested)) == ((COPIES - 1) * len(TEXTS), len(TEXTS))


def test_learning_beats_the_order_of_frequency(vectors: Vectors) -> None:
    """With all codings the engine ranks better than frequency does, and words come to the same."""
    recall = {}
    for method in METHODS:
        point = run(RunPart("split", method, "Q1", 0), (TASK,), SETTINGS, vectors)[-1]
        recall[method] = quality(point.tested, [t.id for t in THEMES])["recall@1"].value
    assert recall["coder"] > 0.9 > recall["frequent first"]
    assert recall["TF-IDF + regression"] > 0.9


def test_a_simulated_coding_ranks_each_answer_before_it_learns_from_it(vectors: Vectors) -> None:
    """Before anything is known, frequency ranks in the codebook's order."""
    (point,) = run(RunPart("keys", "frequent first", "Q1", 0), (TASK,), SETTINGS, vectors)
    assert len(point.tested) == SETTINGS.coded
    order = [theme.id for theme in THEMES]
    first = point.tested[0]
    assert first.best == (0.0,) * len(THEMES)
    assert first.ranks == tuple(order.index(theme_id) + 1 for theme_id in first.right)
    assert max(point.tested[-1].best) > 0


def test_a_simulated_coding_meets_the_same_words_once(vectors: Vectors) -> None:
    """A repeat is not ranked again where its themes are the same; where they differ it is."""
    first, other = TASK.responses[:2]
    repeat = replace(first, id="again", text=f" {first.text.upper()}! ")
    differing = replace(repeat, id="apart", theme_ids=frozenset({THEMES[-1].id}) ^ first.theme_ids)
    task = replace(TASK, responses=(first, other, repeat, differing))
    (point,) = run(RunPart("keys", "frequent first", "Q1", FILE_ORDER), (task,), SETTINGS, vectors)
    assert [scored.same_words for scored in point.tested] == ["", "", "alike", "apart"]
    assert (point.tested[2].ranks, len(point.tested[3].ranks)) == ((), len(differing.theme_ids))


def test_a_net_over_a_chosen_theme_costs_no_key(vectors: Vectors) -> None:
    """Of a net, a theme under it and another theme, two are pressed; a net that stands alone is pressed."""
    net, below, other, *_ = (theme.id for theme in THEMES)
    themes = tuple(replace(theme, parent=net) if theme.id == below else theme for theme in THEMES)
    with_net, alone = TASK.responses[:2]
    responses = (
        replace(with_net, theme_ids=frozenset({net, below, other})),
        replace(alone, theme_ids=frozenset({net})),
    )
    task = replace(TASK, themes=themes, responses=responses)
    (point,) = run(RunPart("keys", "frequent first", "Q1", FILE_ORDER), (task,), SETTINGS, vectors)
    assert [set(scored.right) for scored in point.tested] == [{below, other}, {net}]


def test_a_run_tells_how_far_it_has_come(vectors: Vectors) -> None:
    """The simulated coding tells of each answer, the curve of each point."""
    told: list[tuple[int, int | None]] = []
    for kind in ("keys", "curve"):
        run(RunPart(kind, "frequent first", "Q1", 0), (TASK,), SETTINGS, vectors, lambda *of: told.append(of))
        assert all(total and done <= total for done, total in told)
        assert len(told) >= 3, kind
        told.clear()


def test_full_fits_come_as_often_as_in_the_product() -> None:
    """Twenty answers on, there is a full fit; each answer is learned from at once."""

    class Noting:
        def __init__(self) -> None:
            self.calls: list[str] = []

        def learn(self, _task: object, _responses: object) -> None:
            self.calls.append("learn")

        def settle(self) -> None:
            self.calls.append("settle")

    method = Noting()
    learner = StepByStep(method)  # type: ignore[arg-type]  # it neither ranks nor cuts
    for response in TASK.responses[:45]:
        learner.learn(TASK, response)
    assert method.calls.count("learn") == 45
    assert [place for place, call in enumerate(method.calls) if call == "settle"] == [20, 41]


def test_results_are_pooled_over_seeds(vectors: Vectors) -> None:
    """Two seeds' tests count together; a part is there for each method, question, seed and experiment."""
    settings = ExperimentSettings(points=(0,), seeds=2, coded=5)
    todo = list(run_parts([(TASK,)], settings, split=True))
    assert len(todo) == len(METHODS) * (2 * 2 + 1)
    done = {part: run(part, (TASK,), settings, vectors) for part in todo if part.method == "frequent first"}
    results = {(r.experiment, r.codings): r for r in summarised(done, [TASK])}
    tested = sum(is_held_out(r.respondent_id, seed) for r in TASK.responses for seed in (0, 1))
    assert results["curve", 0].answers == results["curve", "all"].answers == tested
    assert results["keys", "all"].answers == 10


def test_keys_are_counted_over_all_questions_together(vectors: Vectors) -> None:
    """Also where one is coded to the end and another is not."""
    settings = ExperimentSettings(seeds=1, coded=40)
    todo = [RunPart("keys", "frequent first", task.name, 0) for task in (TASK, SMALL)]
    done = {
        part: run(part, (task,), settings, vectors) for part, task in zip(todo, (TASK, SMALL), strict=True)
    }
    (found,) = summarised(done, [TASK, SMALL])
    assert (found.codings, found.answers) == ("all", 40 + len(SMALL.responses))
