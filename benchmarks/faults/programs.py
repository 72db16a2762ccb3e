"""The program as people start it: run to its end, killed at a moment, or ended when it hangs."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING, NamedTuple

import coder
from benchmarks.pty_timer import python_environment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.faults.tally import Tally

ROOT = Path(coder.__file__).parents[1]
SECONDS = 120
"""After so many a command hangs."""
CLEAN_CODES = (0, 1, 2, 3)
"""The exit codes that `coder --help` promises, but for one: nobody cancelled."""
_LOOK_SECONDS = 0.002


class Ended(NamedTuple):
    """How a program ended."""

    code: int | None
    """Its exit code, below 0 the signal that ended it; None: it hung."""
    stdout: bytes
    stderr: str
    seconds: float
    megabytes: float
    """The most memory that it, or a process it started and waited for, took."""


def environment() -> dict[str, str]:
    """Return the environment of the program under test, from any folder."""
    inherited = python_environment()
    paths = [str(ROOT), *filter(None, [inherited.get("PYTHONPATH")])]
    return {**inherited, "PYTHONPATH": os.pathsep.join(paths)}


def run_coder(
    arguments: Sequence[str],
    folder: Path,
    *,
    kill_after: float | None = None,
    file_limit: int | None = None,
    seconds: float = SECONDS,
) -> Ended:
    """Run `coder` in a folder.

    Args:
        arguments: What stands after `coder`.
        folder: The current folder.
        kill_after: Kill it and all that it has started after so many seconds, with SIGKILL.
        file_limit: The largest file in bytes that it may write, as on a disk that is full.
        seconds: After so many it hangs, and is killed.
    """
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        began = perf_counter()
        program = subprocess.Popen(
            [sys.executable, "-m", "coder", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            cwd=folder,
            env=environment(),
            start_new_session=True,
        )
        if file_limit is not None:
            resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (file_limit, file_limit))
        code, megabytes = _wait(program.pid, began + min(seconds, kill_after or seconds))
        program.returncode = code if code is not None else -signal.SIGKILL
        stdout.seek(0)
        stderr.seek(0)
        if code is None and kill_after is not None and kill_after < seconds:
            code = -signal.SIGKILL
        talk = stderr.read().decode("utf-8", "replace")
        return Ended(code, stdout.read(), talk, perf_counter() - began, megabytes)


def judge(tally: Tally, ended: Ended, name: str, codes: Sequence[int] = CLEAN_CODES) -> bool:
    """Count a program that did not end as it should; return whether it did.

    Args:
        tally: Where it is counted.
        ended: How it ended.
        name: What was run.
        codes: The exit codes that are right.
    """
    tally.saw_memory(ended.megabytes)
    if ended.code is None:
        tally.add_hang(f"{name}: no end after {ended.seconds:.0f} s")
    elif "Traceback" in ended.stderr or ended.code < 0 or ended.code not in CLEAN_CODES:
        tally.add_traceback(f"{name}: exit {ended.code}: {ended.stderr[-1500:]}")
    elif ended.code and not ended.stderr.strip() and not ended.stdout.strip():
        tally.add_traceback(f"{name}: exit {ended.code} without a word")
    elif ended.code not in codes:
        stdout = ended.stdout[-600:].decode("utf-8", "replace")
        tally.add_half_done(f"{name}: exit {ended.code}: {stdout}{ended.stderr[-600:]}")
    else:
        return True
    return False


def _wait(pid: int, end: float) -> tuple[int | None, float]:
    """Return the exit code and the megabytes of a process; None as the code: it was killed at the end."""
    was_killed = False
    while True:
        ended, status, usage = os.wait4(pid, 0 if was_killed else os.WNOHANG)
        if ended:
            code = None if was_killed else os.waitstatus_to_exitcode(status)
            return code, usage.ru_maxrss / 1024
        if perf_counter() > end:
            os.killpg(pid, signal.SIGKILL)
            was_killed = True
        else:
            sleep(_LOOK_SECONDS)
