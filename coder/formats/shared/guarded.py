"""Reading what came from outside in a process of its own, with limits of memory and time.

Libraries that parse workbooks, SPSS files and XML can end the program that uses them, fill its memory, or
never return, if a file is damaged or made to do so. Here they can do that to a child process alone: whatever
happens there becomes one CoderError. The child sends what it reads as JSON, a line each; nothing is pickled.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Reader = Callable[..., Iterator[Any]]
    """A function at the top of a module of this package. It is given a path and options, and yields what JSON
    can hold."""

MOST_MEMORY = 2 * 2**30
"""Bytes of memory that reading one file may take."""
MOST_SENT = 2**30
"""Bytes of JSON that one file may become."""
SECONDS = 10
"""Of processor time that reading the smallest file may take."""
SECONDS_A_MEGABYTE = 5
"""What each megabyte of the file adds to that."""
_TICK = 0.1
"""Seconds between two looks at whether to go on."""
_MOST_LINE = 256 * 2**20
"""Bytes of one line from the child: no batch of rows has as many."""
_MOST_COMPLAINT = 2**20
"""Bytes that the child may write to its stderr."""

_CHILD = """
import sys
root = sys.argv.pop(1)
if root not in sys.path:
    sys.path.insert(0, root)
from coder.formats.shared import guarded_child
guarded_child.run(*sys.argv[1:])
"""
"""Runs the child from where this program lies, installed or not."""

_SAVE_ANEW = "Open it in the program it comes from and save it anew, or export it as CSV UTF-8."
_MEMORY_SIGNS = (b"MemoryError", b"memory allocation", b"capacity overflow", b"bad_alloc", b"out of memory")
"""What Python, Rust and C++ say last if no memory is left."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Each thread of a library for numbers would reserve memory."""


class TooLargeError(CoderError):
    """A file needs more memory than reading one may take."""


def read_guarded(
    reader: Reader,
    path: Path,
    receive: Callable[[Any], None],
    tick: Callable[[], None] | None = None,
    **options: Any,
) -> None:
    """Run a reader on a file in a child process with limits, and hand over what it yields.

    Args:
        reader: Reads the file there.
        path: The file.
        receive: Called with each thing the reader yields; may raise to give up.
        tick: Called every tenth of a second while nothing comes; may raise to give up.
        options: Keyword arguments for the reader, which JSON can hold.

    Raises:
        CoderError: What the reader raised; or the file needs too much memory (TooLargeError) or time, or
            ended the process.
    """
    task = {"path": str(path), "options": options, "limits": _limits(path)}
    with tempfile.TemporaryFile() as complaint:
        process = _start(reader, task, complaint)
        try:
            for kind, body in _messages(process, path, tick):
                if kind == "error":
                    raise CoderError(*body)
                if kind == "end":
                    return
                receive(body)
            raise _ended(path, process.wait(), complaint)
        finally:
            _kill(process)


def _limits(path: Path) -> dict[str, int]:
    """Return what the child is to hold itself to, where its system can."""
    return {"memory": MOST_MEMORY, "seconds": most_seconds(path), "complaint": _MOST_COMPLAINT}


def most_seconds(path: Path) -> int:
    """Return the processor time that reading a file may take."""
    size = path.stat().st_size if path.exists() else 0
    return round(SECONDS + SECONDS_A_MEGABYTE * size / 2**20)


def _start(reader: Reader, task: dict[str, Any], complaint: IO[bytes]) -> subprocess.Popen[bytes]:
    # -P: what lies in the folder that the program was started in is not code of ours.
    root = Path(__file__).parents[3]
    command = [sys.executable, "-P", "-c", _CHILD, str(root)]
    command += [reader.__module__, reader.__qualname__, json.dumps(task)]
    environment = {name: text for name, text in os.environ.items() if name != "RUST_BACKTRACE"}
    # In a session of its own (on Windows, a group): Ctrl+C is for the program, which then ends the child. Its
    # stdin is a pipe that nothing is written to; it closes when the program ends, however that happens.
    return subprocess.Popen(  # noqa: S603 - this program's own interpreter and module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaint,
        env=environment | _ONE_THREAD,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def _messages(
    process: subprocess.Popen[bytes], path: Path, tick: Callable[[], None] | None
) -> Iterator[tuple[str, Any]]:
    """Yield what the child sends, each with its kind, until it closes its stdout.

    Raises:
        CoderError: It takes or sends too much, or what it sends makes no sense.
    """
    lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(process, lines), daemon=True).start()
    watch = _Watch(path, process.pid)
    sent = 0
    while True:
        watch.look()
        try:
            line = lines.get(timeout=_TICK)
        except queue.Empty:
            if tick is not None:
                tick()
            continue
        if line is None:
            return
        sent += len(line)
        if sent > MOST_SENT:
            raise _too_large(path)
        try:
            kind, body = json.loads(line)
        except (ValueError, TypeError):
            raise _damaged(path) from None
        yield kind, body


def _listen(process: subprocess.Popen[bytes], lines: queue.SimpleQueue[bytes | None]) -> None:
    stream = process.stdout
    # A child that was ended may leave half a line.
    with suppress(ValueError, OSError):
        while stream is not None and (line := stream.readline(_MOST_LINE)).endswith(b"\n"):
            lines.put(line)
    lines.put(None)


class _Watch:
    """Notices a child that takes more than its limits, also where the system does not hold it to them."""

    def __init__(self, path: Path, pid: int) -> None:
        self._path = path
        self._pid = pid
        # Thrice: other programs may have the processor.
        self._until = time.monotonic() + 3 * most_seconds(path)
        self._looked = 0.0

    def look(self) -> None:
        """Raise CoderError if the child takes too much."""
        now = time.monotonic()
        if now < self._looked + _TICK:
            return
        self._looked = now
        if now > self._until:
            raise _too_slow(self._path)
        if resident_memory(self._pid) > MOST_MEMORY:
            raise _too_large(self._path)


def resident_memory(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 where the system does not tell."""
    if sys.platform == "win32" or not hasattr(os, "sysconf"):
        return 0
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    with suppress(OSError, ValueError, subprocess.SubprocessError):
        command = ["/bin/ps", "-o", "rss=", "-p", str(pid)]
        run = subprocess.run(command, capture_output=True, encoding="ascii", timeout=5, check=False)  # noqa: S603
        return int(run.stdout) * 1024
    return 0


def _too_large(path: Path) -> TooLargeError:
    msg = f"{path.name} needs more than {MOST_MEMORY / 2**30:g} GB of memory to be read."
    return TooLargeError(msg, f"Is it the right file, and does it hold the table alone? {_SAVE_ANEW}")


def _too_slow(path: Path) -> CoderError:
    msg = f"{path.name} could not be read in {most_seconds(path)} seconds: it is damaged."
    return CoderError(msg, _SAVE_ANEW)


def _damaged(path: Path) -> CoderError:
    return CoderError(f"{path.name} cannot be read: it is damaged.", _SAVE_ANEW)


def _ended(path: Path, code: int, complaint: IO[bytes]) -> CoderError:
    """Return the error for a child that ended before its work did."""
    complaint.seek(0)
    text = complaint.read()
    # A system whose memory is full kills processes.
    if any(sign in text for sign in _MEMORY_SIGNS) or -code == getattr(signal, "SIGKILL", None):
        return _too_large(path)
    if -code == getattr(signal, "SIGXCPU", None):
        return _too_slow(path)
    return _damaged(path)


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
