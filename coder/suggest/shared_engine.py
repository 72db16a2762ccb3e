"""The engine of questions that share themes: its answers, what it has learned and has yet to learn."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from coder.domain.ranking import RankedResponse, Suggestion
from coder.errors import CoderError
from coder.suggest.coding_doubts import Finished
from coder.suggest.votes import FEWEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.ranking import Stage
    from coder.suggest.encoding.text_vectors import Vectors
    from coder.suggest.encoding.waiting_texts import WaitingTexts
    from coder.suggest.suggester import Suggester

_WITH_SPANS = 12
_LATENT_SLICE = 500
_VOTE_SLICE = 500
_REFINE_AFTER = 20
_REFINE_SHARE = 10
_READ_FIRST = 50
"""Answers that are read for a first centre, before the first ranking: a few hundredths of a second."""
_COVERED = 0.5
"""Probability of a theme above which an answer is taken to have it, where new themes are looked for."""
_DONE = object()


def refining_is_due(changes: int, learned: int) -> bool:
    """Return whether so many changes among so many coded responses are worth a full fit."""
    return changes >= max(_REFINE_AFTER, learned // _REFINE_SHARE)


class SharedEngine:
    """A suggester, with the answers to its questions and the pieces of work that it does in the background.

    Args:
        suggester: Ranks the themes of all the questions.
        offered: Question id to the ids of the themes that it offers.
        vectors: The vectors of the answers; None goes by words alone.
        waiting: The texts that have no vector yet.
    """

    def __init__(
        self,
        suggester: Suggester,
        offered: Mapping[str, Sequence[str]],
        vectors: Vectors | None,
        waiting: WaitingTexts,
    ) -> None:
        self.suggester = suggester
        self.offered = offered
        self.finished = Finished()
        self.texts: dict[int, str] = {}
        self.question_of: dict[int, str] = {}
        self.left_out: set[int] = set()
        """Those of them that are no answers any more; what their words say about others' stays."""
        self.coded: set[int] = set()
        """The answers that something was learned of."""
        self._vectors = vectors
        self._waiting = waiting
        self._numbers: list[int] = []
        self._prepared = 0
        """How many of the answers the suggester's background and latent rows rest on."""
        self._warmed = 0
        self._centred_on = 0
        """How many vectors there were when the centre was measured."""
        self._encoders_in_use = 1
        """How many encoders' vectors stood side by side then."""
        self._unvoted: list[int] = []
        """The answers whose votes have not been worked out since the last full fit."""
        self._changes = 0
        """Codings since the last full fit began."""
        self._refining: Iterator[None] | None = None

    def add_answer(self, number: int, question_id: str, text: str) -> None:
        """Take in an answer to one of the questions."""
        self.texts[number] = text
        self.question_of[number] = question_id
        self._numbers.append(number)

    def answers_to(self, question_id: str, *, warmed: bool = False) -> list[int]:
        """Return the numbers of the answers to a question; `warmed` leaves out those not yet looked at."""
        numbers = self._numbers[: self._warmed] if warmed else self._numbers
        return [
            number
            for number in numbers
            if self.question_of[number] == question_id and number not in self.left_out
        ]

    def learn(self, question_id: str, rows: Mapping[int, Mapping[str, float]], *, complete: bool) -> None:
        """Learn the themes of answers to one question, in place of what was learned of them.

        Args:
            question_id: The question.
            rows: Answer to the shares of its themes, as `Suggester.add` takes them.
            complete: Whether their coder is done with them.
        """
        texts = [self.texts[number] for number in rows]
        questions = [question_id] * len(rows)
        self._begin(texts)
        self.suggester.add(texts, rows.values(), keys=list(rows), questions=questions, complete=complete)
        self.finished.put(rows.keys(), complete=complete)
        self.coded.update(rows)
        self._changes += len(rows)
        self._waiting.prefer_coded(texts)

    def forget(self, numbers: Sequence[int]) -> None:
        """Forget what was learned of answers."""
        self.suggester.remove(numbers)
        self.finished.drop(numbers)
        self.coded.difference_update(numbers)

    def _begin(self, texts: Sequence[str]) -> None:
        """Give the themes and the first answers their vectors at once, where the encoder is quick."""
        if self._centred_on or self._vectors is None or not self._vectors.is_quick:
            return
        # What cannot be loaded is told when the next texts are embedded: words go on.
        with suppress(CoderError):
            first = [*texts, *(self.texts[number] for number in islice(self._numbers, _READ_FIRST))]
            self._vectors.leading.embed([*self.suggester.theme_texts, *first])
            self._centre(first)

    def rank(self, question_id: str, numbers: Sequence[int]) -> list[RankedResponse]:
        """Return the rankings of answers to one question."""
        texts = [self.texts[number] for number in numbers]
        self._begin(texts)
        probabilities = self.suggester.rank(texts, [question_id] * len(texts))
        theme_ids = self.offered[question_id]
        columns = [self.suggester.theme_ids.index(theme_id) for theme_id in theme_ids]
        rows = probabilities[:, columns].tolist()
        return [self._ranked(number, theme_ids, row) for number, row in zip(numbers, rows, strict=True)]

    def covers(self, question_id: str, texts: Sequence[str]) -> list[bool]:
        """Tell of texts whether a theme of a question is likelier than not to be in them."""
        probabilities = self.suggester.rank(texts, [question_id] * len(texts))
        columns = [self.suggester.theme_ids.index(theme_id) for theme_id in self.offered[question_id]]
        likeliest: list[float] = probabilities[:, columns].max(axis=1).tolist()
        return [probability > _COVERED for probability in likeliest]

    def _ranked(self, number: int, theme_ids: Sequence[str], row: Sequence[float]) -> RankedResponse:
        text = self.texts[number]
        spans = self.suggester.columns.word_spans(self.suggester.lexical.hits(text))
        best = self.suggester.columns.best_first(theme_ids, row)
        suggestions = tuple(
            Suggestion(theme_id, probability, tuple(spans.get(theme_id, ())) if i < _WITH_SPANS else ())
            for i, (theme_id, probability) in enumerate(best)
        )
        return RankedResponse(number, self._stage(text), suggestions)

    def _stage(self, text: str) -> Stage:
        if len(self.suggester):
            return "learned"
        return "embeddings" if self._vectors is not None and self._vectors.has(text) else "words"

    def prepare(self) -> bool:
        """Take in what the answers' words say about each other; return whether that was due."""
        if self._prepared == len(self._numbers):
            return False
        self.suggester.prepare(self._all_texts())
        self._prepared = len(self._numbers)
        self._warmed = 0
        self._centred_on = self._vector_count()
        self._fit_anew()
        return True

    def recentre(self) -> bool:
        """Measure the vectors' centre, if many are new or none is missing; return whether that was due."""
        count, in_use = self._vector_count(), len(self._vectors.in_use) if self._vectors else 1
        grown = count >= 2 * self._centred_on if self._waiting else count > self._centred_on
        if not count or not (grown or in_use > self._encoders_in_use):
            return False
        self._encoders_in_use = in_use
        self._centre(self._all_texts())
        self._fit_anew()
        return True

    def _centre(self, texts: Sequence[str]) -> None:
        self.suggester.recentre(texts)
        self._centred_on = self._vector_count()

    def warm(self) -> bool:
        """Work out the latent rows of some answers; return whether there were any left."""
        if self._waiting.holds_preferred():
            return False  # the answers on screen are to have their vectors first
        numbers = self._numbers[self._warmed : self._warmed + _LATENT_SLICE]
        self._warm(numbers)
        self._warmed += len(numbers)
        return bool(numbers)

    def refine(self) -> bool:
        """Do one slice of a full fit with calibration, if one is due; return whether one was."""
        if self._refining is None:
            if not refining_is_due(self._changes, len(self.suggester)):
                return False
            self._changes = 0
            self._refining = self.suggester.refine()
        if next(self._refining, _DONE) is _DONE:
            self._refining = None
            self._unvoted = list(self._numbers) if len(self.finished) >= FEWEST else []
        return True

    def vote(self) -> bool:
        """Work out the votes for some answers after a full fit; return whether there were any left."""
        if self._waiting:
            return False  # the last vector moves the centre, and with it all votes
        numbers, self._unvoted = self._unvoted[:_VOTE_SLICE], self._unvoted[_VOTE_SLICE:]
        self._warm(numbers)
        return bool(numbers)

    def _warm(self, numbers: Sequence[int]) -> None:
        self.suggester.warm([self.texts[n] for n in numbers], [self.question_of[n] for n in numbers])

    def _fit_anew(self) -> None:
        """Have a full fit follow: the positions of answers have changed."""
        self._refining = None
        self._changes += len(self.suggester)

    def _all_texts(self) -> list[str]:
        return [self.texts[number] for number in self._numbers]

    def _vector_count(self) -> int:
        return self._vectors.count if self._vectors is not None else 0


BACKGROUND_WORK = (
    SharedEngine.prepare,
    SharedEngine.recentre,
    SharedEngine.warm,
    SharedEngine.refine,
    SharedEngine.vote,
)
"""The kinds of background work, the most urgent first."""
