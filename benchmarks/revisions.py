"""How long it takes to see what a merge of themes would do, and to do it."""

from __future__ import annotations

from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from benchmarks.make_study import THEMES, code_study, make_study
from benchmarks.results import Result
from coder.store.database import rehearsal
from coder.workflows.revising import revising

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coder.domain.revising.revisions import Revision
    from coder.workflows.revising.revising import Plan
    from coder.workflows.study.study import Study

T = TypeVar("T")

ROUNDS = 7
ANSWERS, THEMES_EACH = 10_000, 3
EARLIER = 200
"""Revisions made before the last measure."""
RAW_MERGE = (
    """INSERT OR IGNORE INTO coding SELECT response, :target, coder, question, respondent, spans, origin
    FROM coding WHERE theme = :source""",
    "DELETE FROM coding WHERE theme = :source",
)
"""What a merge does to codings, without a log, a file, or anything to show for it."""
SECOND = 1_000
"""In milliseconds."""


def measure_revisions(folder: Path) -> list[Result]:
    """Plan and apply merges in a study of 10,000 answers with three themes each."""
    study = make_study(folder / "revised", ANSWERS)
    code_study(study, ANSWERS, THEMES_EACH)
    try:
        raw = median(_raw_merge(study) for _ in range(ROUNDS))
        planned, applied = _merges(study)
        for number in range(EARLIER):
            revision = revising.begin(study).change("legislation", label=f"Legislation {number}")
            revising.apply(study, revising.plan(study, revision), "benchmark")
        later, _ = _merges(study)
    finally:
        study.close()
    return [
        Result("plan a merge, 10,000 x 3 / raw SQL", planned, raw, "ms", SECOND, absolute=True),
        Result("apply a merge, 10,000 x 3 / raw SQL", applied, raw, "ms", SECOND, absolute=True),
        Result(f"plan after {EARLIER} revisions / after none", later, planned, "ms", 1.25, fails_over=1.5),
    ]


def _merges(study: Study) -> tuple[float, float]:
    """Merge two themes and take it back, some times; return the medians of planning and applying."""
    planned, applied = [], []
    for _ in range(ROUNDS):
        plan, taken = _timed(lambda: revising.plan(study, _merge(study)))
        planned.append(taken)
        number, taken = _timed(partial(revising.apply, study, plan, "benchmark"))
        applied.append(taken)
        _take_back(study, number)
    return median(planned), median(applied)


def _merge(study: Study) -> Revision:
    return revising.begin(study).merge([_id(0), _id(1)], _id(2))


def _take_back(study: Study, number: int) -> None:
    plan: Plan = revising.plan_undo(study, number)
    revising.apply(study, plan, "benchmark")


def _raw_merge(study: Study) -> float:
    with rehearsal(study.database):
        return _timed(lambda: _raw_steps(study))[1]


def _raw_steps(study: Study) -> None:
    for source in (_id(0), _id(1)):
        for statement in RAW_MERGE:
            study.database.execute(statement, {"source": source, "target": _id(2)})


def _id(number: int) -> str:
    return THEMES[number].casefold()


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = perf_counter()
    outcome = work()
    return outcome, (perf_counter() - begun) * 1_000
