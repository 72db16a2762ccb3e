"""The engine as a whole study sees it: what it knows, what is left to do, what it answers.

No files, no processes, no clocks: whoever drives it decides when the next piece of work is done.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coder.domain.codebook import sharing_themes
from coder.domain.near_names import nearest
from coder.domain.ranking import RankedResponse, Suggestion
from coder.errors import CoderError
from coder.suggest.coding_doubts import Finished
from coder.suggest.encoding.text_vectors import Vectors, VectorSource
from coder.suggest.encoding.waiting_texts import WaitingTexts
from coder.suggest.features import theme_text
from coder.suggest.suggester import Suggester
from coder.suggest.votes import FEWEST
from coder.suggest.whole_question import WholeQuestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.codings import Span
    from coder.domain.ranking import Stage
    from coder.suggest.encoding.encoders import Encoder
    from coder.suggest.evidence import Evidence

_WITH_SPANS = 12
_LATENT_SLICE = 500
_VOTE_SLICE = 500
_REFINE_AFTER = 20
_REFINE_SHARE = 10
_DONE = object()


def refining_is_due(changes: int, known: int) -> bool:
    """Tell whether so many changes among so many coded responses are worth a full fit."""
    return changes >= max(_REFINE_AFTER, known // _REFINE_SHARE)


@dataclass(slots=True)
class _Engine:
    """The engine of all questions that share themes, and what it has not yet taken in."""

    suggester: Suggester
    finished: Finished
    numbers: list[int] = field(default_factory=list)
    prepared: int = 0
    """How many of the numbers its background and its latent rows rest on."""
    warmed: int = 0
    centred_on: int = 0
    """How many vectors there were when its centre was measured."""
    unvoted: list[int] = field(default_factory=list)
    """The numbers whose votes have not been counted since the last full fit."""
    changes: int = 0
    """Codings since the last full fit began."""
    refining: Iterator[None] | None = None


class SuggestionService:
    """Answers for all questions of a study, and does its long work in pieces.

    Args:
        questions: Question id to the themes it offers; a question without themes gets no suggestions.
            Questions that share themes share one engine: what is coded in one teaches all.
        encoder: The embedding model; None goes by words alone.
        vectors: Where vectors are stored between sittings.
        parts: Theme id to the themes into which it was split: a coding of the one hints at the others.
    """

    def __init__(
        self,
        questions: Mapping[str, Sequence[Theme]],
        encoder: Encoder | None,
        vectors: VectorSource,
        parts: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._parts = parts or {}
        self._vectors = Vectors(encoder, vectors) if encoder is not None else None
        self._offered = {name: [theme.id for theme in themes] for name, themes in questions.items() if themes}
        self._engine_of: dict[str, _Engine] = {}
        for group in sharing_themes(self._offered):
            themes = {theme.id: theme for question_id in group for theme in questions[question_id]}
            offered = {question_id: self._offered[question_id] for question_id in group}
            suggester = Suggester(tuple(themes.values()), vectors=self._vectors, offered=offered)
            suggester.prepare(())
            self._engine_of |= dict.fromkeys(group, _Engine(suggester, Finished()))
        self._engines = tuple({id(engine): engine for engine in self._engine_of.values()}.values())
        theme_texts = [theme_text(theme) for themes in questions.values() for theme in themes]
        self._waiting = WaitingTexts(self._vectors, theme_texts)
        self._texts: dict[int, str] = {}
        self._question_of: dict[int, str] = {}

    def load(self, responses: Iterable[tuple[int, str, str]]) -> None:
        """Take in the answers of the study: number, question id and text of each."""
        new = []
        for number, question_id, text in responses:
            engine = self._engine_of.get(question_id)
            if engine is None or number in self._texts:
                continue
            self._texts[number] = text
            self._question_of[number] = question_id
            engine.numbers.append(number)
            new.append(text)
        self._waiting.add(new)

    def prefer(self, numbers: Sequence[int]) -> None:
        """Embed these responses before the others, the first of them first."""
        self._waiting.prefer([self._texts[number] for number in numbers if number in self._texts])

    def code(self, number: int, theme_ids: Iterable[str] | None, *, reviewed: bool) -> None:
        """Learn what a response is coded with now; what it was coded with before is replaced.

        Args:
            number: The response.
            theme_ids: Its themes; None, or none of them offered any more, in parts or whole, forgets it.
                An empty list teaches, once reviewed, that nothing is there.
            reviewed: Whether the coder is done with it.
        """
        self.code_many([(number, theme_ids, reviewed)])

    def code_many(self, codings: Iterable[tuple[int, Iterable[str] | None, bool]]) -> None:
        """Learn many responses at once, as `code` does one; each may come once."""
        batches: dict[tuple[str, bool], dict[int, dict[str, float]]] = defaultdict(dict)
        gone: dict[str, list[int]] = defaultdict(list)
        for number, theme_ids, reviewed in codings:
            question_id = self._question_of.get(number)
            if question_id is None:
                continue
            chosen = list(theme_ids or ())
            shares = _shares(chosen, self._offered[question_id], self._parts)
            if shares or (reviewed and theme_ids is not None and not chosen):
                # Where a theme is no longer offered, what is not chosen says little.
                complete = reviewed and shares.keys() == set(chosen)
                batches[question_id, complete][number] = shares
            else:
                gone[question_id].append(number)
        for question_id, numbers in gone.items():
            self._engine_of[question_id].suggester.remove(numbers)
            self._engine_of[question_id].finished.drop(numbers)
        for (question_id, complete), rows in batches.items():
            texts = [self._texts[number] for number in rows]
            engine = self._engine_of[question_id]
            questions = [question_id] * len(rows)
            engine.suggester.add(
                texts, rows.values(), keys=list(rows), questions=questions, complete=complete
            )
            engine.finished.put(rows.keys(), complete=complete)
            engine.changes += len(rows)
            self._waiting.prefer_coded(texts)

    def rank(self, numbers: Sequence[int]) -> list[RankedResponse]:
        """Return the rankings of responses, in the order asked; unknown numbers are left out."""
        by_question: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            if number in self._question_of:
                by_question[self._question_of[number]].append(number)
        ranked: dict[int, RankedResponse] = {}
        for question_id, of_question in by_question.items():
            suggester = self._engine_of[question_id].suggester
            texts = [self._texts[number] for number in of_question]
            probabilities = suggester.rank(texts, [question_id] * len(texts))
            offered = self._offered[question_id]
            columns = [suggester.theme_ids.index(theme_id) for theme_id in offered]
            for number, row in zip(of_question, probabilities[:, columns].tolist(), strict=True):
                ranked[number] = self._ranked(number, suggester, offered, row)
        return [ranked[number] for number in numbers if number in ranked]

    def explain(self, number: int, theme_id: str) -> Evidence:
        """Return what speaks for a theme on a response; the keys of the nearest are numbers.

        Raises:
            CoderError: The response or the theme is unknown.
        """
        return self._known(number).suggester.explain(self._texts[number], theme_id, key=number)

    def places(self, number: int, theme_ids: Sequence[str]) -> dict[str, tuple[Span, ...]]:
        """Return which parts of a response carry each theme, best first, as `Suggester.places` does.

        Raises:
            CoderError: The response or a theme is unknown.
        """
        return self._known(number).suggester.places(self._texts[number], theme_ids)

    def similar(self, number: int, k: int) -> list[tuple[int, float]]:
        """Return the k responses to the same question most like this one, with their cosines.

        Raises:
            CoderError: The response is unknown.
        """
        engine = self._known(number)
        question_id = self._question_of[number]
        warm = (other for other in engine.numbers[: engine.warmed] if other != number)
        others = [other for other in warm if self._question_of[other] == question_id]
        if not others:
            return []
        cosines = engine.suggester.similarities(self._texts[number], [self._texts[other] for other in others])
        best = (-cosines).argsort(kind="stable")[:k]
        return [(others[i], float(cosines[i])) for i in best]

    def whole(self, question_id: str) -> WholeQuestion:
        """Return what is known of a question, for work on all of its answers at once.

        Raises:
            CoderError: The question has no themes, or there is none of that name.
        """
        engine = self._engine_of.get(question_id)
        if engine is None:
            msg = f"There are no themes to suggest for '{question_id}'."
            raise CoderError(msg, nearest(question_id, self._engine_of))
        numbers = [number for number in engine.numbers if self._question_of[number] == question_id]
        offered = self._offered[question_id]
        return WholeQuestion(
            question_id, offered, engine.suggester, numbers, self._texts, engine.finished, self._vectors
        )

    def embed_some(self, budget: int) -> tuple[int, int]:
        """Give vectors to at most so many texts that have none; return the done and the total.

        Texts are answers, and the sentences of those that have several. Stored vectors are fetched by the
        thousand, and none is made that is stored. The preferred come first, then the coded, then the other
        answers, then the other sentences. Without a model there is nothing to do.

        Raises:
            CoderError: The model cannot be loaded. It is given up: words alone go on.
        """
        return self._waiting.embed_some(budget)

    def improve(self) -> bool:
        """Do one piece of background learning; tell whether there was one.

        In this order: what the answers' words say about each other, the centre of the vectors,
        the words of the answers not yet seen, a full fit with calibration, the votes that each
        answer has after it.
        """
        pieces = (self._prepare, self._recentre, self._warm, _refine, self._vote)
        return any(piece(engine) for piece in pieces for engine in self._engines)

    def _prepare(self, engine: _Engine) -> bool:
        if engine.prepared == len(engine.numbers):
            return False
        engine.suggester.prepare(self._all_texts(engine))
        engine.prepared = len(engine.numbers)
        engine.warmed = 0
        engine.centred_on = _count(self._vectors)
        _fit_anew(engine)
        return True

    def _recentre(self, engine: _Engine) -> bool:
        there = _count(self._vectors)
        grown = there >= 2 * engine.centred_on if self._waiting else there > engine.centred_on
        if not there or not grown:
            return False
        engine.suggester.recentre(self._all_texts(engine))
        engine.centred_on = there
        _fit_anew(engine)
        return True

    def _warm(self, engine: _Engine) -> bool:
        if self._waiting.holds_preferred():
            return False  # the answers on screen are to have their vectors first
        some = engine.numbers[engine.warmed : engine.warmed + _LATENT_SLICE]
        engine.suggester.warm([self._texts[n] for n in some], [self._question_of[n] for n in some])
        engine.warmed += len(some)
        return bool(some)

    def _vote(self, engine: _Engine) -> bool:
        if self._waiting:
            return False  # the last vector moves the centre, and with it all votes
        some, engine.unvoted = engine.unvoted[:_VOTE_SLICE], engine.unvoted[_VOTE_SLICE:]
        engine.suggester.warm([self._texts[n] for n in some], [self._question_of[n] for n in some])
        return bool(some)

    def _ranked(
        self, number: int, suggester: Suggester, theme_ids: Sequence[str], row: Sequence[float]
    ) -> RankedResponse:
        text = self._texts[number]
        places = suggester.lexical.hits(text)
        best = sorted(zip(theme_ids, row, strict=True), key=lambda pair: -pair[1])
        suggestions = tuple(
            Suggestion(theme_id, probability, tuple(places.get(theme_id, ())) if place < _WITH_SPANS else ())
            for place, (theme_id, probability) in enumerate(best)
        )
        return RankedResponse(number, _stage(suggester, text, self._vectors), suggestions)

    def _known(self, number: int) -> _Engine:
        if number not in self._question_of:
            msg = f"There is no response {number} to suggest themes for."
            raise CoderError(msg)
        return self._engine_of[self._question_of[number]]

    def _all_texts(self, engine: _Engine) -> list[str]:
        return [self._texts[number] for number in engine.numbers]


def _shares(
    chosen: Sequence[str], offered: Sequence[str], parts: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Return the themes that an answer has, each a 1; the parts of one that was split share it."""
    hinted: dict[str, float] = {}
    for theme_id in chosen:
        if theme_id not in offered:
            some = [part for part in parts.get(theme_id, ()) if part in offered]
            hinted |= {part: 1 / len(some) for part in some}
    return hinted | {theme_id: 1.0 for theme_id in chosen if theme_id in offered}


def _refine(engine: _Engine) -> bool:
    if engine.refining is None:
        if not refining_is_due(engine.changes, len(engine.suggester)):
            return False
        engine.changes = 0
        engine.refining = engine.suggester.refine()
    if next(engine.refining, _DONE) is _DONE:
        engine.refining = None
        engine.unvoted = list(engine.numbers) if len(engine.finished) >= FEWEST else []
    return True


def _fit_anew(engine: _Engine) -> None:
    """Have a full fit follow: the answers stand elsewhere now."""
    engine.refining = None
    engine.changes += len(engine.suggester)


def _stage(suggester: Suggester, text: str, vectors: Vectors | None) -> Stage:
    if len(suggester):
        return "learned"
    return "embeddings" if vectors is not None and vectors.has(text) else "words"


def _count(vectors: Vectors | None) -> int:
    return vectors.count if vectors is not None else 0
