"""The experiments: a learning curve, a set's own split, a simulated full coding.

Each consists of parts that can be run alone: one method on one group of questions with one seed.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from coder.domain.codebook import Codebook
from coder.domain.data_sets import group_name
from coder.domain.texts.equal_words import words_key
from coder.suggest.evaluation.cuts import Cut
from coder.suggest.evaluation.methods import METHODS, StepByStep
from coder.suggest.evaluation.scored_responses import ScoredResponse, score_responses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.data_sets import CodedResponse, CodingTask, TaskGroup
    from coder.domain.progress import Progress
    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.text_vectors import Vectors
    from coder.suggest.evaluation.methods import Method
    from coder.suggest.evaluation.scored_responses import SameWords

RunKind = Literal["curve", "split", "keys"]

TEST_SHARE = 0.25
"""Share of the respondents that the learning curve tests on."""
FILE_ORDER = 0
"""The seed with which the simulated coding goes through the answers as the file has them."""
ON_SCREEN = 20
"""How many answers are ranked again when the update is timed."""


@dataclass(frozen=True, slots=True)
class ExperimentSettings:
    """How the experiments are done."""

    points: tuple[int, ...] = (0, 10, 25, 50, 100, 200, 400, 800, 1600)
    """Coded answers of each question after which the curve is measured; the last is always all there are."""
    seeds: int = 2
    coded: int = 1000
    """At most so many answers are coded in the simulation."""
    kinds: tuple[RunKind, ...] = ("curve", "keys")
    """The experiments on random divisions and orders."""


QUICK = ExperimentSettings(points=(0, 25, 100, 400), seeds=1, coded=250)


@dataclass(frozen=True, slots=True)
class RunPart:
    """A part of an experiment; its points can be stored, so that it is not run twice."""

    kind: RunKind
    method: str
    group: str
    """The questions, by name."""
    seed: int


@dataclass(frozen=True, slots=True)
class Point:
    """What a method suggests once it has learned from so many coded responses."""

    codings: int
    is_all: bool
    """Whether there are no more to learn from."""
    tasks: tuple[str, ...]
    """The questions tested, by name."""
    tested: tuple[ScoredResponse, ...]
    fit_seconds: float = 0.0
    """Processor time of a full fit with calibration."""
    update_seconds: float = 0.0
    """Processor time of one more coding and 20 answers ranked again."""
    theme_codings: dict[str, int] = field(default_factory=dict)
    """How often each theme had been coded in what was learned, by its id."""


def run_parts(groups: Sequence[TaskGroup], settings: ExperimentSettings, *, split: bool) -> Iterator[RunPart]:
    """Yield the parts of the experiments, seed by seed.

    Args:
        groups: The data set's questions.
        settings: How the experiments are done.
        split: Whether the set's own split is an experiment too.
    """
    names = [group_name(tasks) for tasks in groups]
    for seed in range(settings.seeds):
        for kind in settings.kinds:
            for method in METHODS:
                yield from (RunPart(kind, method, name, seed) for name in names)
    if split:
        yield from (RunPart("split", method, name, 0) for method in METHODS for name in names)


def run(
    part: RunPart,
    tasks: TaskGroup,
    settings: ExperimentSettings,
    vectors: Vectors | None,
    progress: Progress | None = None,
) -> list[Point]:
    """Run one part of an experiment on the group of questions that it names.

    Args:
        part: The part.
        tasks: The questions.
        settings: How the experiments are done.
        vectors: The vectors of all texts; None goes by words alone.
        progress: Called with answers coded and their total.
    """
    method = METHODS[part.method](tasks, vectors)
    progress = progress or _silent
    if part.kind == "split":
        return list(_split(part, method, tasks, progress))
    if part.kind == "keys":
        return [_keys(part, method, tasks, settings, progress)]
    return list(_curve(part, method, tasks, settings, progress))


def is_held_out(respondent_id: str, seed: int) -> bool:
    """Return whether a respondent is tested on: a quarter of them are, the same for all questions."""
    digest = hashlib.sha256(f"{seed} {respondent_id}".encode()).digest()
    return int.from_bytes(digest[:8]) < TEST_SHARE * 2**64


@dataclass(frozen=True, slots=True)
class _Division:
    """The responses to a question: those to learn from, in this order, and those to test on."""

    task: CodingTask
    train: Sequence[CodedResponse]
    test: Sequence[CodedResponse]


def _curve(
    part: RunPart, method: Method, tasks: TaskGroup, settings: ExperimentSettings, progress: Progress
) -> Iterator[Point]:
    divisions = []
    for task in tasks:
        answers = [response for response in task.responses if response.answered]
        test = [response for response in answers if is_held_out(response.respondent_id, part.seed)]
        train = (response for response in answers if not is_held_out(response.respondent_id, part.seed))
        divisions.append(_Division(task, _shuffled(train, part.seed), test))
    if usable := [division for division in divisions if division.train and division.test]:
        yield from _measured(method, usable, settings.points, progress)


def _split(part: RunPart, method: Method, tasks: TaskGroup, progress: Progress) -> Iterator[Point]:
    divisions = []
    for task in tasks:
        train = _shuffled((response for response in task.responses if response.split == "train"), part.seed)
        test = [response for response in task.responses if response.split == "test"]
        divisions.append(_Division(task, train, test))
    yield from _measured(method, divisions, (), progress)


def _measured(
    method: Method, divisions: Sequence[_Division], points: Sequence[int], progress: Progress
) -> Iterator[Point]:
    """Test a method after each number of coded responses of each question, and after all of them.

    A question is tested at a point if it has more responses than that to learn from.
    """
    learned, most = 0, max((len(division.train) for division in divisions), default=0)
    theme_codings: Counter[str] = Counter()
    for n in [*(point for point in points if point < most), most]:
        new = [(division, response) for division in divisions for response in division.train[learned:n]]
        progress(n, most)
        seconds = _learned(method, new) if new else (0.0, 0.0)
        theme_codings.update(theme_id for _, response in new for theme_id in response.theme_ids)
        tested: list[ScoredResponse] = []
        reached = [
            division for division in divisions if division.test and (n == most or len(division.train) > n)
        ]
        for division in reached:
            task = division.task
            ranked = method.rank(task, division.test)
            tested += _scored(task, division.test, ranked, method.cut(task))
        names = tuple(division.task.name for division in reached)
        yield Point(n, n == most, names, tuple(tested), *seconds, dict(theme_codings))
        learned = n


def _learned(method: Method, new: Sequence[tuple[_Division, CodedResponse]]) -> tuple[float, float]:
    """Learn new responses, the last of them as after a key press; return the seconds of a fit and of that."""
    *earlier, (division, response) = new
    for learned, of_question in groupby(earlier, key=itemgetter(0)):
        method.learn(learned.task, [coded for _, coded in of_question])
    start = time.process_time()
    method.settle()
    fitted = time.process_time()
    method.learn(division.task, [response])
    method.rank(division.task, division.test[:ON_SCREEN])
    return fitted - start, time.process_time() - fitted


def _keys(
    part: RunPart, method: Method, tasks: TaskGroup, settings: ExperimentSettings, progress: Progress
) -> Point:
    """Code responses one after the other; each is ranked once, before its first theme is chosen.

    Those that say the same as one before, in the same words and with the same themes, are coded with it. A
    net over a theme that is chosen need not be chosen: it counts all that is under it.
    """
    learner = StepByStep(method)
    task_of = {response.id: task for task in tasks for response in task.responses if response.answered}
    answers = [response for task in tasks for response in task.responses if response.answered]
    if part.seed != FILE_ORDER:
        answers = _shuffled(answers, part.seed)
    decided: dict[tuple[str, str], frozenset[str]] = {}
    tested: list[ScoredResponse] = []
    nets_over = {task.name: _nets_over(task) for task in tasks}
    for number, response in enumerate(answers[: settings.coded]):
        progress(number, min(settings.coded, len(answers)))
        task = task_of[response.id]
        # A text without words is equal to no other.
        group = (task.name, words_key(response.text) or response.id)
        same_words: SameWords = ""
        if group in decided:
            same_words = "alike" if decided[group] == response.theme_ids else "apart"
        decided.setdefault(group, response.theme_ids)
        if same_words == "alike":
            tested.append(
                ScoredResponse(
                    response.respondent_id,
                    response.answered,
                    (),
                    (),
                    response_id=response.id,
                    same_words=same_words,
                )
            )
            continue
        implied = frozenset[str]().union(
            *(nets_over[task.name].get(theme_id, ()) for theme_id in response.theme_ids)
        )
        pressed = replace(response, theme_ids=response.theme_ids - implied)
        (scored,) = _scored(task, [pressed], method.rank(task, [response]), Cut())
        tested.append(replace(scored, same_words=same_words))
        learner.learn(task, response)
    names = tuple(task.name for task in tasks)
    return Point(len(tested), len(tested) == len(answers), names, tuple(tested))


def _silent(_done: int, _total: int | None) -> None:
    """Say nothing of how far it has come."""


def _scored(
    task: CodingTask, responses: Sequence[CodedResponse], probabilities: Floats, cut: Cut
) -> list[ScoredResponse]:
    """Compare what is suggested with what is coded; of equally likely themes nets come last."""
    codebook = Codebook(task.themes)
    theme_ids = [theme.id for theme in task.themes]
    depths = [len(codebook.ancestors(theme_id)) for theme_id in theme_ids]
    return score_responses(responses, theme_ids, probabilities, cut, depths)


def _nets_over(task: CodingTask) -> dict[str, frozenset[str]]:
    """Return for each theme the ids of the nets over it that are themes of the task."""
    codebook = Codebook(task.themes)
    return {theme.id: frozenset(codebook.ancestors(theme.id)) for theme in task.themes}


def _shuffled(responses: Iterable[CodedResponse], seed: int) -> list[CodedResponse]:
    order = list(responses)
    random.Random(seed).shuffle(order)  # noqa: S311  # the same order each time, not a secret
    return order
