"""What spaCy sees in answers, asked of a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.text.privacy.english_entities import Entity

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

_CHILD = """
import sys
root = sys.argv.pop(1)
if root not in sys.path:
    sys.path.insert(0, root)
from coder.workflows.privacy.entities_process import main
raise SystemExit(main())
"""
"""Runs the child from where this program lies, installed or not."""


def entities_seen(texts: Sequence[str]) -> Generator[tuple[Entity, ...], None, None]:
    """Yield for each text what spaCy sees in it; the process ends with this iterator.

    Raises:
        CoderError: spaCy or its model is not installed, or not what was measured, or its process has ended.
    """
    process = _start()
    writer = threading.Thread(target=_write, args=(process, texts), name="texts for spaCy", daemon=True)
    try:
        writer.start()
        for _ in texts:
            line = process.stdout.readline() if process.stdout is not None else ""
            yield _entities(line)
    finally:
        process.kill()
        process.wait()
        writer.join()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()


def _start() -> subprocess.Popen[str]:
    # In a session of its own: Ctrl+C is for the program, which then ends the child.
    return subprocess.Popen(  # noqa: S603 - this program's own interpreter and module
        [sys.executable, "-P", "-c", _CHILD, str(Path(__file__).parents[3])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _write(process: subprocess.Popen[str], texts: Iterable[str]) -> None:
    with suppress(OSError, ValueError):
        if process.stdin is not None:
            for text in texts:
                process.stdin.write(json.dumps(text) + "\n")
            process.stdin.close()


def _entities(line: str) -> tuple[Entity, ...]:
    try:
        answered = json.loads(line)
    except ValueError:
        msg = "The process that reads answers with spaCy has ended."
        raise CoderError(
            msg, "The other finders have done their work; try again, or leave spaCy out."
        ) from None
    if isinstance(answered, dict):
        raise CoderError(answered["message"], answered["hint"])
    return tuple(Entity(*entity) for entity in answered)
