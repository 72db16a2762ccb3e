"""The suggestion engine's own process: reads requests, one JSON object a line, and answers in kind.

Requests come first; between them it embeds texts and learns, a little at a time. It runs at a low
priority, and ends when its input does.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

from coder.domain.reading_orders import read_order
from coder.errors import CoderError
from coder.store import codings, recoding, surveys
from coder.store.vectors import VectorStore
from coder.suggest.encoding.encoders import Encoder, load_encoder
from coder.suggest.service import SuggestionService
from coder.suggest.whole_question import WholeQuestion, ordered, second_look
from coder.workflows.study.opening import open_study
from coder.workflows.study.study import CACHE_FOLDER, Study

NICENESS = 10
BATCH = 16
"""Texts embedded between two looks at the requests: about a quarter of a second."""
REPORT_EVERY = 64
ON_KEYS = 9
"""Suggestions of an answer for which is told, unasked, which words carry them."""
WITH_PLACES = 3
"""Answers for which it is told: the one on screen and those that come next."""
MOST_DOUBTED = 300
"""Codings that a second look finds at most, those included that were looked at before."""


Message = dict[str, Any]
Send = Callable[[Message], None]

_FIELDS: dict[str, dict[str, Any]] = {
    "code": {"response": int, "themes": [str], "done": bool},
    "rank": {"responses": [int]},
    "explain": {"response": int, "theme": str},
    "similar": {"response": int, "count": int},
    "order": {"question": str, "order": str},
    "second_look": {"question": str},
}
"""What each request holds; in brackets: a list of them."""


def read_request(line: str) -> Message:
    """Read one request.

    Raises:
        CoderError: It is not JSON, or lacks something.
    """
    try:
        request = json.loads(line)
    except ValueError:
        request = None
    fields = _FIELDS.get(str(request.get("do"))) if isinstance(request, dict) else None
    if fields is None or not all(_fits(request.get(name), kind) for name, kind in fields.items()):
        msg = f"The suggestion engine does not understand: {line.strip()[:100]}"
        raise CoderError(msg)
    return dict(request)


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, list):
        return isinstance(value, list) and all(isinstance(each, kind[0]) for each in value)
    return isinstance(value, kind)


class EngineProcess:
    """The loop: answer what is asked, else do a piece of background work, else wait."""

    def __init__(self, service: SuggestionService, names: dict[int, str], send: Send) -> None:
        self._service = service
        self._names = names
        self._send = send
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reported = -REPORT_EVERY
        self._embedded = 0
        self._long_work: dict[str, Iterator[None]] = {}
        self._places_due: deque[tuple[int, list[str]]] = deque()

    def run(self, lines: Iterable[str]) -> None:
        """Serve until the input ends."""
        threading.Thread(target=self._listen, args=(lines,), daemon=True).start()
        self._send({"event": "ready"})
        busy = True
        while True:
            waiting = list(self._waiting(block=not busy))
            if None in waiting:
                return
            for request in _latest_first(list(self._requests(waiting))):
                self._noticing(getattr(self, f"_do_{request['do']}"), request)
            busy = self._noticing(self._work) or bool(waiting)

    def _listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._lines.put(line)
        self._lines.put(None)

    def _waiting(self, *, block: bool) -> Iterator[str | None]:
        if block:
            yield self._lines.get()
        while not self._lines.empty():
            yield self._lines.get_nowait()

    def _requests(self, lines: Iterable[str | None]) -> Iterator[Message]:
        for line in lines:
            if request := self._noticing(read_request, line):
                yield request

    def _noticing(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do something; if it cannot be done, say so and go on."""
        try:
            return work(*arguments)
        except CoderError as error:
            self._send({"event": "notice", "text": str(error)})
            return None

    def _do_code(self, request: Message) -> None:
        self._service.code(request["response"], request["themes"], reviewed=request["done"])

    def _do_rank(self, request: Message) -> None:
        numbers = request["responses"]
        self._service.prefer(numbers)
        self._places_due.clear()
        # The answer on screen goes out before the others are worked on.
        for part in (numbers[:1], numbers[1:]):
            for ranked in self._service.rank(part):
                themes = [(s.theme_id, round(s.probability, 4), s.spans) for s in ranked.suggestions]
                self._send(
                    {"event": "ranking", "response": ranked.number, "stage": ranked.stage, "themes": themes}
                )
                if ranked.stage != "words" and len(self._places_due) < WITH_PLACES:
                    best = [suggestion.theme_id for suggestion in ranked.suggestions[:ON_KEYS]]
                    self._places_due.append((ranked.number, best))

    def _do_explain(self, request: Message) -> None:
        number, theme_id = request["response"], request["theme"]
        evidence = self._service.explain(number, theme_id)
        nearest = [
            (self._names.get(near.key, ""), near.text)
            for near in evidence.nearest
            if isinstance(near.key, int)
        ]
        self._send({
            "event": "evidence", "response": number, "theme": theme_id, "spans": evidence.spans,
            "elsewhere": evidence.elsewhere, "keywords": evidence.keywords, "nearest": nearest,
        })  # fmt: skip

    def _do_similar(self, request: Message) -> None:
        found = self._service.similar(request["response"], request["count"])
        self._send({"event": "similar", "response": request["response"], "similar": found})

    def _do_order(self, request: Message) -> None:
        self._long_work["order"] = self._order(request["question"], request["order"])

    def _order(self, question_id: str, order: str) -> Iterator[None]:
        found = yield from ordered(self._service.whole(question_id), read_order(order))
        self._send({"event": "order", "question": question_id, "order": order, "responses": found})

    def _do_second_look(self, request: Message) -> None:
        self._long_work["second_look"] = self._second_look(request["question"])

    def _second_look(self, question_id: str) -> Iterator[None]:
        whole = self._service.whole(question_id)
        found = yield from second_look(whole, most_doubts(whole))
        self._send({"event": "second_look", "question": question_id, "doubted": found})

    def _advance(self) -> bool:
        """Do one slice of what was asked of all answers; tell whether there was one."""
        for name, work in self._long_work.items():
            # The end gives the name back; what cannot be done has ended too, and was told.
            if self._noticing(next, work, name) is not None:
                del self._long_work[name]
            return True
        return False

    def _work(self) -> bool:
        """Do one piece of background work; tell whether there may be more."""
        if self._places_due:
            # A coder who takes a suggestion at once is to have its words too.
            number, theme_ids = self._places_due.popleft()
            places = self._service.places(number, theme_ids)
            self._send({"event": "places", "response": number, "places": places})
            return True
        if self._service.improve() or self._advance():
            return True
        done, total = self._service.embed_some(BATCH)
        if done >= self._reported + REPORT_EVERY or done == total != self._reported:
            self._reported = done
            self._send({"event": "progress", "done": done, "total": total})
        # What was embedded last may give rise to more learning.
        grown, self._embedded = done != self._embedded, done
        return done < total or grown


def _latest_first(requests: list[Message]) -> Iterator[Message]:
    """Yield codings in order, then the other requests; of several rankings only the last is still wanted."""
    yield from (request for request in requests if request["do"] == "code")
    rankings = [request for request in requests if request["do"] == "rank"]
    yield from rankings[-1:]
    yield from (request for request in requests if request["do"] not in {"code", "rank"})


def most_doubts(whole: WholeQuestion) -> int:
    """Return how many codings a second look at a question finds at most.

    No more than half as many as it has confirmed answers: a list of nearly everything says nothing.
    """
    return min(MOST_DOUBTED, whole.confirmed() // 2)


def make_service(study: Study, coder_id: str, send: Send) -> SuggestionService:
    """Return the engine of a study, taught with what the coder has coded so far."""
    questions = {q.id: study.codebook.offered(q.id) for q in surveys.questions(study.database)}
    vectors = VectorStore(study.folder / CACHE_FOLDER / "vectors.db")
    parts = recoding.choices_of(study.database, coder_id)
    service = SuggestionService(questions, _encoder(study, send), vectors, parts)
    answers = ((r.number, r.question_id, r.text) for r in surveys.all_responses(study.database) if r.answered)
    service.load(answers)
    chosen: dict[int, list[str]] = defaultdict(list)
    for coding in codings.all_codings(study.database, coder_id):
        chosen[coding.response].append(coding.theme_id)
    done = codings.confirmed(study.database, coder_id)
    service.code_many(
        (number, chosen.get(number, []), number in done) for number in sorted(chosen.keys() | done)
    )
    return service


def _encoder(study: Study, send: Send) -> Encoder | None:
    named = study.settings.model
    # A model may lie in the study, wherever the program was started.
    inside = study.folder / named
    model = str(inside) if named not in {"default", "none"} and inside.is_dir() else named
    try:
        return load_encoder(model, allow_download=study.settings.allow_download)
    except CoderError as error:
        send({"event": "notice", "text": str(error)})
        return None


def main(arguments: list[str]) -> None:
    """Serve a study: the folder and the coder are the arguments."""
    output = sys.stdout

    def send(message: Message) -> None:
        output.write(json.dumps(message) + "\n")
        output.flush()

    if hasattr(os, "nice"):
        os.nice(NICENESS)
    folder, coder_id = arguments
    try:
        # What a library prints must not come between the messages.
        with redirect_stdout(sys.stderr), closing(open_study(Path(folder), coder_id)) as study:
            names = {number: name for name, number in surveys.response_numbers(study.database).items()}
            EngineProcess(make_service(study, coder_id, send), names, send).run(sys.stdin)
    except CoderError as error:
        # On one line: the screen shows the last one.
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    main(sys.argv[1:])
