"""Measures of each experiment, over all questions and seeds."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from coder.suggest.evaluation.metrics import Estimate, keys, quality
from coder.suggest.evaluation.rarity import RarityClass, by_rarity
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
    language: str = ""
    """The language of the answers tested, where figures are of one alone."""
    rarity: tuple[RarityClass, ...] = ()
    """How themes fare by how often they had been coded."""


def summarised(
    done: Mapping[RunPart, Sequence[Point]],
    tasks: Sequence[CodingTask],
    languages: Mapping[str, str] | None = None,
) -> list[MethodResult]:
    """Return all results, pooled over questions and seeds; those of all codings also language by language.

    Args:
        done: What was measured.
        tasks: The questions.
        languages: Response id to the name of its language; None, or one language, tells none apart.

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
    pooled_results = list(chain.from_iterable(_results(*key, points, used) for key, points in in_order))
    languages = languages or {}
    names = sorted(set(languages.values()))
    for language in names if len(names) > 1 else ():
        for key, points in in_order:
            if key[2] == ALL:
                of_language = [_in_language(point, languages, language) for point in points]
                results = _results(*key, of_language, used)
                pooled_results += (replace(result, language=language) for result in results)
    return pooled_results


def _in_language(point: Point, languages: Mapping[str, str], language: str) -> Point:
    """Return a point with those of its answers that are in a language."""
    tested = (response for response in point.tested if languages.get(response.response_id) == language)
    return replace(point, tested=tuple(tested))


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
    codings = Counter(theme_id for response in data.responses for theme_id in response.theme_ids)
    rarity = by_rarity((response, codings) for response in both)
    return MethodResult("second coder", data.coder_ids[1], ALL, len(both), f1, rarity=rarity)


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
    rarity = by_rarity((response, point.theme_codings) for point in points for response in point.tested)
    measures = quality(tested, themes)
    yield MethodResult(kind, method, codings, len(tested), measures, fit, update, rarity=rarity)
    answered = [response for response in tested if response.answered]
    if len(answered) < len(tested) and any(response.right for response in answered):
        name = f"{kind}, without non-responses"
        yield MethodResult(name, method, codings, len(answered), quality(answered, themes), fit, update)
