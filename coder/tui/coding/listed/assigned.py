"""The answers that are a coder's to read: all of them, or theirs in a round."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from coder.store.codings import QuestionProgress
from coder.store.team.round_rows import answers_in, person_in_layer, progress_in, questions_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.filters import Filter
    from coder.domain.responses import Question
    from coder.domain.team.rounds import Round
    from coder.store.database import Database


class Assigned:
    """What a coder has to read.

    Args:
        database: The study's database.
        coder_id: The coder, or the layer set apart in which they code.
        one_round: The round that they work in; None: all answers are theirs.
    """

    def __init__(self, database: Database, coder_id: str, one_round: Round | None = None) -> None:
        self._database = database
        self._person_id = person_in_layer(database, coder_id) or coder_id
        self.one_round = one_round

    @property
    def round_id(self) -> str:
        """The round's id; empty without one."""
        return self.one_round.id if self.one_round else ""

    @property
    def round_name(self) -> str:
        """What the round is called; empty without one."""
        return self.one_round.name if self.one_round else ""

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of the coder's answers in the round."""
        return frozenset(answers_in(self._database, self.round_id, self._person_id))

    def __contains__(self, number: object) -> bool:
        """Tell whether an answer is one of the coder's."""
        return self.one_round is None or number in self.numbers

    def among(self, numbers: Iterable[int]) -> Sequence[int]:
        """Return those of some answers that are the coder's, in their order."""
        return [number for number in numbers if number in self]

    def progress(self) -> QuestionProgress | None:
        """Return how far the coder has come with the round, in all its questions; None without a round."""
        if self.one_round is None:
            return None
        return QuestionProgress(*progress_in(self._database, self.round_id).get(self._person_id, (0, 0)))

    def limit(self, answers: Filter) -> Filter:
        """Return a filter that lets the coder's answers through alone."""
        return replace(answers, round_id=self.round_id)

    def questions(self, questions: Sequence[Question]) -> list[Question]:
        """Return those of some questions that the coder's answers are to."""
        if self.one_round is None:
            return list(questions)
        question_ids = questions_in(self._database, self.round_id, self._person_id)
        return [question for question in questions if question.id in question_ids]
