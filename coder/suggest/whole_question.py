"""Work on all answers to a question at once: their order, and the codings that are worth checking.

Both take longer than a key press may, and are done in slices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coder.domain.near_names import nearest
from coder.errors import CoderError
from coder.suggest import answer_orders
from coder.suggest.arrays import unit_rows
from coder.suggest.coding_doubts import FEWEST, Finished, doubted
from coder.suggest.latent import LatentWords

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from numpy.typing import NDArray

    from coder.domain.reading_orders import Order
    from coder.domain.second_look import Doubted
    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.text_vectors import Vectors
    from coder.suggest.suggester import Suggester

_AT_ONCE = 500
"""Answers ranked in a slice."""
_MOST_WITHOUT = 0.05
"""Share of the answers that may lack a vector; if more do, latent words are used for all of them."""


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """What an engine knows of one question."""

    question_id: str
    theme_ids: Sequence[str]
    """What it offers; the engine may know more themes."""
    suggester: Suggester
    numbers: Sequence[int]
    """Its answers."""
    texts: Mapping[int, str]
    finished: Finished
    """The responses whose coder was done, of every question that shares the engine."""
    vectors: Vectors | None

    def confirmed(self) -> int:
        """Return how many of its answers a coder was done with."""
        return sum(number in self.finished for number in self.numbers)

    def columns(self) -> list[int]:
        """Return the columns of its themes in the engine's results."""
        return [self.suggester.theme_ids.index(theme_id) for theme_id in self.theme_ids]


def ordered(question: WholeQuestion, order: Order) -> Generator[None, None, list[int]]:
    """Order the answers to a question; those whose coder is done come last, as they came.

    Raises:
        CoderError: The order is by a theme that the question does not offer.
    """
    unfinished = [number for number in question.numbers if number not in question.finished]
    done = [number for number in question.numbers if number in question.finished]
    rows = yield from _ordered_rows(question, order, unfinished, done)
    return [*(unfinished[row] for row in rows.tolist()), *done]


def second_look(question: WholeQuestion, most: int) -> Generator[None, None, list[Doubted]]:
    """Find the codings of a question that are most worth checking, the most doubtful first.

    Args:
        question: The question.
        most: At most so many.

    Raises:
        CoderError: Too few responses are finished to tell.
    """
    import numpy as np

    numbers = question.finished.numbers()
    if len(numbers) < FEWEST:
        msg = f"A second look needs {FEWEST} confirmed answers; there are {len(numbers)}."
        raise CoderError(msg, "Code on, and ask again.")
    theme_ids = question.theme_ids
    probabilities, coded = yield from question.suggester.out_of_fold()
    of_question = set(question.numbers)
    rows = [row for row, number in enumerate(numbers) if number in of_question]
    cells = np.ix_(rows, question.columns())
    return doubted(probabilities[cells], coded[cells], [numbers[row] for row in rows], theme_ids, most)


def _ordered_rows(
    question: WholeQuestion, order: Order, unfinished: Sequence[int], done: Sequence[int]
) -> Generator[None, None, NDArray[Any]]:
    """Return the rows of the unfinished answers in an order."""
    import numpy as np

    if order.kind in {"spread", "alike"}:
        rows = _rows(question, [*unfinished, *done])
        yield
        of_unfinished, of_done = rows[: len(unfinished)], rows[len(unfinished) :]
        if order.kind == "alike":
            return (yield from answer_orders.alike(of_unfinished))
        return (yield from answer_orders.spread(of_unfinished, of_done))
    if order.kind not in {"uncertain", "theme"}:
        return np.arange(len(unfinished))
    probabilities = yield from _probabilities(question, unfinished)
    if order.kind == "uncertain":
        return (-answer_orders.doubt(probabilities)).argsort(kind="stable")
    if order.theme_id not in question.theme_ids:
        msg = f"The question does not offer the theme '{order.theme_id}'."
        raise CoderError(msg, nearest(order.theme_id, question.theme_ids) or "Choose another order.")
    return (-probabilities[:, question.theme_ids.index(order.theme_id)]).argsort(kind="stable")


def _probabilities(question: WholeQuestion, numbers: Sequence[int]) -> Generator[None, None, Floats]:
    import numpy as np

    blocks: list[Floats] = [np.zeros((0, len(question.theme_ids)), dtype=np.float32)]
    for start in range(0, len(numbers), _AT_ONCE):
        texts = [question.texts[number] for number in numbers[start : start + _AT_ONCE]]
        probabilities = question.suggester.rank(texts, [question.question_id] * len(texts))
        blocks.append(probabilities[:, question.columns()])
        yield
    return np.vstack(blocks)


def _rows(question: WholeQuestion, numbers: Sequence[int]) -> Floats:
    """Return the answers' vectors, centred and of length 1; their latent words where vectors are lacking."""
    texts = [question.texts[number] for number in numbers]
    lacking = sum(question.vectors is None or not question.vectors.has(text) for text in texts)
    if question.vectors is None or lacking > _MOST_WITHOUT * len(texts):
        return unit_rows(LatentWords(texts).rows(texts, keep=False))
    rows = question.vectors.rows(texts)
    return question.vectors.centred(rows, question.vectors.mean(rows))
