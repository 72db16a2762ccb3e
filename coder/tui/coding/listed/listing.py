"""Which answers are listed, in which order, and the ways through them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from coder.domain.filters import Filter
from coder.store import codings, log, surveys
from coder.store.opening.damage import damaged
from coder.tui.coding.listed.arrangement import Arrangement
from coder.tui.coding.listed.assigned import Assigned
from coder.tui.coding.listed.equal_rows import EqualRows
from coder.tui.coding.listed.sequence import first_passing
from coder.tui.coding.listed.ticks import Ticks
from coder.tui.kit.fitting import fact
from coder.workflows.coding.same_words import ALL, ALONE

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from coder.domain.responses import Question
    from coder.domain.team.rounds import Round
    from coder.store.codings import ListRow
    from coder.workflows.coding.same_words import Numbers
    from coder.workflows.study.study import Study

FIRST_PAGE = 200
"""Rows fetched before the first frame; the rest of the list comes right after it."""


class Listing:
    """The answers to one question that a filter lets through, in an order. Knows no screen.

    Args:
        study: The study.
        coder_id: Whose codings tell which answers are done.
        question_id: The question to begin with; None goes on with the one this coder was at last.
    """

    def __init__(self, study: Study, coder_id: str, question_id: str | None = None) -> None:
        self.study = study
        self.coder_id = coder_id
        self.assigned = Assigned(study.database, coder_id)
        self.questions: list[Question] = surveys.questions(study.database)
        self.filter = Filter(question_id)
        self.arrangement = Arrangement(study.database, coder_id)
        self.ticks = Ticks()
        self.equal = EqualRows()
        """The answers listed, those of the same words in one row."""
        self.cursor = 0
        """The row of the list that the coder is at."""
        self._rows_by_number: Mapping[int, int] | None = None
        """Where each answer stands; None where the numbers ascend."""
        self.alone: Sequence[int] | None = None
        """Answers listed in place of those that the filter lets through."""
        self.is_loaded = False
        """Whether all of the list is known, and not only its beginning."""
        self.group_is_open = False
        """Whether answers of the same words are listed to be decided about one by one."""
        self._trail: list[int] = []

    def start(self) -> int | None:
        """List the beginning of what comes next; return where to begin.

        That is the first unconfirmed answer from where this coder was last; None if there is no answer.
        """
        last_number = log.last_touched(self.study.database, self.coder_id)
        response = surveys.response(self.study.database, last_number) if last_number else None
        question_id = self.filter.question_id or (
            response.question_id if response and response.number in self.assigned else self._first_question()
        )
        self.filter = self.assigned.limit(Filter(question_id))
        self.arrangement.recall(question_id)
        start_after = (
            last_number - 1 if last_number and response and response.question_id == question_id else 0
        )
        start = self.next_open(start_after) or self.next_open(0) or _first(self)
        if start is not None:
            # Enough for the first frame, however many answers there are.
            page = codings.matching(
                self.study.database, self.coder_id, self.filter, after=start - 1, limit=FIRST_PAGE
            )
            self.equal = EqualRows(page)
        return start

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers of the answers that the rows show, from top to bottom."""
        return self.equal.numbers

    def __contains__(self, number: object) -> bool:
        """Tell whether an answer is listed, in a row of its own or with others of the same words."""
        return isinstance(number, int) and self.row_of(number) is not None

    def _first_question(self) -> str:
        if not self.questions:
            fault = "It has no question."
            raise damaged(fault)
        return self.questions[0].id

    def load(self, current: int | None) -> None:
        """List what the filter lets through now; the cursor goes to `current`, else the next after it."""
        self.is_loaded = True
        self.equal = EqualRows(self._listed(), _groups(self))
        in_file_order = self.arrangement.sequence is None and self.alone is None
        self._rows_by_number = (
            None if in_file_order else {number: row for row, number in enumerate(self.numbers)}
        )
        shown = self.equal.shown_by(current or 0)
        if self._rows_by_number is None:
            row = bisect_left(self.numbers, shown)
        else:
            row = self._rows_by_number.get(shown, 0)
        self.cursor = max(0, min(row, len(self.numbers) - 1))

    def row_of(self, number: int) -> int | None:
        """Return the row of an answer, or None if it is not listed."""
        number = self.equal.shown_by(number)
        if self._rows_by_number is not None:
            return self._rows_by_number.get(number)
        row = bisect_left(self.numbers, number)
        return row if row < len(self.numbers) and self.numbers[row] == number else None

    def move_to(self, number: int) -> None:
        """Put the cursor on an answer; it stays where it is if that is not listed."""
        row = self.row_of(number)
        self.cursor = self.cursor if row is None else row

    def upcoming(self, count: int) -> Sequence[int]:
        """Return the numbers of the answers below the cursor, so many at most."""
        return self.numbers[self.cursor + 1 : self.cursor + 1 + count]

    def rows(self, numbers: Sequence[int]) -> dict[int, ListRow]:
        """Return what the list shows of some answers, by number.

        Where all say the same, whose they are is shown in place of what they say.
        """
        rows = codings.list_rows(self.study.database, self.coder_id, numbers)
        if self.group_is_open:
            titles = self.study.attribute_titles
            for number, pairs in surveys.attributes_of(self.study.database, numbers).items():
                facts = " · ".join(fact(titles[name], text) for name, text in pairs)
                rows[number] = rows[number]._replace(start=facts)
        return rows

    def next_open(self, after: int) -> int | None:
        """Return the next answer in the list that is not confirmed, or None after the last.

        Of answers of the same words that are in one row, it is the one that the row shows.
        """
        unconfirmed = self.filter if self.filter.show != "all" else replace(self.filter, show="open")
        database = self.study.database
        if self.is_loaded:
            passing = partial(codings.matching_among, database, self.coder_id, unconfirmed)
            first_row = _row_after(self, after)
            following = first_passing(islice(self.numbers, first_row, None), passing)
            if following is not None or first_row or self.alone is not None:
                return following
        # Nothing that the rows show; what was opened again since they were made is in none of its own.
        numbers = codings.matching(database, self.coder_id, unconfirmed, after=after, limit=1)
        return numbers[0] if numbers else None

    def narrow(self, answers: Filter) -> None:
        """List what a filter lets through from the next `load` on."""
        self.ticks.drop()
        self.alone, self.group_is_open = None, False
        elsewhere = answers.question_id != self.filter.question_id
        self.filter = self.assigned.limit(answers)
        if elsewhere:
            self.arrangement.recall(answers.question_id or "")

    def list_alone(self, numbers: Sequence[int], *, group_is_open: bool = False) -> None:
        """List these answers and no others from the next `load` on, until `narrow`.

        Args:
            numbers: The answers.
            group_is_open: Whether they say the same, and are to be decided about one by one.
        """
        self.ticks.drop()
        self.alone, self.group_is_open = self.assigned.among(numbers), group_is_open

    def work_in(self, one_round: Round | None, coder_id: str) -> None:
        """List a coder's answers in a round from the next `load` on; None: all answers.

        Args:
            one_round: The round.
            coder_id: Under which id their codings stand in it.
        """
        if coder_id != self.coder_id:
            self.coder_id, self.arrangement = coder_id, Arrangement(self.study.database, coder_id)
        self.assigned = Assigned(self.study.database, coder_id, one_round)
        self.questions = self.assigned.questions(surveys.questions(self.study.database))
        question_ids = [question.id for question in self.questions]
        here = self.filter.question_id
        self.narrow(Filter(here if here in question_ids else self._first_question()))

    @property
    def arranged(self) -> bool:
        """Whether the list is in another order than the file's."""
        return self.arrangement.sequence is not None

    def question(self) -> Question:
        """Return the question whose answers are listed."""
        return next(q for q in self.questions if q.id == self.filter.question_id)

    def neighbour(self, step: int) -> Question:
        """Return the question before or after this one, round and round."""
        index = self.questions.index(self.question())
        return self.questions[(index + step) % len(self.questions)]

    def leave(self, number: int | None) -> None:
        """Remember an answer that one jumps away from."""
        if number is not None:
            self._trail.append(number)

    def back(self) -> int | None:
        """Return the answer one last jumped away from, and forget it."""
        return self._trail.pop() if self._trail else None

    def _listed(self) -> array[int]:
        if self.alone is not None:
            return array("l", self.alone)
        numbers = codings.matching(self.study.database, self.coder_id, self.filter)
        sequence = self.arrangement.sequence
        return sequence.arranged(numbers) if sequence else numbers


def _first(listing: Listing) -> int | None:
    numbers = codings.matching(listing.study.database, listing.coder_id, listing.filter, limit=1)
    return numbers[0] if numbers else None


def reach(listing: Listing) -> Numbers:
    """Return to which answers of the same words a decision about one goes: as a rule, those listed."""
    if not listing.study.settings.same_words or listing.group_is_open:
        return ALONE
    # A list of doubted answers has one of each group; before the list is loaded, only a round narrows it.
    everything = ALL if listing.assigned.one_round is None else listing.assigned
    return everything if listing.alone is not None or not listing.is_loaded else listing


def _groups(listing: Listing) -> Mapping[int, Hashable]:
    """Return what listed answers share that stand in one row; those that do not are left out."""
    question_id = listing.filter.question_id
    if listing.alone is not None or not listing.study.settings.same_words or question_id is None:
        return {}
    return codings.repeated(listing.study.database, listing.coder_id, question_id)


def _row_after(listing: Listing, number: int) -> int:
    row = listing.row_of(number)
    if row is None:
        return 0 if listing.arranged or listing.alone is not None else bisect_left(listing.numbers, number)
    return row + 1


def decided_about(listing: Listing, number: int | None) -> int:
    """Return how many answers a key decides about: the ticked, else those in the row of an answer."""
    if listing.ticks:
        return ticked(listing)
    return 0 if number is None else listing.equal.count(listing.equal.shown_by(number))


def ticked(listing: Listing) -> int:
    """Return how many answers stand in the rows that are ticked."""
    if len(listing.ticks) == len(listing.numbers):
        return len(listing.equal.answers)
    return sum(map(listing.equal.count, listing.ticks.numbers))
