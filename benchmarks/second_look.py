"""`python -m benchmarks.second_look FOLDER ...`: how many of the first fifty doubts are planted errors.

Of all codings 5% are spoilt at random, in one of two ways. `exchanged`: the theme becomes another that the
answer lacks, drawn as often as it is used. `lost and strayed`: the codings go, and as many new ones fall
anywhere, drawn in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.coded_sets import QUESTION, CodedTask, arguments, coded_tasks, learned
from coder.suggest.coding_doubts import FEWEST
from coder.suggest.sliced_work import run_to_end
from coder.suggest.whole_question import second_look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from coder.domain.second_look import DoubtKind
    from coder.suggest.service import SuggestionService

SHARE = 0.05
FIRST = 50
ERROR_KINDS = ("exchanged", "lost and strayed")


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of the first fifty doubts are planted errors, and how many would be by chance."""

    both: float
    """Share of planted errors among the first fifty."""
    wrong: float
    """The same of the first fifty codings that stand."""
    missing: float
    """And of the first fifty that do not."""
    wrong_chance: float
    """Share of codings that are planted."""
    missing_chance: float
    seconds: float
    """Processor time of a second look."""


def main() -> None:
    """Measure each data set and print a row for each way of spoiling it."""
    args = arguments(__doc__).parse_args()
    print("set, way: precision of the first 50 (both, wrong alone, missing alone) / chance; seconds")
    for folder in args.folders:
        for task in coded_tasks(folder, args.encoder, FEWEST):
            service = task.service()
            for error_kind in ERROR_KINDS:
                precisions = [measure(task, service, error_kind, seed) for seed in range(args.seeds)]
                print(
                    f"{task.name}, {len(task.answers)} answers, {error_kind}: {_row(precisions)}", flush=True
                )


def measure(task: CodedTask, service: SuggestionService, error_kind: str, seed: int) -> Precision:
    """Spoil the codings, look at them a second time, and count."""
    right = _coded(task)
    spoilt = _spoilt(right, error_kind, np.random.default_rng(seed))
    labels = ([task.theme_ids[column] for column in np.flatnonzero(row)] for row in spoilt)
    service.code_many((number, themes, True) for number, themes in enumerate(labels))
    learned(service)
    began = process_time()
    doubts = run_to_end(second_look(service.whole(QUESTION), spoilt.size))
    seconds = process_time() - began
    column_of = {theme_id: column for column, theme_id in enumerate(task.theme_ids)}

    def precision(*kinds: DoubtKind) -> float:
        strongest = [doubt for doubt in doubts if doubt.kind in kinds][:FIRST]
        cells = [(doubt.response, column_of[doubt.theme_id]) for doubt in strongest]
        return sum(bool(spoilt[cell] != right[cell]) for cell in cells) / FIRST

    strayed, lost = spoilt & ~right, right & ~spoilt
    return Precision(
        precision("wrong", "missing"), precision("wrong"), precision("missing"),
        strayed.sum() / spoilt.sum(), lost.sum() / (~spoilt).sum(), seconds,
    )  # fmt: skip


def _coded(task: CodedTask) -> NDArray[np.bool_]:
    """Return an (answers, themes) array: True where the answer has the theme."""
    coded = np.zeros((len(task.answers), len(task.themes)), dtype=bool)
    for row, answer in enumerate(task.answers):
        for theme_id in answer.theme_ids:
            coded[row, task.theme_ids.index(theme_id)] = True
    return coded


def _spoilt(right: NDArray[np.bool_], error_kind: str, rng: np.random.Generator) -> NDArray[np.bool_]:
    used = right.sum(axis=0) / right.sum()
    cells = np.argwhere(right)
    picked = cells[rng.choice(len(cells), round(SHARE * len(cells)), replace=False)]
    spoilt = right.copy()
    for row, column in picked:
        spoilt[row, column] = False
        if error_kind == "lost and strayed":
            row = rng.integers(len(right))  # noqa: PLW2901 - the stray coding falls on any answer
        free = np.where(right[row] | spoilt[row], 0, used)
        if free.any():
            spoilt[row, rng.choice(len(used), p=free / free.sum())] = True
    return spoilt


def _row(precisions: Sequence[Precision]) -> str:
    mean: dict[str, Any] = {
        name: float(np.mean([getattr(of_seed, name) for of_seed in precisions]))
        for name in Precision.__slots__
    }
    chance = f"{mean['wrong_chance']:.3f}, {mean['missing_chance']:.4f}"
    times = mean["both"] / mean["wrong_chance"]
    return (
        f"{mean['both']:.2f}, {mean['wrong']:.2f}, {mean['missing']:.2f} / {chance} "
        f"({times:.1f} times); {mean['seconds']:.1f} s"
    )


if __name__ == "__main__":
    main()
