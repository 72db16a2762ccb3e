"""`python -m benchmarks.orders FOLDER ...`: does the engine learn faster when answers are coded in an order?

A quarter of the respondents is held out. The others' answers are coded in each order, worked out anew after
every tenth; recall@5 on those held out, how many themes have come up, and the words read.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.coded_sets import QUESTION, CodedTask, arguments, coded_tasks, learned
from coder.domain.reading_orders import Order, OrderKind
from coder.suggest.evaluation.cuts import Cut
from coder.suggest.evaluation.metrics import quality
from coder.suggest.evaluation.runs import is_held_out
from coder.suggest.evaluation.scored_responses import score_responses
from coder.suggest.sliced_work import run_to_end
from coder.suggest.whole_question import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.data_sets import CodedResponse
    from coder.suggest.service import SuggestionService

KINDS: tuple[OrderKind, ...] = ("random", "spread", "uncertain", "alike")
POINTS = (20, 50, 100, 200)
AGAIN = 10
"""Codings after which an order is worked out anew."""
TESTED = 1000


def main() -> None:
    """Measure each data set and print a row for each order and point."""
    args = arguments(__doc__).parse_args()
    print("set, order: after n codings recall@5, themes come up, words an answer")
    for folder in args.folders:
        for task in coded_tasks(folder, args.encoder, 2 * POINTS[0]):
            for kind in KINDS:
                rows: dict[int, list[tuple[float, int, float]]] = defaultdict(list)
                for seed in range(args.seeds):
                    for n, *row in measure(task, kind, seed):
                        rows[n].append((row[0], int(row[1]), row[2]))
                print(f"{task.name}, {kind}: {_row(rows)}", flush=True)


def measure(task: CodedTask, kind: OrderKind, seed: int) -> Iterator[tuple[int, float, int, float]]:
    """Code answers in an order; yield n, recall@5, themes come up and words an answer at each point."""
    held_out = {n for n, answer in enumerate(task.answers) if is_held_out(answer.respondent_id, seed)}
    shuffled = random.Random(seed)
    train = [number for number in range(len(task.answers)) if number not in held_out]
    shuffled.shuffle(train)
    test = shuffled.sample(sorted(held_out), min(TESTED, len(held_out)))
    service = task.service()
    coded: dict[int, CodedResponse] = {}
    for n in range(AGAIN, min(POINTS[-1], len(train)) + 1, AGAIN):
        order = train if kind == "random" else run_to_end(ordered(service.whole(QUESTION), Order(kind)))
        new = [number for number in order if number not in held_out and number not in coded][:AGAIN]
        coded |= {number: task.answers[number] for number in new}
        service.code_many((number, sorted(task.answers[number].theme_ids), True) for number in new)
        learned(service)
        if n in POINTS:
            yield n, _recall(task, service, test), _themes(coded.values()), _words(coded.values())


def _recall(task: CodedTask, service: SuggestionService, test: Sequence[int]) -> float:
    column_of = {theme_id: column for column, theme_id in enumerate(task.theme_ids)}
    probabilities = np.zeros((len(test), len(column_of)))
    for row, ranked in enumerate(service.rank(test)):
        for suggestion in ranked.suggestions:
            probabilities[row, column_of[suggestion.theme_id]] = suggestion.probability
    answers = [task.answers[number] for number in test]
    scored = score_responses(answers, task.theme_ids, probabilities, Cut())
    return quality(scored, task.theme_ids)["recall@5"].value


def _themes(coded: Iterable[CodedResponse]) -> int:
    return len({theme_id for answer in coded for theme_id in answer.theme_ids})


def _words(coded: Iterable[CodedResponse]) -> float:
    return float(np.mean([len(answer.text.split()) for answer in coded]))


def _row(rows: dict[int, list[tuple[float, int, float]]]) -> str:
    means = {n: np.mean(of_seeds, axis=0) for n, of_seeds in rows.items()}
    return "; ".join(
        f"{n}: {recall:.2f}, {themes:.0f}, {length:.0f}" for n, (recall, themes, length) in means.items()
    )


if __name__ == "__main__":
    main()
