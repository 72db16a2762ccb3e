"""What was measured of the suggestions, as lines for people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from coder.domain.ranking import FIND_KEYS
from coder.suggest.evaluation.metrics import DRAWS, Estimate
from coder.suggest.evaluation.runs import ON_SCREEN, TEST_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.suggest.evaluation.summary import MethodResult
    from coder.workflows.suggesting.evaluation import Evaluation

_MEASURES = ("recall@1", "recall@3", "recall@5", "lrap", "micro-F1", "macro-F1", "ECE")
_FIRST, _WIDTH = 8, 10


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield how the figures came about, and a table for each experiment and method."""
    yield from _about(evaluation)
    together = [result for result in evaluation.results if not result.language]
    for (experiment, method), results in groupby(
        sorted(together, key=_order), key=lambda r: (r.experiment, r.method)
    ):
        if experiment != "keys":
            yield from ("", f"{experiment}: {method}")
            yield from _table(list(results))
    yield from _rarity(together, evaluation.second_coder)
    yield from _keys([r for r in together if r.experiment == "keys"])
    yield from _languages([result for result in evaluation.results if result.language])
    if second := evaluation.second_coder:
        f1 = second.measures["micro-F1"]
        yield from (
            "",
            f"{second.method} against {evaluation.data_set.coder_ids[0]}, {second.answers:,} answers",
        )
        yield f"micro-F1 {_with_margin(f1)}"


def _about(evaluation: Evaluation) -> Iterator[str]:
    data_set = evaluation.data_set
    answers = [response for response in data_set.responses if response.answered]
    respondents = len({response.respondent_id for response in answers})
    tasks = data_set.tasks()
    lists = ", ".join(
        f"{task.name}: {len(task.themes)}" if task.name else str(len(task.themes)) for task in tasks
    )
    yield f"{evaluation.name}: {len(answers):,} answers of {respondents:,} respondents; themes: {lists}."
    yield from data_set.notes
    seeds = ", ".join(map(str, range(evaluation.settings.seeds)))
    yield f"Model: {evaluation.model}. Seeds {seeds}: each tests on {TEST_SHARE:.0%} of the respondents."
    yield f"± is half of a 95% interval over respondents ({DRAWS:,} resamplings)."
    timed = f"of one coding with {ON_SCREEN} answers ranked again"
    yield f"fit, update: processor seconds of a full fit; {timed}."


def _order(result: MethodResult) -> tuple[str, bool, str]:
    """Return what results are sorted by: experiment by experiment, the product's engine first."""
    return result.experiment, result.method != "coder", result.method


def _table(results: Sequence[MethodResult]) -> Iterator[str]:
    names = "".join(f"{name:>{_WIDTH}}" for name in _MEASURES)
    yield f"{'codings':>{_FIRST}}{names}{'fit':>8}{'update':>8}"
    for measured in results:
        cells = "".join(f"{_with_margin(measured.measures[name]):>{_WIDTH}}" for name in _MEASURES)
        times = f"{measured.fit_seconds:>8.2f}{measured.update_seconds:>8.3f}"
        yield f"{measured.codings:>{_FIRST}}{cells}{times}"


def _rarity(results: Sequence[MethodResult], second: MethodResult | None) -> Iterator[str]:
    """Yield for the product's engine how themes fare by how often they had been coded."""
    of_second = {row.name: row for row in second.rarity} if second else {}
    for result in results:
        if result.method != "coder" or not result.rarity:
            continue
        yield from (
            "",
            f"{result.experiment}, {result.codings} codings: themes by how often they had been coded",
        )
        heads = ("so often", "tested", "recall@5", "F1", *(["F1 of the second coder"] if second else []))
        yield "".join(
            f"{head:>{_FIRST if head == heads[0] else max(_WIDTH, len(head) + 2)}}" for head in heads
        )
        for row in result.rarity:
            shares = "".join(f"{_ratio(share):>{_WIDTH}}" for share in (row.recall, row.f1))
            line = f"{row.name:>{_FIRST}}{row.codings:>{_WIDTH},}{shares}"
            other = of_second.get(row.name)
            yield line + (f"{_ratio(other.f1):>24}" if other else "")


def _languages(results: Sequence[MethodResult]) -> Iterator[str]:
    """Yield the figures of all codings language by language, of the product's engine alone."""
    own = [result for result in results if result.method == "coder"]
    for experiment, of_experiment in groupby(
        sorted(own, key=lambda r: r.experiment), key=lambda r: r.experiment
    ):
        yield from ("", f"{experiment}, all codings: by language")
        for result in of_experiment:
            figures = ", ".join(f"{name} {_with_margin(figure)}" for name, figure in result.measures.items())
            yield f"{result.language}, {result.answers:,} answers: {figures}"


def _ratio(share: float) -> str:
    return f"{share:.2f}".removeprefix("0")


def _keys(results: Sequence[MethodResult]) -> Iterator[str]:
    if not results:
        return
    yield from ("", "keys: a simulated full coding")
    yield f"{'':<22}{'per coding':>12}{'per answer, moving on':>24}{'same words counted once':>25}"
    for measured in results:
        per_coding, per_answer, per_distinct = (
            _with_margin(estimate, 2) for estimate in measured.measures.values()
        )
        yield f"{measured.method:<22}{per_coding:>12}{per_answer:>24}{per_distinct:>25}"
    yield f"{'always finding':<22}{FIND_KEYS:>12}"


def _with_margin(estimate: Estimate, decimals: int = 3) -> str:
    """Return an estimate and half the width of its interval: `.612±.03`."""
    half = (estimate.high - estimate.low) / 2
    ratio, margin = f"{estimate.value:.{decimals}f}", f"{half:.2f}"
    return f"{ratio.removeprefix('0')}±{margin.removeprefix('0')}"
