"""The experiments: a learning curve, a set's own split, a simulated full coding.

Each is cut into parts that can be run apart, one method on one group of questions with one seed.
"""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from coder.domain.data_sets import group_name
from coder.suggest.evaluation.methods import METHODS, StepByStep
from coder.suggest.evaluation.tested_responses import Cut, Outcome, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.data_sets import CodedResponse, CodingTask, TaskGroup
    from coder.suggest.encoding.text_vectors import Vectors
    from coder.suggest.evaluation.methods import Method

Kind = Literal["curve", "split", "keys"]

TEST_SHARE = 0.25
"""Of the respondents, for the learning curve."""
ON_SCREEN = 20
"""How many answers are ranked again when the update is timed."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """How the experiments are done."""

    points: tuple[int, ...] = (0, 10, 25, 50, 100, 200, 400, 800, 1600)
    """Coded answers of each question after which the curve is measured; the last is always all there are."""
    seeds: int = 2
    coded: int = 1000
    """At most so many answers are coded in the simulation."""


QUICK = Protocol(points=(0, 25, 100, 400), seeds=1, coded=250)


@dataclass(frozen=True, slots=True)
class RunPart:
    """A piece of work that can be run, and kept, by itself."""

    kind: Kind
    method: str
    group: str
    """The questions, by name."""
    seed: int


@dataclass(frozen=True, slots=True)
class Point:
    """What a method does after so many codings."""

    codings: int
    is_all: bool
    """Whether these are all there are to learn from."""
    tasks: tuple[str, ...]
    """The questions tested, by name."""
    outcomes: tuple[Outcome, ...]
    fit_seconds: float = 0.0
    """Processor time of a full fit with calibration."""
    update_seconds: float = 0.0
    """Processor time of one more coding and 20 answers ranked again."""


def parts(groups: Sequence[TaskGroup], protocol: Protocol, *, split: bool) -> Iterator[RunPart]:
    """Yield the parts of the experiments, seed by seed."""
    kinds: tuple[Kind, ...] = ("curve", "keys")
    names = [group_name(tasks) for tasks in groups]
    for seed in range(protocol.seeds):
        for kind in kinds:
            for method in METHODS:
                yield from (RunPart(kind, method, name, seed) for name in names)
    if split:
        yield from (RunPart("split", method, name, 0) for method in METHODS for name in names)


def run(part: RunPart, tasks: TaskGroup, protocol: Protocol, vectors: Vectors | None) -> list[Point]:
    """Run one part, on the group of questions that it names."""
    method = METHODS[part.method](tasks, vectors)
    if part.kind == "split":
        return list(_split(part, method, tasks))
    if part.kind == "keys":
        return [_keys(part, method, tasks, protocol)]
    return list(_curve(part, method, tasks, protocol))


def is_held_out(respondent_id: str, seed: int) -> bool:
    """Tell whether a respondent is tested on: a quarter of them are, whatever question they answer."""
    digest = hashlib.sha256(f"{seed} {respondent_id}".encode()).digest()
    return int.from_bytes(digest[:8]) < TEST_SHARE * 2**64


@dataclass(frozen=True, slots=True)
class _Divided:
    """A question's answers: what is learned, in this order, and what is tested."""

    task: CodingTask
    train: Sequence[CodedResponse]
    test: Sequence[CodedResponse]


def _curve(part: RunPart, method: Method, tasks: TaskGroup, protocol: Protocol) -> Iterator[Point]:
    divided = []
    for task in tasks:
        answers = [response for response in task.responses if response.answered]
        test = [response for response in answers if is_held_out(response.respondent_id, part.seed)]
        train = (response for response in answers if not is_held_out(response.respondent_id, part.seed))
        divided.append(_Divided(task, _shuffled(train, part.seed), test))
    if divided := [one for one in divided if one.train and one.test]:
        yield from _measured(method, divided, protocol.points)


def _split(part: RunPart, method: Method, tasks: TaskGroup) -> Iterator[Point]:
    divided = []
    for task in tasks:
        train = _shuffled((response for response in task.responses if response.split == "train"), part.seed)
        test = [response for response in task.responses if response.split == "test"]
        divided.append(_Divided(task, train, test))
    yield from _measured(method, divided, ())


def _measured(method: Method, divided: Sequence[_Divided], points: Sequence[int]) -> Iterator[Point]:
    """Yield what the method does once it has learned so many answers of each question, and at last all.

    A question is tested at a point if it has more than so many to learn from.
    """
    known, most = 0, max((len(one.train) for one in divided), default=0)
    for n in [*(point for point in points if point < most), most]:
        new = [(one, response) for one in divided for response in one.train[known:n]]
        seconds = _learned(method, new) if new else (0.0, 0.0)
        found: list[Outcome] = []
        tested = [one for one in divided if one.test and (n == most or len(one.train) > n)]
        for one in tested:
            theme_ids = [theme.id for theme in one.task.themes]
            ranked = method.rank(one.task, one.test)
            found += outcomes(one.test, theme_ids, ranked, method.cut(one.task))
        yield Point(n, n == most, tuple(one.task.name for one in tested), tuple(found), *seconds)
        known = n


def _learned(method: Method, new: Sequence[tuple[_Divided, CodedResponse]]) -> tuple[float, float]:
    """Learn what is new, the last one as after a key press; return how long a fit and that took."""
    *before, (last, response) = new
    for one, of_question in groupby(before, key=itemgetter(0)):
        method.learn(one.task, [each for _, each in of_question])
    start = time.process_time()
    method.settle()
    fitted = time.process_time()
    method.learn(last.task, [response])
    method.rank(last.task, last.test[:ON_SCREEN])
    return fitted - start, time.process_time() - fitted


def _keys(part: RunPart, method: Method, tasks: TaskGroup, protocol: Protocol) -> Point:
    """Code answers one after the other; each is ranked once, before its first theme is chosen."""
    learner = StepByStep(method)
    task_of = {response.id: task for task in tasks for response in task.responses if response.answered}
    answers = _shuffled((r for task in tasks for r in task.responses if r.answered), part.seed)
    found: list[Outcome] = []
    for response in answers[: protocol.coded]:
        task = task_of[response.id]
        theme_ids = [theme.id for theme in task.themes]
        found += outcomes([response], theme_ids, method.rank(task, [response]), Cut())
        learner.learn(task, response)
    names = tuple(task.name for task in tasks)
    return Point(len(found), len(found) == len(answers), names, tuple(found))


def _shuffled(responses: Iterable[CodedResponse], seed: int) -> list[CodedResponse]:
    order = list(responses)
    random.Random(seed).shuffle(order)  # noqa: S311  # the same order each time, not a secret
    return order
