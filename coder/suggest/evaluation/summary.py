"""Measures of each experiment, over all questions and seeds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from coder.suggest.evaluation.metrics import Estimate, keys, quality
from coder.suggest.evaluation.scored_responses import ScoredResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.data_sets import CodedDataSet, CodingTask
    from coder.suggest.evaluation.runs import Point, RunPart

ALL = "all"


@dataclass(frozen=True, slots=True)
class MethodResult:
    """What one method reached at one point of one experiment."""

    experiment: str
    """`curve`, `split`, `split, without non-responses` or `keys`."""
    method: str
    codings: int | str
    """Coded answers of the question that it had learned from, or `all`."""
    answers: int
    """How many answers were tested, each seed's counted."""
    measures: dict[str, Estimate]
    fit_seconds: float = 0.0
    """The longest of the questions and seeds, as is the next."""
    update_seconds: float = 0.0


def summarised(done: Mapping[RunPart, Sequence[Point]], tasks: Sequence[CodingTask]) -> list[MethodResult]:
    """Return all results, pooled over questions and seeds.

    A question is in a point of the curve if its training part reaches so far; each is in `all`. Where no
    answer that was tested has a theme there is no result: nothing can be right.
    """
    pooled: dict[tuple[str, str, int | str], list[Point]] = defaultdict(list)
    for part, points in done.items():
        for point in points:
            codings = ALL if point.is_all or part.kind == "keys" else point.codings
            pooled[part.kind, part.method, codings].append(point)
    used = {task.name: frozenset[str]().union(*(r.theme_ids for r in task.responses)) for task in tasks}
    in_order = sorted(pooled.items(), key=lambda pair: (pair[0][2] == ALL, pair[0][2]))
    return list(chain.from_iterable(_results(*key, points, used) for key, points in in_order))


def second_coder(data: CodedDataSet) -> MethodResult | None:
    """Measure the second coder against the first, on the answers that both coded."""
    both = [
        ScoredResponse(r.respondent_id, r.answered, tuple(sorted(r.theme_ids)), (), tuple(sorted(r.second)))
        for r in data.responses
        if r.second is not None
    ]
    if not both:
        return None
    used = {theme_id for response in both for theme_id in response.right}
    measures = quality(both, sorted(used))
    f1 = {name: measures[name] for name in ("micro-F1", "macro-F1")}
    return MethodResult("second coder", data.coder_ids[1], ALL, len(both), f1)


def _results(
    kind: str,
    method: str,
    codings: int | str,
    points: Sequence[Point],
    used: Mapping[str, frozenset[str]],
) -> Iterator[MethodResult]:
    tested = [response for point in points for response in point.tested]
    if not any(response.right for response in tested):
        return
    if kind == "keys":
        yield MethodResult(kind, method, codings, len(tested), keys(tested))
        return
    themes = sorted({theme_id for point in points for name in point.tasks for theme_id in used[name]})
    fit, update = max(point.fit_seconds for point in points), max(point.update_seconds for point in points)
    yield MethodResult(kind, method, codings, len(tested), quality(tested, themes), fit, update)
    answered = [response for response in tested if response.answered]
    if len(answered) < len(tested) and any(response.right for response in answered):
        name = f"{kind}, without non-responses"
        yield MethodResult(name, method, codings, len(answered), quality(answered, themes), fit, update)
