"""Which responses are listed, and where the coder is, was and goes next."""

from __future__ import annotations

from array import array
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from coder.domain.filters import Filter
from coder.domain.reading_orders import Order, at_random, read_order
from coder.store import codings, log, recoding, surveys
from coder.tui.coding.list.sequence import Sequenced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.responses import Question
    from coder.store.codings import ListRow
    from coder.tui.coding.second_look.texts import SecondLook
    from coder.workflows.study.study import Study

FIRST_PAGE = 200
"""Rows fetched before the first frame; the rest of the list comes right after it."""


class Navigator:
    """The list's filter and the ways through it, without a screen."""

    def __init__(self, study: Study, coder_id: str, question_id: str | None = None) -> None:
        self.study = study
        self.coder_id = coder_id
        self.questions: list[Question] = surveys.questions(study.database)
        self.filter = Filter(question_id)
        self.order = Order()
        self._sequence: Sequenced | None = None
        """What comes after what in that order; None as they came, or until the order is known."""
        self.asked_for_order = False
        """Whether the coder has just chosen it, and so wants to begin at its top."""
        self.confirmed_since = 0
        """Answers confirmed since the order was worked out."""
        self._trail: list[int] = []
        self.asked = 0
        """Answers that revisions put into the queue to be recoded, when it was opened."""
        self.second_look: SecondLook | None = None
        """The answers of the second look, listed alone while there is one."""
        self._before_queue: tuple[Filter, int | None] | None = None

    def start(self) -> int | None:
        """Return where to begin: the first unconfirmed answer from where this coder was last."""
        last = log.last_touched(self.study.database, self.coder_id)
        response = surveys.response(self.study.database, last) if last else None
        question_id = self.filter.question_id or (response.question_id if response else self.questions[0].id)
        self.filter = Filter(question_id)
        self.recall_order()
        after = last - 1 if last and response and response.question_id == question_id else 0
        return self.next_open(after) or self.next_open(0) or self._first()

    def page_from(self, number: int) -> array[int]:
        """Return the first numbers of the list from a response on: enough for the first frame."""
        return codings.matching(
            self.study.database, self.coder_id, self.filter, after=number - 1, limit=FIRST_PAGE
        )

    def numbers(self) -> array[int]:
        """Return the numbers of every response that the filter lets through, in the list's order."""
        if self.second_look:
            return array("l", self.second_look.doubts)
        found = codings.matching(self.study.database, self.coder_id, self.filter)
        return self._sequence.arranged(found) if self._sequence else found

    def listed(self) -> tuple[array[int], Mapping[int, int] | None]:
        """Return `numbers()`, and number to place where they do not ascend."""
        numbers = self.numbers()
        in_order = self._sequence is None and self.second_look is None
        return numbers, None if in_order else {number: place for place, number in enumerate(numbers)}

    def rows(self, numbers: Sequence[int]) -> dict[int, ListRow]:
        """Return list rows by number."""
        return codings.list_rows(self.study.database, self.coder_id, numbers)

    def next_open(self, after: int) -> int | None:
        """Return the next answer in the list that is not confirmed, or None after the last."""
        chosen = self.filter if self.filter.show != "all" else replace(self.filter, show="open")
        if self._sequence:
            database = self.study.database
            passing = partial(codings.matching_among, database, self.coder_id, chosen)
            return self._sequence.next_after(after, passing)
        found = codings.matching(self.study.database, self.coder_id, chosen, after=after, limit=1)
        return found[0] if found else None

    def narrow(self, chosen: Filter, here: int | None) -> None:
        """List what a filter lets through; where that is the queue to be recoded, remember the way back."""
        if chosen.show == "recode" and self.filter.show != "recode":
            self._before_queue = (self.filter, here)
        if chosen.show == "recode" and chosen.question_id is not None:
            self.asked = recoding.answers_asked(self.study.database, self.coder_id, chosen.question_id)
        self.second_look = None
        elsewhere = chosen.question_id != self.filter.question_id
        self.filter = chosen
        if elsewhere:
            self.recall_order()

    def recall_order(self) -> None:
        """Take up the order last chosen for this question; it is not known yet what it is."""
        self.order = read_order(self.study.database.setting(self._order_setting()) or "")
        self.asked_for_order = False
        self._sequence = None

    @property
    def arranged(self) -> bool:
        """Whether the list is in another order than the file's."""
        return self._sequence is not None

    def keep_order(self, order: Order) -> None:
        """Keep an order for this question, for this sitting and the next."""
        with self.study.database.transaction():
            self.study.database.set_setting(self._order_setting(), order.written())
        self.recall_order()
        self.asked_for_order = True

    def arrange(self, numbers: Sequence[int], here: int | None = None) -> None:
        """Take up what comes after what: everything, or what is to come after a response."""
        before = self._sequence or Sequenced([here] if here else [])
        self._sequence = before.followed_by(numbers, here) if here else Sequenced(numbers)

    def shuffled(self) -> list[int]:
        """Return the responses to this question in random order."""
        return at_random(surveys.ids_of_question(self.study.database, self.question().id))

    def _order_setting(self) -> str:
        return f"order.{self.coder_id}.{self.filter.question_id}"

    def before_queue(self) -> tuple[Filter, int | None]:
        """Return the filter and the place that one left for the queue to be recoded."""
        return self._before_queue or (self.filter.cleared(), None)

    def question(self) -> Question:
        """Return the question whose answers are listed."""
        return next(q for q in self.questions if q.id == self.filter.question_id)

    def neighbour(self, step: int) -> Question:
        """Return the question before or after this one, round and round."""
        place = self.questions.index(self.question())
        return self.questions[(place + step) % len(self.questions)]

    def leave(self, number: int | None) -> None:
        """Remember a place that one jumps away from."""
        if number is not None:
            self._trail.append(number)

    def back(self) -> int | None:
        """Return the place one last jumped away from."""
        return self._trail.pop() if self._trail else None

    def _first(self) -> int | None:
        found = codings.matching(self.study.database, self.coder_id, self.filter, limit=1)
        return found[0] if found else None
