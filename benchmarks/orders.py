"""`python -m benchmarks.orders FOLDER ...`: does the engine learn faster when answers are coded in an order?

A quarter of the respondents is held out. The others' answers are coded in each order, worked out anew after
every tenth; recall@5 on those held out, how many themes have come up, and the words read.
"""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.coded_sets import CodedTask, arguments, coded_tasks, result_of
from coder.domain.orders import Order, OrderKind
from coder.suggest.evaluation.metrics import quality
from coder.suggest.evaluation.outcomes import Cut, outcomes
from coder.suggest.evaluation.runs import is_held_out
from coder.suggest.second_look import Finished
from coder.suggest.suggester import Suggester
from coder.suggest.whole_question import WholeQuestion, ordered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.data_sets import CodedResponse

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
    test = [answer for answer in task.answers if is_held_out(answer.respondent_id, seed)]
    train = [answer for answer in task.answers if not is_held_out(answer.respondent_id, seed)]
    shuffled = random.Random(seed)
    shuffled.shuffle(train)
    test = shuffled.sample(test, min(TESTED, len(test)))
    suggester = Suggester(task.themes, vectors=task.vectors)
    suggester.prepare(task.texts)
    texts = dict(enumerate(answer.text for answer in train))
    finished = Finished(len(task.themes))
    for n in range(AGAIN, min(POINTS[-1], len(train)) + 1, AGAIN):
        whole = WholeQuestion(suggester, range(len(train)), texts, finished, task.vectors)
        numbers = result_of(ordered(whole, Order(kind)))[:AGAIN]
        labels = {number: sorted(train[number].theme_ids) for number in numbers}
        suggester.add([texts[number] for number in numbers], labels.values(), keys=numbers)
        finished.put(labels, complete=True)
        if n in POINTS:
            coded = [train[number] for number in finished.numbers()]
            yield n, _recall(task, suggester, test), _themes(coded), _words(coded)


def _recall(task: CodedTask, suggester: Suggester, test: Sequence[CodedResponse]) -> float:
    ranked = suggester.rank([answer.text for answer in test])
    found = outcomes(test, task.theme_ids, ranked, Cut())
    return quality(found, task.theme_ids)["recall@5"].value


def _themes(coded: Sequence[CodedResponse]) -> int:
    return len({theme_id for answer in coded for theme_id in answer.theme_ids})


def _words(coded: Sequence[CodedResponse]) -> float:
    return float(np.mean([len(answer.text.split()) for answer in coded]))


def _row(rows: dict[int, list[tuple[float, int, float]]]) -> str:
    means = {n: np.mean(found, axis=0) for n, found in rows.items()}
    return "; ".join(
        f"{n}: {recall:.2f}, {themes:.0f}, {words:.0f}" for n, (recall, themes, words) in means.items()
    )


if __name__ == "__main__":
    main()
