"""The suggestion engine as the screen sees it: a process of its own, spoken to by messages.

Messages are JSON objects, one a line. To the engine: `code`, `rank`, `explain`, `similar`, `quit`.
From it: `ready`, `progress`, `ranking`, `evidence`, `similar`, `notice`, `stopped`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

Message = Mapping[str, Any]
OnMessage = Callable[[Message], None]


class SuggestionEngine:
    """Starts the engine's process, sends it requests and hands on what comes back.

    Args:
        folder: The study.
        coder_id: Whose codings it learns from.
        on_message: Called from another thread with each message; the last one is `stopped`.
    """

    def __init__(self, folder: Path, coder_id: str, on_message: OnMessage) -> None:
        self._folder = folder
        self._coder_id = coder_id
        self._on_message = on_message
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._closing = False

    def start(self) -> None:
        """Start the process; returns at once."""
        threading.Thread(target=self._run, name="suggestions", daemon=True).start()

    def code(self, response: int, theme_ids: Sequence[str], *, done: bool) -> None:
        """Tell what stands on a response now."""
        self._send({"do": "code", "response": response, "themes": list(theme_ids), "done": done})

    def rank(self, responses: Sequence[int]) -> None:
        """Ask for rankings; each comes as a message `ranking`, the first response's first."""
        self._send({"do": "rank", "responses": list(responses)})

    def explain(self, response: int, theme_id: str) -> None:
        """Ask why a theme is suggested; comes as a message `evidence`."""
        self._send({"do": "explain", "response": response, "theme": theme_id})

    def similar(self, response: int, count: int) -> None:
        """Ask for the answers most alike; comes as a message `similar`."""
        self._send({"do": "similar", "response": response, "count": count})

    def stop(self) -> None:
        """End the process."""
        self._closing = True
        self._send({"do": "quit"})
        with self._lock:
            if self._process is not None:
                self._process.terminate()

    def _run(self) -> None:
        environment = dict(os.environ)
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            environment[name] = "1"
        command = [
            sys.executable,
            "-m",
            "coder.workflows.suggestion_process",
            str(self._folder),
            self._coder_id,
        ]
        with self._lock:
            if self._closing:
                return
            self._process = subprocess.Popen(  # noqa: S603 - this program's own interpreter and module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                env=environment,
            )
        self._read(self._process)

    def _read(self, process: subprocess.Popen[str]) -> None:
        errors: list[str] = []
        watcher = threading.Thread(target=lambda: errors.extend(process.stderr or ()), daemon=True)
        watcher.start()
        for line in process.stdout or ():
            self._on_message(json.loads(line))
        process.wait()
        watcher.join(timeout=1)
        if not self._closing:
            reason = errors[-1].strip() if errors else f"it ended with {process.returncode}"
            self._on_message({"event": "stopped", "reason": reason})

    def _send(self, message: Message) -> None:
        with self._lock:
            process = self._process
            if process is None or process.stdin is None or process.poll() is not None:
                return
            try:
                process.stdin.write(json.dumps(message) + "\n")
                process.stdin.flush()
            except (BrokenPipeError, ValueError):
                return
