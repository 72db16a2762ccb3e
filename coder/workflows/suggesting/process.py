"""The suggestion engine's own process: reads requests, a line each, and answers with events.

Requests come first; between them it embeds texts and learns, a little at a time. It runs at a low
priority, and ends when its input does.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections import deque
from contextlib import closing, contextmanager, redirect_stdout, suppress
from dataclasses import replace
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never

from coder.domain.engine_messages import (
    DraftsReady,
    DraftThemes,
    EngineNotice,
    EngineReady,
    EvidenceReady,
    ExplainTheme,
    FindSimilar,
    LearnCodings,
    NearestResponse,
    OrderReady,
    OrderResponses,
    RankingReady,
    RankResponses,
    ReadAnswers,
    ReadingProgress,
    SecondLookReady,
    SimilarReady,
    SimilarResponse,
    SpansReady,
    TakeSecondLook,
)
from coder.domain.ranking import NUMBER_KEYS
from coder.domain.reading_orders import at_random
from coder.errors import CoderError
from coder.store import surveys
from coder.suggest.service import TEXTS_AT_ONCE
from coder.suggest.whole_question import ordered, second_look
from coder.workflows.coding.differing import differing_codings, joined
from coder.workflows.study.opening import open_study
from coder.workflows.suggesting.message_codec import read_request, write_message
from coder.workflows.suggesting.reading_by_grammar import AnswerReadings
from coder.workflows.suggesting.study_service import answers_read, make_service, most_doubts, read_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from coder.domain.engine_messages import AnswersRead, EngineEvent, EngineRequest
    from coder.domain.ranking import RankedResponse
    from coder.domain.second_look import Doubted
    from coder.suggest.service import SuggestionService

NICENESS = 10
"""Where there is such a thing: on Windows whoever starts the process gives it a low priority."""
REPORT_EVERY = 64
WITH_SPANS = 3
"""The spans of so many answers are sent: the one on screen and those that come next."""


class EngineProcess:
    """The loop: answer what is requested, else do a piece of background work, else wait.

    Args:
        service: The engine.
        response_ids: The ids of the responses, by number.
        send: Called with each event.
        differing: Returns the codings of a question that differ from those of equal answers.
        read_answers: Has the engine go on with the answers as the study has them now.
        about: What is told first: the languages of the answers, and what ranks.
        readings: How answers are read where words that carry themes are looked for; the same as the engine's.
    """

    def __init__(
        self,
        service: SuggestionService,
        response_ids: Mapping[int, str],
        send: Callable[[EngineEvent], None],
        differing: Callable[[str], list[Doubted]] = lambda _: [],
        read_answers: Callable[[], object] = lambda: None,
        about: Sequence[AnswersRead] = (),
        readings: AnswerReadings | None = None,
    ) -> None:
        self._about = about
        self._readings = readings or AnswerReadings()
        self._differing = differing
        self._read_answers = read_answers
        self._service = service
        self._response_ids = response_ids
        self._send = send
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reported = -REPORT_EVERY
        self._embedded = 0
        self._long_tasks: dict[type[EngineRequest], Iterator[None]] = {}
        self._spans_due: deque[tuple[int, list[str]]] = deque()
        self._untold: deque[str] = deque()
        self._beside: Literal["asleep", "waking", "awake", "in use", "told"] = "asleep"
        """How the encoders beside the leading one fare."""

    def run(self, lines: Iterable[str]) -> None:
        """Serve until the input ends."""
        threading.Thread(target=self._listen, args=(lines,), daemon=True).start()
        self._send(EngineReady())
        for event in self._about:
            self._send(event)
        busy = True
        while True:
            waiting = list(self._waiting(block=not busy))
            if None in waiting:
                return
            for request in _latest_first(list(self._requests(waiting))):
                with self._noticing():
                    self._serve(request)
            busy = bool(waiting)
            with self._noticing():
                busy = self._work() or busy

    def _listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._lines.put(line)
        self._lines.put(None)

    def _waiting(self, *, block: bool) -> Iterator[str | None]:
        if block:
            yield self._lines.get()
        while not self._lines.empty():
            yield self._lines.get_nowait()

    def _requests(self, lines: Iterable[str | None]) -> Iterator[EngineRequest]:
        for line in filter(None, lines):
            with self._noticing():
                yield read_request(line)

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """Send a notice of what cannot be done, and go on."""
        try:
            yield
        except CoderError as error:
            self._send(EngineNotice(str(error)))

    def _serve(self, request: EngineRequest) -> None:
        match request:
            case LearnCodings(response, theme_ids, done, copies):
                forgotten = ((copy, None, False) for copy in copies)
                self._service.code_many([(response, theme_ids, done), *forgotten])
            case ReadAnswers():
                self._read_answers()
            case RankResponses(responses):
                self._rank(responses)
            case ExplainTheme(response, theme_id):
                self._explain(response, theme_id)
            case FindSimilar(response, count):
                similar = self._service.similar(response, count)
                self._send(SimilarReady(response, tuple(starmap(SimilarResponse, similar))))
            case OrderResponses():
                self._long_tasks[OrderResponses] = self._order(request)
            case TakeSecondLook(question_id):
                self._long_tasks[TakeSecondLook] = self._second_look(question_id)
            case DraftThemes(question_id):
                self._long_tasks[DraftThemes] = self._draft_themes(question_id)
            case _:
                assert_never(request)

    def _rank(self, responses: Sequence[int]) -> None:
        self._service.prefer(responses)
        self._spans_due.clear()
        # The answer on screen goes out before the others are worked on.
        for batch in (responses[:1], responses[1:]):
            for ranked in self._service.rank(batch):
                self._send(RankingReady(_rounded(ranked)))
                if ranked.stage != "words":
                    self._readings.begin(self._grammar_ready)
                if ranked.stage != "words" and len(self._spans_due) < WITH_SPANS:
                    best = [suggestion.theme_id for suggestion in ranked.suggestions[:NUMBER_KEYS]]
                    self._spans_due.append((ranked.response, best))

    def _grammar_ready(self, complaint: str) -> None:
        """Go on once answers can be read; called from another thread."""
        if complaint:
            self._untold.append(complaint)
        self._lines.put("")  # asks for nothing, and ends the waiting for a line

    def _explain(self, response: int, theme_id: str) -> None:
        evidence = self._service.explain(response, theme_id, with_spans=self._readings.are_ready)
        nearest = tuple(
            NearestResponse(self._response_ids.get(coded.key, ""), coded.text)
            for coded in evidence.nearest
            if isinstance(coded.key, int)
        )
        self._send(
            EvidenceReady(response, theme_id, evidence.spans, evidence.elsewhere, evidence.keywords, nearest)
        )

    def _order(self, request: OrderResponses) -> Iterator[None]:
        responses = yield from ordered(self._service.whole(request.question_id), request.order)
        self._send(OrderReady(request.question_id, request.order, tuple(responses)))

    def _second_look(self, question_id: str) -> Iterator[None]:
        different = self._differing(question_id)
        doubted: list[Doubted] = []
        try:
            whole = self._service.whole(question_id)
            doubted = yield from second_look(whole, most_doubts(whole))
        except CoderError:
            # Too few answers are confirmed, or none has a theme.
            if not different:
                raise
        self._send(SecondLookReady(question_id, tuple(joined(different, doubted))))

    def _draft_themes(self, question_id: str) -> Iterator[None]:
        # At random: of a long list only a part is compared.
        drafts = yield from self._service.draft_themes(question_id, at_random(self._response_ids))
        self._send(DraftsReady(question_id, tuple(drafts)))

    def _advance(self) -> bool:
        """Do one slice of a request that concerns all answers; tell whether there was one."""
        for kind, task in self._long_tasks.items():
            ended = True
            with self._noticing():
                ended = next(task, kind) is kind
            if ended:
                del self._long_tasks[kind]
            return True
        return False

    def _work(self) -> bool:
        """Do one piece of background work; tell whether there may be more."""
        if self._untold:
            self._send(EngineNotice(self._untold.popleft()))
        if self._spans_due and self._readings.are_ready:
            # A coder who takes a suggestion at once is to have its words too.
            response, theme_ids = self._spans_due.popleft()
            self._send(SpansReady(response, self._service.carrying_spans(response, theme_ids)))
            return True
        if self._service.improve() or self._advance():
            return True
        done, total = self._service.embed_some(self._service.texts_at_once)
        if done >= self._reported + REPORT_EVERY or done == total != self._reported:
            self._reported = done
            self._send(ReadingProgress(done, total))
        # What was embedded last may give rise to more learning.
        grown, self._embedded = done != self._embedded, done
        return done < total or grown or self._work_beside(total)

    def _work_beside(self, total: int) -> bool:
        """Do one piece of work for the encoders beside the leading one; tell whether there may be more.

        They stand beside it once every text has their vectors. Then what was ranked ahead is ranked again.
        """
        if self._service.beside.embed_some(TEXTS_AT_ONCE if self._beside == "awake" else 0):
            if self._beside == "asleep":
                self._beside = "waking"
                threading.Thread(target=self._wake, daemon=True).start()
            return self._beside == "awake"
        if self._service.beside.are_used and self._beside != "told":
            learned = self._beside == "in use"
            self._beside = "told" if learned else "in use"
            if learned:
                self._send(ReadingProgress(total, total))
            return not learned
        return False

    def _wake(self) -> None:
        """Load the encoders beside the leading one; seconds later, the loop goes on with them."""
        # What cannot be loaded is told where the first text is embedded.
        with suppress(CoderError):
            self._service.beside.wake()
        self._beside = "awake"
        # An empty line asks for nothing, and ends the waiting for one.
        self._lines.put("")


def _rounded(ranked: RankedResponse) -> RankedResponse:
    """Return a ranking with probabilities of four decimals: more would only make its line longer."""
    return replace(
        ranked,
        suggestions=tuple(
            replace(suggestion, probability=round(suggestion.probability, 4))
            for suggestion in ranked.suggestions
        ),
    )


def _latest_first(requests: Sequence[EngineRequest]) -> Iterator[EngineRequest]:
    """Yield what is to be learned, in order, then the rest; of several rankings only the last is needed."""
    learned = (LearnCodings, ReadAnswers)
    yield from (request for request in requests if isinstance(request, learned))
    rankings = [request for request in requests if isinstance(request, RankResponses)]
    yield from rankings[-1:]
    yield from (request for request in requests if not isinstance(request, (*learned, RankResponses)))


def main(arguments: list[str]) -> None:
    """Serve a study; the arguments: its folder, the coder, and if it is read only the private folder."""
    output = sys.stdout

    def send(event: EngineEvent) -> None:
        output.write(write_message(event))
        output.flush()

    if hasattr(os, "nice"):
        os.nice(NICENESS)
    folder, coder_id, *copies = arguments
    copy = Path(copies[0]) if copies else None
    try:
        # What a library prints must not come between the messages.
        with redirect_stdout(sys.stderr), closing(open_study(Path(folder), coder_id, copy=copy)) as study:
            readings = AnswerReadings.installed()
            service = make_service(study, coder_id, lambda text: send(EngineNotice(text)), readings)
            numbers = surveys.response_numbers(study.database)
            response_ids = {number: response_id for response_id, number in numbers.items()}
            differing = partial(differing_codings, study.database, coder_id)
            anew = partial(read_answers, service, study, coder_id)
            about = answers_read(study, service)
            EngineProcess(service, response_ids, send, differing, anew, about, readings).run(sys.stdin)
    except CoderError as error:
        # On one line: the screen shows the last one.
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    main(sys.argv[1:])
