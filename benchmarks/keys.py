"""How long a key takes to show on screen, and what it costs."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.make_study import marker
from benchmarks.pty_timer import KEYS, Terminal
from benchmarks.results import Result, percentile
from coder.store import codings
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOVES = 300
CODES = 100
REPEATS = 90
REPEAT_SECONDS = 1 / 30


@dataclass(frozen=True, slots=True)
class Series:
    """What the same key took, time after time."""

    times: list[float] = field(default_factory=list)
    """Milliseconds until the next answer was painted."""
    sizes: list[int] = field(default_factory=list)
    """Bytes written to the terminal."""
    rows: list[int] = field(default_factory=list)
    """Rows of the screen that were written to."""

    def add(self, milliseconds: float, size: int, rows: int) -> None:
        """Add one key."""
        self.times.append(milliseconds)
        self.sizes.append(size)
        self.rows.append(rows)


class Sitting:
    """Somebody at the coding screen of a study, on one answer after the other."""

    def __init__(self, folder: Path) -> None:
        self.terminal = Terminal(["coder", "code", str(folder), "--coder", "bench"])
        self.number = 1
        self.terminal.wait_for(marker(1))
        self.terminal.settle(quiet=2, timeout=30)

    def press(self, keys: str) -> tuple[float, int, int]:
        """Press keys that lead to the next answer; return milliseconds, bytes and rows until it is there."""
        self.terminal.send(keys)
        self.number += 1
        seconds = self.terminal.wait_for(marker(self.number))
        return 1000 * seconds, self.terminal.settle(), self.terminal.rows_painted()

    def hold_down(self) -> float:
        """Hold the down key for 3 seconds; return how many milliseconds the screen is behind at the end."""
        began = perf_counter()
        for turn in range(REPEATS):
            time.sleep(max(0, began + turn * REPEAT_SECONDS - perf_counter()))
            self.terminal.settle(quiet=0, timeout=0.01)
            self.terminal.send(KEYS["down"])
        self.number += REPEATS
        seconds = self.terminal.wait_for(marker(self.number))
        self.terminal.settle(quiet=1)
        return 1000 * seconds


def measure_keys(small: Path, large: Path) -> Iterator[Result]:
    """Press the same keys in a small and a large study, turn by turn."""
    with ExitStack() as stack:
        in_small, in_large = Sitting(small), Sitting(large)
        stack.enter_context(in_small.terminal)
        stack.enter_context(in_large.terminal)
        yield from _moves(in_small, in_large)
        yield _codings(in_small, in_large)
        delay, baseline = in_large.hold_down(), in_small.hold_down()
        yield Result("behind after 3 s at 30 keys a second", delay, baseline, "ms", 200, absolute=True)
    _check_saved(small)
    _check_saved(large)


def _moves(in_small: Sitting, in_large: Sitting) -> Iterator[Result]:
    small, large = _in_turn(in_small, in_large, KEYS["down"], MOVES)
    yield Result("next answer p50, 100,000 / 1,000", median(large.times), median(small.times), "ms", 1.25)
    p95 = percentile(large.times, 95), percentile(small.times, 95)
    yield Result("next answer p95, 100,000 / 1,000", *p95, "ms", 1.5, fails_over=2)
    yield Result("bytes a key, 100,000 / 1,000", median(large.sizes), median(small.sizes), "B", 1.05)
    yield Result("rows a key, 100,000 / 1,000", median(large.rows), median(small.rows), "rows", 1.05)


def _codings(in_small: Sitting, in_large: Sitting) -> Result:
    small, large = _in_turn(in_small, in_large, "1" + KEYS["enter"], CODES)
    p95 = percentile(large.times, 95), percentile(small.times, 95)
    return Result("code, commit, next p95, 100,000 / 1,000", *p95, "ms", 100, absolute=True)


def _in_turn(in_small: Sitting, in_large: Sitting, keys: str, times: int) -> tuple[Series, Series]:
    small, large = Series(), Series()
    for _ in range(times):
        small.add(*in_small.press(keys))
        large.add(*in_large.press(keys))
    return small, large


def _check_saved(folder: Path) -> None:
    """Make sure that what was timed was saved.

    Raises:
        RuntimeError: Fewer answers are coded or confirmed than were.
    """
    study = open_study(folder, "bench")
    coded = {coding.response for coding in codings.all_codings(study.database, "bench")}
    confirmed = codings.confirmed(study.database, "bench")
    study.close()
    if len(coded) < CODES or len(confirmed) < CODES:
        message = f"{folder}: {len(coded)} coded and {len(confirmed)} confirmed of {CODES}."
        raise RuntimeError(message)
