"""The suggestion engine for a whole study: its answers, its codings, its background work, its rankings.

It opens no files, starts no processes and reads no clock: its caller decides when the next piece of
background work is done.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from coder.domain.codebook import meant_alike, sharing_themes
from coder.domain.near_names import nearest
from coder.domain.texts.equal_words import words_key
from coder.errors import CoderError
from coder.suggest.carrying_words import PassageReading
from coder.suggest.encoding.beside import EncodersBeside
from coder.suggest.encoding.encoders import parts_of
from coder.suggest.encoding.readable_texts import everything
from coder.suggest.encoding.text_vectors import Vectors, VectorSource
from coder.suggest.encoding.waiting_texts import WaitingTexts
from coder.suggest.features import theme_text
from coder.suggest.shared_engine import BACKGROUND_WORK, SharedEngine
from coder.suggest.suggester import Suggester
from coder.suggest.theme_drafts import draft_themes
from coder.suggest.whole_question import WholeQuestion

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from coder.domain.codebook import Theme
    from coder.domain.codings import Span
    from coder.domain.drafting.theme_drafts import ThemeDraft
    from coder.domain.ranking import RankedResponse
    from coder.suggest.encoding.encoders import Encoder
    from coder.suggest.encoding.readable_texts import ReadableTexts
    from coder.suggest.evidence import Evidence

TEXTS_AT_ONCE = 16
"""Texts that an encoder reads in one piece of work: about a quarter of a second."""
_READ_QUICKLY = 256


class SuggestionService:
    """Ranks themes for all questions of a study; long work is done in pieces, when the caller asks for one.

    Args:
        questions: Question id to the themes it offers; a question without themes gets no suggestions.
            Questions that share themes, or have some of one label, share one engine: what is coded in one
            teaches all.
        encoder: The embedding model; None goes by words alone.
        vectors: Where vectors are stored between sittings; None: nowhere.
        split_themes: Theme id to the themes into which it was split: a coding of the one hints at the others.
        passages: How the words that carry themes are looked for; None: by rules, with the leading encoder.
        same_words: Whether answers of the same words are read as one.
        readable: Which texts the encoders are given; None: all. The others are ranked by words alone.
    """

    def __init__(
        self,
        questions: Mapping[str, Sequence[Theme]],
        encoder: Encoder | None,
        vectors: VectorSource | None,
        split_themes: Mapping[str, Sequence[str]] | None = None,
        *,
        passages: PassageReading | None = None,
        same_words: bool = False,
        readable: ReadableTexts | None = None,
    ) -> None:
        self._passages = passages or PassageReading()
        self._same_words = same_words
        self._split_themes = split_themes or {}
        self.readable = readable or everything()
        encoder = self.readable.encoder_for(encoder, questions)
        self._vectors = (
            Vectors(encoder, vectors, alone=True, readable=self.readable) if encoder is not None else None
        )
        theme_texts = [theme_text(theme) for themes in questions.values() for theme in themes]
        self._waiting = WaitingTexts(self._vectors.leading if self._vectors else None, theme_texts)
        self.beside = EncodersBeside(self._vectors, theme_texts)
        self._offered = {name: [theme.id for theme in themes] for name, themes in questions.items() if themes}
        self._engines: list[SharedEngine] = []
        self._engine_of: dict[str, SharedEngine] = {}
        """Question id to its engine."""
        same = meant_alike({name: themes for name, themes in questions.items() if themes})
        meant = {name: [same[theme_id] for theme_id in offered] for name, offered in self._offered.items()}
        for group in sharing_themes(meant):
            themes = {theme.id: theme for question_id in group for theme in questions[question_id]}
            offered = {question_id: self._offered[question_id] for question_id in group}
            of_group = self._vectors.of_questions(group) if self._vectors else None
            suggester = Suggester(
                tuple(themes.values()),
                vectors=of_group,
                offered=offered,
                passages=self._passages.encoder if of_group is not None else None,
            )
            suggester.prepare(())
            engine = SharedEngine(suggester, offered, of_group, self._waiting)
            self._engines.append(engine)
            self._engine_of |= dict.fromkeys(group, engine)
        self._question_of: dict[int, str] = {}
        self._themeless: dict[str, dict[int, str]] = defaultdict(dict)
        """The answers, still open, to the questions that have no themes yet."""

    def load(self, responses: Iterable[tuple[int, str, str]]) -> None:
        """Take in the answers of the study: number, question id and text of each."""
        new: dict[str, list[str]] = defaultdict(list)
        themeless: dict[str, list[str]] = defaultdict(list)
        for number, question_id, text in responses:
            engine = self._engine_of.get(question_id)
            if engine is None:
                self._themeless[question_id][number] = text
                themeless[question_id].append(text)
                continue
            if number in self._question_of:
                engine.left_out.discard(number)
                continue
            self._question_of[number] = question_id
            engine.add_answer(number, question_id, text)
            new[question_id].append(text)
        for question_id, texts in (*new.items(), *themeless.items()):
            if self._vectors is not None:
                self.readable.note(question_id, texts, self._vectors.encoder)
            for waiting in (self._waiting, self.beside):
                waiting.add(texts)

    def encoders_of(self, question_id: str) -> list[str]:
        """Return the names of the encoders that read answers to a question; none where words alone rank."""
        if self._vectors is None:
            return []
        encoder = self.readable.encoder_for(self._vectors.encoder, [question_id])
        return [part.name for part in parts_of(encoder)] if encoder is not None else []

    def take_answers(self, responses: Iterable[tuple[int, str, str]]) -> list[int]:
        """Go on with the answers that the study has now; what was learned of others is forgotten.

        Nothing is worked out anew for what went.

        Returns:
            The numbers of those that were none before.
        """
        answers = {number: (question_id, text) for number, question_id, text in responses}
        went = [number for number in self._question_of if number not in answers and self._knows(number)]
        self.code_many((number, None, False) for number in went)
        for number in went:
            self._engine_with(number).left_out.add(number)
        for themeless in self._themeless.values():
            for number in themeless.keys() - answers.keys():
                del themeless[number]
        came = [number for number in answers if not self._knows(number)]
        self.load((number, *answers[number]) for number in came)
        return came

    def prefer(self, numbers: Sequence[int]) -> None:
        """Have these responses embedded before the others, in this order."""
        known = (number for number in numbers if number in self._question_of)
        texts = [self._engine_with(number).texts[number] for number in known]
        for waiting in (self._waiting, self.beside):
            waiting.prefer(texts)

    def code(self, number: int, theme_ids: Iterable[str] | None, *, reviewed: bool) -> None:
        """Learn what a response is coded with now; what it was coded with before is replaced.

        Args:
            number: The response.
            theme_ids: Its themes; None, or none of them offered any more, split or whole, forgets it.
                An empty list teaches, once reviewed, that nothing is there.
            reviewed: Whether the coder is done with it.
        """
        self.code_many([(number, theme_ids, reviewed)])

    def code_many(self, codings: Iterable[tuple[int, Iterable[str] | None, bool]]) -> None:
        """Learn many responses at once, as `code` does one; each may come once."""
        batches: dict[tuple[str, bool], dict[int, dict[str, float]]] = defaultdict(dict)
        gone: dict[str, list[int]] = defaultdict(list)
        for number, coded_with, reviewed in codings:
            question_id = self._question_of.get(number)
            if question_id is None:
                if reviewed:
                    self._leave_out(number)
                continue
            theme_ids = list(coded_with or ())
            shares = _shares(theme_ids, self._offered[question_id], self._split_themes)
            if shares or (reviewed and coded_with is not None and not theme_ids):
                # Where a theme is no longer offered, what is not chosen says little.
                complete = reviewed and shares.keys() == set(theme_ids)
                batches[question_id, complete][number] = shares
            else:
                gone[question_id].append(number)
        for question_id, numbers in gone.items():
            self._engine_of[question_id].forget(numbers)
        for (question_id, complete), rows in batches.items():
            self._engine_of[question_id].learn(question_id, rows, complete=complete)

    def rank(self, numbers: Sequence[int]) -> list[RankedResponse]:
        """Return the rankings of responses, in the order of the numbers; unknown numbers are left out."""
        by_question: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            if number in self._question_of:
                by_question[self._question_of[number]].append(number)
        ranked: dict[int, RankedResponse] = {}
        for question_id, of_question in by_question.items():
            rankings = self._engine_of[question_id].rank(question_id, of_question)
            ranked |= {ranking.response: ranking for ranking in rankings}
        return [ranked[number] for number in numbers if number in ranked]

    def explain(self, number: int, theme_id: str, *, with_spans: bool = True) -> Evidence:
        """Return what speaks for a theme on a response; the keys of the nearest are numbers.

        Args:
            number: The response.
            theme_id: The theme.
            with_spans: Whether the words that carry it are looked for; if not, there are none.

        Raises:
            CoderError: The response or the theme is unknown.
        """
        engine, question_id = self._engine_with(number), self._question_of[number]
        return engine.suggester.explain(
            engine.texts[number],
            theme_id,
            key=number,
            question=question_id,
            reading=self._passages.reading(self.readable.languages_of(question_id)) if with_spans else None,
        )

    def carrying_spans(self, number: int, theme_ids: Sequence[str]) -> dict[str, tuple[Span, ...]]:
        """Return the spans of a response that carry each theme, best first, as the `Suggester` does.

        Raises:
            CoderError: The response or a theme is unknown.
        """
        engine, question_id = self._engine_with(number), self._question_of[number]
        return engine.suggester.carrying_spans(
            engine.texts[number],
            theme_ids,
            question_id,
            self._passages.reading(self.readable.languages_of(question_id)),
        )

    def similar(self, number: int, k: int) -> list[tuple[int, float]]:
        """Return the k responses to the same question most like this one, with their cosines.

        Where answers of the same words are read as one, each of them comes once, and none that says what
        this one says.

        Raises:
            CoderError: The response is unknown.
        """
        engine = self._engine_with(number)
        to_question = engine.answers_to(self._question_of[number], warmed=True)
        candidates = [candidate for candidate in to_question if candidate != number]
        if not candidates:
            return []
        texts = [engine.texts[candidate] for candidate in candidates]
        cosines = engine.suggester.similarities(engine.texts[number], texts)
        best = (-cosines).argsort(kind="stable").tolist()
        if self._same_words:
            best = _each_once(best, texts, engine.texts[number])
        return [(candidates[i], float(cosines[i])) for i in islice(best, k)]

    def whole(self, question_id: str) -> WholeQuestion:
        """Return what is known of a question, for work on all of its answers at once.

        Raises:
            CoderError: The question has no themes, or there is none of that name.
        """
        engine = self._engine_of.get(question_id)
        if engine is None:
            msg = f"There are no themes to suggest for '{question_id}'."
            raise CoderError(msg, nearest(question_id, self._engine_of))
        return WholeQuestion(
            question_id,
            self._offered[question_id],
            engine.suggester,
            engine.answers_to(question_id),
            engine.texts,
            engine.finished,
            self._vectors_for(question_id),
        )

    def draft_themes(
        self, question_id: str, numbers: Sequence[int]
    ) -> Generator[None, None, list[ThemeDraft]]:
        """Draft themes of what no theme covers in a question, in slices: see `theme_drafts.draft_themes`.

        Answers that say what a coded one says are left out with it.

        Args:
            question_id: The question.
            numbers: Its answers; those to be compared first in front.
        """
        engine = self._engine_of.get(question_id)
        if engine is None:
            themeless = self._themeless[question_id]
            answers = {number: themeless[number] for number in numbers if number in themeless}
            return draft_themes(answers, self._vectors_for(question_id))
        coded = {words_key(engine.texts[number]) for number in engine.coded} - {""}
        answers = {
            number: engine.texts[number]
            for number in numbers
            if self._knows(number)
            and number not in engine.coded
            and words_key(engine.texts[number]) not in coded
        }
        return draft_themes(answers, self._vectors_for(question_id), partial(engine.covers, question_id))

    def embed_some(self, budget: int) -> tuple[int, int]:
        """Give vectors to at most so many texts that have none; return the done and the total.

        Texts are answers, and the sentences of those that have several. Stored vectors are fetched by the
        thousand, and none is made that is stored. The preferred come first, then the coded, then the other
        answers, then the other sentences. Without a model there is nothing to do.

        Raises:
            CoderError: The model cannot be loaded. It is given up: words alone go on.
        """
        return self._waiting.embed_some(budget)

    @property
    def texts_at_once(self) -> int:
        """Return how many texts the leading encoder reads in about a quarter of a second."""
        return _READ_QUICKLY if self._vectors and self._vectors.leading.encoder.is_quick else TEXTS_AT_ONCE

    def improve(self) -> bool:
        """Do one piece of background learning; return whether there was one.

        In this order: what the answers' words say about each other, the centre of the vectors,
        the words of the answers not yet looked at, a full fit with calibration, the votes for each
        answer after it.
        """
        return any(work(engine) for work in BACKGROUND_WORK for engine in self._engines)

    def _vectors_for(self, question_id: str) -> Vectors | None:
        """Return the vectors of a question's answers; None where words alone rank."""
        return self._vectors.of_questions([question_id]) if self._vectors else None

    def _leave_out(self, number: int) -> None:
        """Propose nothing of an answer in which a coder saw nothing."""
        for answers in self._themeless.values():
            answers.pop(number, None)

    def _knows(self, number: int) -> bool:
        """Tell whether a response is an answer, as far as is known."""
        question_id = self._question_of.get(number)
        if question_id is None:
            return any(number in answers for answers in self._themeless.values())
        return number not in self._engine_of[question_id].left_out

    def _engine_with(self, number: int) -> SharedEngine:
        if number not in self._question_of:
            msg = f"There is no response {number} to suggest themes for."
            raise CoderError(msg)
        return self._engine_of[self._question_of[number]]


def _each_once(indices: Iterable[int], texts: Sequence[str], besides: str) -> Iterator[int]:
    """Yield indices of texts, of those of the same words the first, without those that say what one says."""
    said = {words_key(besides)}
    for index in indices:
        key = words_key(texts[index])
        if not key or key not in said:
            said.add(key)
            yield index


def _shares(
    theme_ids: Sequence[str], offered: Sequence[str], split_themes: Mapping[str, Sequence[str]]
) -> dict[str, float]:
    """Return the shares of an answer's themes: 1 for each; what a theme was split into shares its 1."""
    hinted: dict[str, float] = {}
    for theme_id in theme_ids:
        if theme_id not in offered:
            successors = [successor for successor in split_themes.get(theme_id, ()) if successor in offered]
            hinted |= {successor: 1 / len(successors) for successor in successors}
    return hinted | {theme_id: 1.0 for theme_id in theme_ids if theme_id in offered}
