"""The child process of `coder.formats.shared.guarded`: runs one reader and writes what it yields."""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Mapping


def run(module: str, function: str, task_json: str) -> None:
    """Do the work of this process and end it."""
    main(module, function, task_json)
    # At once and without clean-up: what is left behind may be what a damaged file has made of it.
    os._exit(0)


def main(module: str, function: str, task_json: str) -> None:
    """Read a file as the arguments say, and write a line for each thing that comes of it."""
    task = json.loads(task_json)
    _end_with_parent()
    _limit(task["limits"])
    # What a library prints must not come between the lines.
    output = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    os.dup2(2, 1)

    def send(kind: str, body: Any) -> None:
        output.write(json.dumps([kind, body]) + "\n")
        output.flush()

    try:
        for body in getattr(import_module(module), function)(Path(task["path"]), **task["options"]):
            send("item", body)
        send("end", None)
    except CoderError as error:
        send("error", [error.message, error.hint])


def _limit(limits: Mapping[str, int]) -> None:
    """Hold this process to its limits, where the system can; no memory is written to disk if it ends."""
    if sys.platform == "win32":
        return
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.get("complaint")),
        (resource.RLIMIT_CPU, limits.get("seconds")),
        (resource.RLIMIT_AS, limits.get("memory")),
    ):
        _, hard = resource.getrlimit(kind)
        if most is not None:
            within = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with suppress(OSError, ValueError):
                resource.setrlimit(kind, (within, hard))


def _end_with_parent() -> None:
    """Have the system end this process when stdin closes: also a library that never returns ends then."""
    if sys.platform == "win32":
        return
    with suppress(ImportError, OSError, AttributeError):
        import fcntl

        signal.signal(signal.SIGIO, signal.SIG_DFL)
        stdin = sys.stdin.fileno()
        fcntl.fcntl(stdin, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(stdin, fcntl.F_SETFL, fcntl.fcntl(stdin, fcntl.F_GETFL) | os.O_ASYNC)
