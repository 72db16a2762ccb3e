"""Several coders at once on one study: every change of each stands."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from time import monotonic
from typing import TYPE_CHECKING

from benchmarks.faults.programs import ROOT, environment, judge, run_coder
from benchmarks.faults.tally import Tally
from benchmarks.make_study import make_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CODERS = 8
RESPONSES = 100
SECONDS = 600
"""After so many a coder hangs."""


def code_at_once(room: Path, count: int, after_coding: Callable[[Path], None] | None = None) -> Tally:
    """Let eight coders make so many changes all together, each an equal part of them.

    Args:
        room: An empty folder.
        count: How many changes.
        after_coding: What a test does to the database behind the program's back.
    """
    each = count // CODERS
    tally = Tally("coders", each * CODERS)
    folder = room / "study"
    make_study(folder, RESPONSES).close()
    began = monotonic()
    names = [f"coder{number}" for number in range(1, CODERS + 1)]
    programs = {name: _start(folder, name, each) for name in names}
    said = {name: _wait(name, program, tally, began + SECONDS) for name, program in programs.items()}
    seconds = monotonic() - began
    if after_coding:
        after_coding(folder / "study.db")
    standing = _standing(folder / "study.db")
    for name, changes in said.items():
        for response, theme in changes:
            if (name, response, theme) not in standing:
                tally.add_lost(f"{theme} on {response} by {name} was said to be saved")
            tally.try_done()
        if len(changes) != each:
            tally.add_lost(f"{name} made {len(changes)} of {each} changes")
    judge(tally, run_coder(["check", str(folder)], room), "coder check", [0])
    tally.facts.append(f"{CODERS} at once, {each} changes each, {seconds:.0f} s")
    return tally


def _start(folder: Path, name: str, changes: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.faults.one_coder", str(folder), name, str(changes)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(),
        start_new_session=True,
    )


def _wait(name: str, program: subprocess.Popen[str], tally: Tally, end: float) -> list[tuple[int, str]]:
    """Return what a coder has said to be saved: response and theme of each change."""
    try:
        stdout, stderr = program.communicate(timeout=max(end - monotonic(), 0))
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        stdout, stderr = program.communicate()
        tally.add_hang(f"{name} did not end")
    else:
        if program.returncode:
            tally.add_traceback(f"{name}: exit {program.returncode}: {stderr[-1500:]}")
        else:
            tally.saw_memory(float(stderr.split()[-1]))
    lines = [line.split() for line in stdout.splitlines()]
    return [(int(response), theme) for response, theme in lines]


def _standing(database: Path) -> set[tuple[str, int, str]]:
    with closing(sqlite3.connect(database)) as connection:
        return set(connection.execute("SELECT coder, response, theme FROM coding").fetchall())
