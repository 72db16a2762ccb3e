"""The experiments: a learning curve, a set's own split, a simulated full coding.

Each is cut into parts that can be run apart, one method on one list of themes with one seed.
"""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.suggest.evaluation.methods import METHODS, StepByStep
from coder.suggest.evaluation.outcomes import Cut, Outcome, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.data_sets import CodedResponse, CodingTask
    from coder.suggest.evaluation.methods import Method
    from coder.suggest.vectors import Vectors

Kind = Literal["curve", "split", "keys"]

TEST_SHARE = 0.25
"""Of the respondents, for the learning curve."""
ON_SCREEN = 20
"""How many answers are ranked again when the update is timed."""


@dataclass(frozen=True, slots=True)
class Protocol:
    """How the experiments are done."""

    points: tuple[int, ...] = (0, 10, 25, 50, 100, 200, 400, 800, 1600)
    """Codings after which the learning curve is measured; the last is always all there are."""
    seeds: int = 2
    coded: int = 1000
    """At most so many answers are coded in the simulation."""


QUICK = Protocol(points=(0, 25, 100, 400), seeds=1, coded=250)


@dataclass(frozen=True, slots=True)
class RunPart:
    """A piece of work that can be run, and kept, by itself."""

    kind: Kind
    method: str
    task: str
    seed: int


@dataclass(frozen=True, slots=True)
class Point:
    """What a method does after so many codings."""

    codings: int
    is_all: bool
    """Whether these are all there are to learn from."""
    outcomes: tuple[Outcome, ...]
    fit_seconds: float = 0.0
    """Processor time of a full fit with calibration."""
    update_seconds: float = 0.0
    """Processor time of one more coding and 20 answers ranked again."""


def parts(tasks: Sequence[CodingTask], protocol: Protocol, *, split: bool) -> Iterator[RunPart]:
    """Yield the parts of the experiments, seed by seed."""
    kinds: tuple[Kind, ...] = ("curve", "keys")
    for seed in range(protocol.seeds):
        for kind in kinds:
            for method in METHODS:
                yield from (RunPart(kind, method, task.name, seed) for task in tasks)
    if split:
        yield from (RunPart("split", method, task.name, 0) for method in METHODS for task in tasks)


def run(part: RunPart, task: CodingTask, protocol: Protocol, vectors: Vectors | None) -> list[Point]:
    """Run one part."""
    if part.kind == "split":
        return [_split(part, task, vectors)]
    answers = [response for response in task.responses if response.answered]
    if part.kind == "keys":
        return [_keys(part, task, answers, protocol, vectors)]
    return list(_curve(part, task, answers, protocol, vectors))


def is_held_out(respondent_id: str, seed: int) -> bool:
    """Tell whether a respondent is tested on: a quarter of them are, whatever question they answer."""
    digest = hashlib.sha256(f"{seed} {respondent_id}".encode()).digest()
    return int.from_bytes(digest[:8]) < TEST_SHARE * 2**64


def _curve(
    part: RunPart,
    task: CodingTask,
    answers: Sequence[CodedResponse],
    protocol: Protocol,
    vectors: Vectors | None,
) -> Iterator[Point]:
    test = [response for response in answers if is_held_out(response.respondent_id, part.seed)]
    train = _shuffled((r for r in answers if not is_held_out(r.respondent_id, part.seed)), part.seed)
    if not test or not train:
        return
    method = METHODS[part.method](task, vectors)
    known = 0
    for n in [*(point for point in protocol.points if point < len(train)), len(train)]:
        yield _measured(method, task, train[known:n], test, n, is_all=n == len(train))
        known = n


def _split(part: RunPart, task: CodingTask, vectors: Vectors | None) -> Point:
    train = _shuffled((response for response in task.responses if response.part == "train"), part.seed)
    test = [response for response in task.responses if response.part == "test"]
    return _measured(METHODS[part.method](task, vectors), task, train, test, len(train), is_all=True)


def _measured(
    method: Method,
    task: CodingTask,
    new: Sequence[CodedResponse],
    test: Sequence[CodedResponse],
    n: int,
    *,
    is_all: bool,
) -> Point:
    """Learn what is new, the last one as after a key press, and see what becomes of the test."""
    fit_seconds = update_seconds = 0.0
    if new:
        method.learn(new[:-1])
        start = time.process_time()
        method.settle()
        fitted = time.process_time()
        method.learn(new[-1:])
        method.rank(test[:ON_SCREEN])
        fit_seconds, update_seconds = fitted - start, time.process_time() - fitted
    theme_ids = [theme.id for theme in task.themes]
    found = outcomes(test, theme_ids, method.rank(test), method.cut())
    return Point(n, is_all, tuple(found), fit_seconds, update_seconds)


def _keys(
    part: RunPart,
    task: CodingTask,
    answers: Sequence[CodedResponse],
    protocol: Protocol,
    vectors: Vectors | None,
) -> Point:
    """Code answers one after the other; each is ranked once, before its first theme is chosen."""
    method = METHODS[part.method](task, vectors)
    learner = StepByStep(method)
    theme_ids = [theme.id for theme in task.themes]
    found: list[Outcome] = []
    chosen = _shuffled(answers, part.seed)[: protocol.coded]
    for response in chosen:
        found += outcomes([response], theme_ids, method.rank([response]), Cut())
        learner.learn(response)
    return Point(len(chosen), len(chosen) == len(answers), tuple(found))


def _shuffled(responses: Iterable[CodedResponse], seed: int) -> list[CodedResponse]:
    order = list(responses)
    random.Random(seed).shuffle(order)  # noqa: S311  # the same order each time, not a secret
    return order
