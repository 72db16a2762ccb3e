"""How long it takes to start, and how much memory a large study holds."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.make_study import marker
from benchmarks.pty_timer import Terminal, python_environment
from benchmarks.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

ROUNDS = 9
HELP_ROUNDS = 15


def measure_start(small: Path, large: Path) -> Iterator[Result]:
    """Time from the start of the process to the first answer, against an empty app and a small study."""
    programs = {
        "empty": (["benchmarks.baselines.empty_app"], "ready"),
        "small": (["coder", "code", str(small), "--coder", "bench"], marker(1)),
        "large": (["coder", "code", str(large), "--coder", "bench"], marker(1)),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    memory: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS + 1):
        for name, (arguments, text) in programs.items():
            with Terminal(arguments) as terminal:
                times[name].append(1000 * terminal.wait_for(text))
                terminal.settle(quiet=1.5, timeout=15)
                memory[name].append(terminal.peak_memory())
    start = {name: median(of_rounds[1:]) for name, of_rounds in times.items()}
    peak = {name: max(of_rounds) for name, of_rounds in memory.items()}
    yield Result("first answer of 100,000 / empty app", start["large"], start["empty"], "ms", 1.8)
    yield Result("first answer of 100,000 / of 1,000", start["large"], start["small"], "ms", 1.15)
    yield Result("peak memory, 100,000 / 1,000", peak["large"], peak["small"], "MB", 150, absolute=True)


def measure_help() -> Result:
    """Time `coder --help` against an interpreter that imports the argument parser."""
    commands = {"ours": ["-m", "coder", "--help"], "baseline": ["-c", "import argparse"]}
    times = _interleaved(commands, HELP_ROUNDS)
    return Result("coder --help / import argparse", times["ours"], times["baseline"], "ms", 3)


def _interleaved(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, float]:
    """Run Python with each of the arguments in turn; return the median times in milliseconds."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):  # the first round compiles
        for name, arguments in commands.items():
            began = perf_counter()
            subprocess.run(
                [sys.executable, *arguments], env=python_environment(), check=True, capture_output=True
            )
            times[name].append(1000 * (perf_counter() - began))
    return {name: median(of_rounds[1:]) for name, of_rounds in times.items()}
