"""The suggestions for the answer on screen: at once from the words, better ones when the engine has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.suggest.lexical import LexicalRanker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.codebook import Codebook
    from coder.domain.codings import Span
    from coder.domain.engine_messages import AnswersRead
    from coder.domain.ranking import RankedResponse, Stage
    from coder.domain.responses import Response
    from coder.workflows.suggesting.engine import SuggestionEngine


class Suggested(NamedTuple):
    """A theme suggested for an answer."""

    theme_id: str
    strength: float | None
    """Between 0 and 1; a probability from the engine's second stage on. None: nobody has worked it out yet,
    or the theme is not offered any more."""
    spans: tuple[Span, ...] = ()
    """The words that carry it."""


class Ranking(NamedTuple):
    """All themes of a question for one answer, best first, and what the order rests on."""

    stage: Stage
    suggestions: tuple[Suggested, ...]


class Advice:
    """Rankings by response; never waits for the engine.

    Args:
        codebook: The study's themes.
        engine: The engine's process, or None to go by words alone.
    """

    def __init__(self, codebook: Codebook, engine: SuggestionEngine | None) -> None:
        self.codebook = codebook
        self.engine = engine
        self.revivals = 0
        """How often the engine was started again after it died."""
        self.busy_with = ""
        """What the engine is busy with, for the title of the themes."""
        self.awaits_drafts = False
        """Whether the coder waits for draft themes."""
        self.is_off = False
        """Whether nothing is suggested: themes stand in the codebook's order."""
        self.needs_engine = True
        """Whether the engine is to run: not where nothing is suggested, or by words alone."""
        self._readings: dict[str, AnswersRead] = {}
        """Question id to the languages of its answers, and what ranks."""
        self._unnoted: list[AnswersRead] = []
        self._rankers: dict[str, LexicalRanker] = {}
        self._rankings: dict[int, RankedResponse] = {}
        self._older: set[int] = set()
        """The responses whose rankings are from before the codebook changed."""
        self._spans: dict[int, dict[str, tuple[Span, ...]]] = {}

    def is_busy_with(self, what_it_does: str) -> None:
        """Note what the engine is busy with; an empty text where it is not."""
        self.busy_with = what_it_does

    def engine_stopped(self) -> None:
        """Go on by words alone."""
        self.engine, self.busy_with, self.awaits_drafts = None, "", False

    def await_drafts(self) -> None:
        """Note that the engine was asked for draft themes, which are to be shown when they come."""
        self.awaits_drafts = True

    def take_awaited(self) -> bool:
        """Tell, once, whether the coder waits for draft themes."""
        awaited, self.awaits_drafts = self.awaits_drafts, False
        return awaited

    def turn(self, *, off: bool, by_words: bool = False) -> None:
        """Suggest nothing from now on, or suggest themes again; by words alone, as by nothing learned."""
        self.is_off, self.needs_engine = off, not (off or by_words)
        if by_words:
            self.engine_stopped()
            self._rankings.clear()
            self._spans.clear()

    def ranking(self, response: Response) -> Ranking:
        """Return the best ranking there is for an answer right now."""
        if self.is_off:
            themes = self.codebook.offered(response.question_id)
            return Ranking("words", tuple(Suggested(theme.id, None) for theme in themes))
        ranked = self._rankings.get(response.number)
        if ranked is None:
            return _by_words(self._ranker(response.question_id), response)
        suggestions = [Suggested(s.theme_id, s.probability, s.spans) for s in ranked.suggestions]
        if response.number in self._older:
            suggestions = self._offered_now(response.question_id, suggestions)
        return Ranking(ranked.stage, tuple(suggestions))

    def evidence(self, response: Response, theme_id: str) -> tuple[Span, ...]:
        """Return the words of an answer that carry a theme: the engine's best span, else single words."""
        if self.is_off:
            return ()
        if best := self.carrying_spans(response.number, theme_id)[:1]:
            return best
        if ranked := self._rankings.get(response.number):
            for suggestion in ranked.suggestions:
                if suggestion.theme_id == theme_id and suggestion.spans:
                    return suggestion.spans
        ranker = self._ranker(response.question_id)
        return tuple(ranker.evidence(response.text, theme_id)) if theme_id in ranker.theme_ids else ()

    def carrying_spans(self, response: int, theme_id: str) -> tuple[Span, ...]:
        """Return the spans of an answer that carry a theme, best first; none until the engine sent them."""
        if self.is_off:
            return ()
        return self._spans.get(response, {}).get(theme_id, ())

    def receive_reading(self, event: AnswersRead) -> None:
        """Keep what the engine tells of a question."""
        self._readings[event.question_id] = event
        self._unnoted.append(event)

    def take_readings(self) -> list[AnswersRead]:
        """Return what the engine has told of questions since this was last asked."""
        readings, self._unnoted = self._unnoted, []
        return readings

    def reading(self, question_id: str) -> AnswersRead | None:
        """Return the languages of a question's answers, and what ranks; None until the engine has told."""
        return self._readings.get(question_id) if self.engine else None

    def prepare(self, responses: Sequence[int]) -> None:
        """Ask for rankings of the answer on screen and the next ones."""
        if self.engine:
            self.engine.rank(responses)

    def learn(
        self, response: int, theme_ids: Sequence[str], *, done: bool, copies: Sequence[int] = ()
    ) -> None:
        """Pass on what stands on an answer now, and on its copies; rankings made before are out of date."""
        if self.engine:
            self.engine.code(response, theme_ids, done=done, copies=copies)

    def read_answers(self) -> None:
        """Have the engine read anew which responses are answers."""
        if self.engine:
            self.engine.read_answers()

    def receive(self, ranked: RankedResponse) -> None:
        """Keep a ranking that came from the engine."""
        self._rankings[ranked.response] = ranked
        self._older.discard(ranked.response)

    def receive_spans(self, response: int, spans: Mapping[str, tuple[Span, ...]]) -> None:
        """Keep the spans of an answer that carry some of its themes."""
        self._spans.setdefault(response, {}).update(spans)

    def revise(self, codebook: Codebook) -> None:
        """Go on with a changed codebook; rankings hold for the themes they have until newer ones come."""
        self.codebook = codebook
        self._rankers.clear()
        self._older = set(self._rankings)

    def _offered_now(self, question_id: str, suggestions: Sequence[Suggested]) -> list[Suggested]:
        """Return suggestions without the themes that went since; those that came since follow."""
        fresh = dict.fromkeys(self._ranker(question_id).theme_ids)
        standing = [suggested for suggested in suggestions if suggested.theme_id in fresh]
        for suggested in standing:
            del fresh[suggested.theme_id]
        return [*standing, *(Suggested(theme_id, None) for theme_id in fresh)]

    def _ranker(self, question_id: str) -> LexicalRanker:
        ranker = self._rankers.get(question_id)
        if ranker is None:
            ranker = self._rankers[question_id] = LexicalRanker(self.codebook.offered(question_id))
        return ranker


def _by_words(ranker: LexicalRanker, response: Response) -> Ranking:
    ranked = ranker.rank(response.text)
    return Ranking("words", tuple(Suggested(theme_id, score) for theme_id, score in ranked))
