"""The first frame, and keys, where one answer is as long as a book and the codebook as a dictionary."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from benchmarks.make_study import QUESTION, marker
from benchmarks.pty_timer import KEYS, Terminal
from benchmarks.results import Result
from coder.domain.responses import Question, Respondent, Response, Survey
from coder.domain.study_settings import Settings
from coder.workflows.study.opening import create_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROUNDS = 5
WORDS = 110_000
"""Words of the first answer; together they are a megabyte."""
THEMES = 10_000
KEYWORDS = 3_000
"""Different keywords: several themes share one, and many begin alike."""
START, MOVE, CHOOSE, SEARCH = (
    "first answer",
    "to the next answer and back",
    "choose a theme",
    "find a theme by typing",
)
BARS = {START: 2000, MOVE: 400, CHOOSE: 200, SEARCH: 200}
"""Milliseconds; going on and back are two keys."""


def measure_vast(folder: Path) -> Iterator[Result]:
    """Open a study of 10,000 themes at an answer of a megabyte, against one of twenty words and 30 themes."""
    make_vast_study(folder / "vast", WORDS, THEMES)
    make_vast_study(folder / "usual", 20, 30)
    times: dict[str, list[dict[str, float]]] = {"vast": [], "usual": []}
    for _ in range(ROUNDS + 1):
        for name, rounds in times.items():
            rounds.append(_sit_down(folder / name))
    for what, bar in BARS.items():
        ours, baseline = (median(turn[what] for turn in times[name][1:]) for name in ("vast", "usual"))
        yield Result(f"{what}, 1 MB and 10,000 themes / usual", ours, baseline, "ms", bar, absolute=True)


def make_vast_study(folder: Path, words: int, themes: int) -> None:
    """Make a study whose first answer has so many words, and the others few."""
    long_text = " ".join([marker(1), *(f"word{number % 5_000}" for number in range(words))])
    texts = [long_text, *(f"{marker(number)} word{number}" for number in range(2, 21))]
    survey = Survey(
        [Question(QUESTION, "What was hard last year?")],
        [],
        [Respondent(f"R{number}", {}) for number, _ in enumerate(texts, start=1)],
        [
            Response(number, f"R{number}.{QUESTION}.1", f"R{number}", QUESTION, 1, text)
            for number, text in enumerate(texts, start=1)
        ],
    )
    codebook = "".join(
        f"  - id: t{number}\n    label: Theme number {number}\n    keywords: [word{number % KEYWORDS}]\n"
        for number in range(themes)
    )
    settings = Settings(folder.name, model="none")
    create_study(folder, settings, survey, f"title: Benchmark\nthemes:\n{codebook}", "benchmark").close()


def _sit_down(folder: Path) -> dict[str, float]:
    """Open a study and press keys; return the milliseconds until what each leads to is painted."""
    with Terminal(["coder", "code", str(folder), "--coder", "bench"]) as terminal:
        seconds = {START: terminal.wait_for(marker(1))}
        terminal.settle(quiet=2, timeout=30)
        seconds[MOVE] = _press(terminal, KEYS["down"], marker(2)) + _press(terminal, KEYS["up"], marker(1))
        seconds[CHOOSE] = _press(terminal, "1", "✓")
        _press(terminal, "1", "saved")
        _press(terminal, "/", "Find a theme")
        seconds[SEARCH] = _press(terminal, "9", "Theme number 9")
        terminal.send("\x1b")
        terminal.settle(quiet=0.5)
    return {what: 1000 * duration for what, duration in seconds.items()}


def _press(terminal: Terminal, keys: str, text: str) -> float:
    terminal.send(keys)
    seconds = terminal.wait_for(text)
    terminal.settle(quiet=0.5)
    return seconds
