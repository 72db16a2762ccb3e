"""What was measured of the suggestions, as lines for people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from coder.suggest.evaluation.metrics import DRAWS, FIND_KEYS, Estimate
from coder.suggest.evaluation.runs import ON_SCREEN, TEST_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.suggest.evaluation.summary import Result
    from coder.workflows.suggesting.evaluation import Evaluation

_MEASURES = ("recall@1", "recall@3", "recall@5", "lrap", "micro-F1", "macro-F1", "ECE")
_FIRST, _WIDTH = 8, 10


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield what was measured and how, table by table."""
    yield from _about(evaluation)
    for (experiment, method), results in groupby(
        sorted(evaluation.results, key=_order), key=lambda r: (r.experiment, r.method)
    ):
        if experiment != "keys":
            yield from ("", f"{experiment}: {method}")
            yield from _table(list(results))
    yield from _keys([result for result in evaluation.results if result.experiment == "keys"])
    if second := evaluation.second_coder:
        f1 = second.measures["micro-F1"]
        yield from ("", f"{second.method} against {evaluation.data.coder_ids[0]}, {second.answers:,} answers")
        yield f"micro-F1 {_both(f1)}"


def _about(evaluation: Evaluation) -> Iterator[str]:
    data = evaluation.data
    answers = [response for response in data.responses if response.answered]
    respondents = len({response.respondent_id for response in answers})
    tasks = data.tasks()
    lists = ", ".join(
        f"{task.name}: {len(task.themes)}" if task.name else str(len(task.themes)) for task in tasks
    )
    yield f"{evaluation.name}: {len(answers):,} answers of {respondents:,} respondents; themes: {lists}."
    yield from data.notes
    seeds = ", ".join(map(str, range(evaluation.protocol.seeds)))
    yield f"Model: {evaluation.model}. Seeds {seeds}: each tests on {TEST_SHARE:.0%} of the respondents."
    yield f"± is half of a 95% interval over respondents ({DRAWS:,} resamplings)."
    timed = f"of one coding with {ON_SCREEN} answers ranked again"
    yield f"fit, update: processor seconds of a full fit; {timed}."


def _order(result: Result) -> tuple[str, bool, str]:
    return result.experiment, result.method != "coder", result.method


def _table(results: Sequence[Result]) -> Iterator[str]:
    names = "".join(f"{name:>{_WIDTH}}" for name in _MEASURES)
    yield f"{'codings':>{_FIRST}}{names}{'fit':>8}{'update':>8}"
    for result in results:
        cells = "".join(f"{_both(result.measures[name]):>{_WIDTH}}" for name in _MEASURES)
        times = f"{result.fit_seconds:>8.2f}{result.update_seconds:>8.3f}"
        yield f"{result.codings:>{_FIRST}}{cells}{times}"


def _keys(results: Sequence[Result]) -> Iterator[str]:
    if not results:
        return
    yield from ("", "keys: a simulated full coding")
    yield f"{'':<22}{'per coding':>12}{'per answer, moving on':>24}"
    for result in results:
        each, answer = (result.measures[name] for name in ("keys per coding", "keys per answer"))
        yield f"{result.method:<22}{_both(each, 2):>12}{_both(answer, 2):>24}"
    yield f"{'always finding':<22}{FIND_KEYS:>12}"


def _both(estimate: Estimate, places: int = 3) -> str:
    half = (estimate.high - estimate.low) / 2
    value, around = f"{estimate.value:.{places}f}", f"{half:.2f}"
    return f"{value.removeprefix('0')}±{around.removeprefix('0')}"
