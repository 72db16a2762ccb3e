"""How long it takes, from the command on, until the sample's answers are ranked by meaning."""

from __future__ import annotations

import shutil
import subprocess
import sys
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.pty_timer import KEYS, Terminal, python_environment
from benchmarks.results import Result
from coder.workflows.exchange.samples import make_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUNDS = 5
FIRST, LATER = "first opening", "later opening"
BARS = {FIRST: 3.0, LATER: 1.2}
"""Seconds."""
_GLANCE = 0.1
"""Seconds between two keys: a better order comes with the next answer, so one goes on and back till then."""


def measure_by_meaning(folder: Path) -> Iterator[Result]:
    """Time the first and a later opening of the sample, each against a Python that imports numpy."""
    study = folder / "sample"
    make_sample(study, "bench").close()
    seconds: dict[str, list[float]] = {FIRST: [], LATER: []}
    numpy: list[float] = []
    for _ in range(ROUNDS + 1):  # the first round compiles
        numpy.append(_import_numpy())
        shutil.rmtree(study / "cache", ignore_errors=True)
        for of_rounds in seconds.values():
            of_rounds.append(_open(study))
    for opening, of_rounds in seconds.items():
        times = median(of_rounds[1:]), median(numpy[1:])
        name = f"ranked by meaning, {opening} / import numpy"
        yield Result(name, *times, "s", BARS[opening], absolute=True)


def _open(study: Path) -> float:
    """Open a study; return the seconds until an answer that one comes to is ranked by meaning."""
    began = perf_counter()
    with Terminal(["coder", "code", str(study), "--coder", "bench"]) as terminal:
        terminal.wait_for("by words")
        for key in _there_and_back():
            terminal.send(KEYS[key])
            terminal.settle(quiet=_GLANCE, timeout=_GLANCE)
            if terminal.has_painted("by meaning"):
                break
        seconds = perf_counter() - began
        # All texts are to have their vectors for the next opening.
        terminal.settle(quiet=3, timeout=60)
    return seconds


def _there_and_back() -> Iterator[str]:
    while True:
        yield "down"
        yield "up"


def _import_numpy() -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", "import numpy"], env=python_environment(), check=True)
    return perf_counter() - began
