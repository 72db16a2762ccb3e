"""The suggestion engine as the screen sees it: a process of its own, spoken to by messages.

The messages, a line each, are those of `coder.domain.engine_messages`.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from coder.domain.engine_messages import (
    DraftThemes,
    EngineNotice,
    EngineStopped,
    ExplainTheme,
    FindSimilar,
    LearnCodings,
    OrderResponses,
    RankResponses,
    ReadAnswers,
    TakeSecondLook,
)
from coder.errors import CoderError
from coder.workflows.suggesting.message_codec import read_event, write_message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from coder.domain.engine_messages import EngineEvent, EngineRequest
    from coder.domain.reading_orders import Order

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The environment in which numbers libraries keep to one thread: more only slow each other down."""

_LOW_PRIORITY = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""On Windows; elsewhere the process lowers its own."""


class SuggestionEngine:
    """Starts the engine's process, sends it requests and passes its events on.

    Args:
        folder: The study.
        coder_id: Whose codings it learns from.
        on_event: Called from another thread with each event; the last is `EngineStopped`, unless
            `stop` was called.
        copy: The private folder of a study that can only be read; the engine only reads in it.
    """

    def __init__(
        self,
        folder: Path,
        coder_id: str,
        on_event: Callable[[EngineEvent], object],
        copy: Path | None = None,
    ) -> None:
        self._folder = folder
        self._copy = copy
        self._coder_id = coder_id
        self._on_event = on_event
        self._process: subprocess.Popen[str] | None = None
        self._requests: queue.SimpleQueue[EngineRequest | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closing = False

    def start(self) -> None:
        """Start the process; returns at once."""
        threading.Thread(target=self._run, name="suggestions", daemon=True).start()

    def code(
        self, response: int, theme_ids: Sequence[str], *, done: bool, copies: Sequence[int] = ()
    ) -> None:
        """Have the engine learn the themes that stand on a response now, and not of its copies besides."""
        self._requests.put(LearnCodings(response, tuple(theme_ids), done, tuple(copies)))

    def read_answers(self) -> None:
        """Have the engine read anew which responses are answers."""
        self._requests.put(ReadAnswers())

    def rank(self, responses: Sequence[int]) -> None:
        """Ask for rankings; each comes as a `RankingReady`, the first response's first.

        For the first few follows a `SpansReady`: which words carry the themes on the number keys.
        """
        self._requests.put(RankResponses(tuple(responses)))

    def explain(self, response: int, theme_id: str) -> None:
        """Ask why a theme is suggested; comes as an `EvidenceReady`."""
        self._requests.put(ExplainTheme(response, theme_id))

    def similar(self, response: int, count: int) -> None:
        """Ask for the answers most alike; comes as a `SimilarReady`."""
        self._requests.put(FindSimilar(response, count))

    def order(self, question_id: str, order: Order) -> None:
        """Ask for the answers to a question in an order; comes as an `OrderReady`."""
        self._requests.put(OrderResponses(question_id, order))

    def second_look(self, question_id: str) -> None:
        """Ask which codings of a question are worth checking; comes as a `SecondLookReady`."""
        self._requests.put(TakeSecondLook(question_id))

    def draft_themes(self, question_id: str) -> None:
        """Ask for themes to propose for what no theme covers; comes as a `DraftsReady`."""
        self._requests.put(DraftThemes(question_id))

    def stop(self) -> None:
        """End the process; returns at once."""
        with self._lock:
            self._closing = True
            if self._process is not None:
                # It holds nothing that matters, and may be too busy to listen.
                self._process.kill()

    def _run(self) -> None:
        try:
            with self._lock:
                if self._closing:
                    return
                self._process = _start_process(self._folder, self._coder_id, self._copy)
            reason = self._converse(self._process)
        except OSError as error:
            reason = str(error)
        if not self._closing:
            self._on_event(EngineStopped(reason))

    def _converse(self, process: subprocess.Popen[str]) -> str:
        """Pass messages on in both directions until the process ends; return why it did."""
        errors: deque[str] = deque(maxlen=1)
        writer = threading.Thread(target=self._write, args=(process.stdin,), daemon=True)
        watcher = threading.Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True)
        writer.start()
        watcher.start()
        for line in process.stdout or ():
            # A process that was killed may leave half a line.
            if line.endswith("\n"):
                self._on_event(_event(line))
        process.wait()
        self._requests.put(None)
        for thread in (writer, watcher):
            thread.join()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()
        return errors[0].strip() if errors else f"it ended with {process.returncode}"

    def _write(self, stdin: TextIO) -> None:
        # In a thread of its own: a process that does not read must not hold up the screen. That it
        # has ended is for its output to tell.
        with suppress(OSError), stdin:
            while (request := self._requests.get()) is not None:
                stdin.write(write_message(request))
                stdin.flush()


def _event(line: str) -> EngineEvent:
    """Read an event; one that makes no sense becomes a notice of it."""
    try:
        return read_event(line)
    except CoderError as error:
        return EngineNotice(str(error))


def _start_process(folder: Path, coder_id: str, copy: Path | None) -> subprocess.Popen[str]:
    # -P: what lies in the folder that the program was started in is not code of ours.
    command = [sys.executable, "-P", "-m", "coder.workflows.suggesting.process", str(folder), coder_id]
    command += [str(copy)] if copy else []
    return subprocess.Popen(  # noqa: S603 - this program's own interpreter and module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # What a library complains of may be in the system's own encoding: nothing of it may end a thread.
        errors="replace",
        env={**os.environ, **ONE_THREAD, "PYTHONIOENCODING": "utf-8"},
        creationflags=_LOW_PRIORITY,
    )
