"""Which responses are listed, and where the coder is, was and goes next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.filters import Filter
from coder.domain.orders import Order
from coder.store import codings, log, recoding, surveys

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from coder.domain.responses import Question
    from coder.store.codings import Row
    from coder.workflows.studies import Study

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
        self._trail: list[int] = []
        self.asked = 0
        """Answers that revisions put into the queue to be recoded, when it was opened."""
        self._before_queue: tuple[Filter, int | None] | None = None

    def start(self) -> int | None:
        """Return where to begin: the first unconfirmed answer from where this coder was last."""
        last = log.last_touched(self.study.database, self.coder_id)
        response = surveys.response(self.study.database, last) if last else None
        question_id = self.filter.question_id or (response.question_id if response else self.questions[0].id)
        self.filter = Filter(question_id)
        after = last - 1 if last and response and response.question_id == question_id else 0
        return self.next_open(after) or self.next_open(0) or self._first()

    def page_from(self, number: int) -> array[int]:
        """Return the first numbers of the list from a response on: enough for the first frame."""
        return codings.matching(
            self.study.database, self.coder_id, self.filter, after=number - 1, limit=FIRST_PAGE
        )

    def numbers(self) -> array[int]:
        """Return the numbers of every response that the filter lets through."""
        return codings.matching(self.study.database, self.coder_id, self.filter)

    def rows(self, numbers: Sequence[int]) -> dict[int, Row]:
        """Return list rows by number."""
        return codings.rows(self.study.database, self.coder_id, numbers)

    def next_open(self, after: int) -> int | None:
        """Return the next answer in the list that is not confirmed, or None after the last."""
        chosen = self.filter if self.filter.show != "all" else replace(self.filter, show="open")
        found = codings.matching(self.study.database, self.coder_id, chosen, after=after, limit=1)
        return found[0] if found else None

    def narrow(self, chosen: Filter, here: int | None) -> None:
        """List what a filter lets through; where that is the queue to be recoded, remember the way back."""
        if chosen.show == "recode" and self.filter.show != "recode":
            self._before_queue = (self.filter, here)
        if chosen.show == "recode" and chosen.question_id is not None:
            self.asked = recoding.answers_asked(self.study.database, self.coder_id, chosen.question_id)
        self.filter = chosen

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
