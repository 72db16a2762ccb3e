"""Commands in a process that is started once, and anew when it hangs or crashes."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING, Self

from benchmarks.faults.programs import ROOT, Ended, environment

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 90
"""After so many a command hangs; a reader may take 30 by the clock."""
RENEWED_AFTER = 500
"""Commands after which a new process is started."""


class Runner:
    """Runs commands in the order they are given."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._program = self._start()
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def run(self, arguments: Sequence[str]) -> Ended:
        """Run a command, paths in it absolute; return how it ended."""
        self._count += 1
        if self._count % RENEWED_AFTER == 0:
            self._end()
            self._program = self._start()
        began = perf_counter()
        answer = self._ask(json.dumps(list(arguments)), began + self._seconds)
        seconds = perf_counter() - began
        if answer is None:
            is_running = self._program.poll() is None
            self._end()
            code = None if is_running else self._program.returncode
            self._program = self._start()
            return Ended(code, b"", "", seconds, 0)
        ended = json.loads(answer)
        return Ended(ended["code"], ended["stdout"].encode(), ended["stderr"], seconds, ended["megabytes"])

    def _ask(self, question: str, end: float) -> bytes | None:
        """Return the line that answers; None: none comes in time, or the process has ended."""
        assert self._program.stdin  # noqa: S101  # it is a pipe
        assert self._program.stdout  # noqa: S101
        self._program.stdin.write(f"{question}\n".encode())
        self._program.stdin.flush()
        answer = b""
        descriptor = self._program.stdout.fileno()
        while not answer.endswith(b"\n"):
            ready, _, _ = select.select([descriptor], [], [], max(end - perf_counter(), 0))
            part = os.read(descriptor, 2**20) if ready else b""
            if not part:
                with suppress(subprocess.TimeoutExpired):
                    self._program.wait(timeout=1 if ready else 0)
                return None
            answer += part
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.faults.command_runner"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=environment(),
            start_new_session=True,
        )

    def _end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
