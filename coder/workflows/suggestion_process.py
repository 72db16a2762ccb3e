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
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.store import codings, surveys
from coder.store.vectors import VectorStore
from coder.suggest.encoders import Encoder, load_encoder
from coder.suggest.service import SuggestionService
from coder.workflows.studies import CACHE_FOLDER, Study, open_study

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coder.domain.settings import Settings

NICENESS = 10
BATCH = 16
"""Texts embedded between two looks at the requests: about a quarter of a second."""
REPORT_EVERY = 64


Request = dict[str, Any]


class EngineProcess:
    """The loop: answer what is asked, else do a piece of background work, else wait."""

    def __init__(self, service: SuggestionService, names: dict[int, str]) -> None:
        self._service = service
        self._names = names
        self._requests: queue.Queue[Request | None] = queue.Queue()
        self._reported = -REPORT_EVERY

    def run(self, lines: Iterable[str]) -> None:
        """Serve until the input ends or `quit` is asked."""
        threading.Thread(target=self._listen, args=(lines,), daemon=True).start()
        send({"event": "ready"})
        busy = True
        while True:
            requests = list(self._waiting(block=not busy))
            if None in requests:
                return
            for request in _latest_first([r for r in requests if r is not None]):
                self._answer(request)
            busy = self._work() or bool(requests)

    def _listen(self, lines: Iterable[str]) -> None:
        for line in lines:
            request = json.loads(line)
            self._requests.put(None if request["do"] == "quit" else request)
        self._requests.put(None)

    def _waiting(self, *, block: bool) -> Iterator[Request | None]:
        if block:
            yield self._requests.get()
        while not self._requests.empty():
            yield self._requests.get_nowait()

    def _answer(self, request: Request) -> None:
        try:
            getattr(self, f"_do_{request['do']}")(request)
        except CoderError as error:
            send({"event": "notice", "text": str(error)})

    def _do_code(self, request: Request) -> None:
        self._service.code(request["response"], request["themes"], reviewed=request["done"])

    def _do_rank(self, request: Request) -> None:
        numbers = request["responses"]
        self._service.prefer(numbers)
        # The answer on screen goes out before the others are worked on.
        for part in (numbers[:1], numbers[1:]):
            for ranked in self._service.rank(part):
                themes = [(s.theme_id, round(s.probability, 4), s.spans) for s in ranked.suggestions]
                send({"event": "ranking", "response": ranked.number, "stage": ranked.stage, "themes": themes})

    def _do_explain(self, request: Request) -> None:
        number, theme_id = request["response"], request["theme"]
        evidence = self._service.explain(number, theme_id)
        nearest = [self._names.get(near.key, "") for near in evidence.nearest if isinstance(near.key, int)]
        send({
            "event": "evidence", "response": number, "theme": theme_id, "spans": evidence.spans,
            "keywords": evidence.keywords, "nearest": nearest,
        })  # fmt: skip

    def _do_similar(self, request: Request) -> None:
        found = self._service.similar(request["response"], request["count"])
        send({"event": "similar", "response": request["response"], "similar": found})

    def _work(self) -> bool:
        """Do one piece of background work; tell whether there may be more."""
        if self._service.improve():
            return True
        try:
            done, total = self._service.embed_some(BATCH)
        except CoderError as error:
            send({"event": "notice", "text": str(error)})
            return False
        if done >= self._reported + REPORT_EVERY or done == total != self._reported:
            self._reported = done
            send({"event": "progress", "done": done, "total": total})
        return done < total


def send(message: Request) -> None:
    """Write one message to the screen's process."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _latest_first(requests: list[Request]) -> Iterator[Request]:
    """Yield codings in order, then the other requests; of several rankings only the last is still wanted."""
    yield from (request for request in requests if request["do"] == "code")
    rankings = [request for request in requests if request["do"] == "rank"]
    yield from rankings[-1:]
    yield from (request for request in requests if request["do"] not in {"code", "rank"})


def make_service(study: Study, coder_id: str) -> SuggestionService:
    """Return the engine of a study, taught with what the coder has coded so far."""
    questions = {q.id: study.codebook.offered(q.id) for q in surveys.questions(study.database)}
    vectors = VectorStore(study.folder / CACHE_FOLDER / "vectors.db")
    service = SuggestionService(questions, lambda: _encoder(study.settings), vectors)
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


def _encoder(settings: Settings) -> Encoder | None:
    try:
        return load_encoder(settings.model, allow_download=settings.allow_download)
    except CoderError as error:
        send({"event": "notice", "text": str(error)})
        return None


def main(arguments: list[str]) -> None:
    """Serve a study: the folder and the coder are the arguments."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    folder, coder_id = arguments
    study = open_study(Path(folder), coder_id)
    names = {number: response_id for response_id, number in surveys.response_numbers(study.database).items()}
    EngineProcess(make_service(study, coder_id), names).run(sys.stdin)


if __name__ == "__main__":
    main(sys.argv[1:])
