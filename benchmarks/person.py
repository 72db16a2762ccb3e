"""A scripted person who codes the sample on the screen, and what `coder evaluate` says that it takes."""

from __future__ import annotations

import csv
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections import defaultdict
from time import monotonic
from typing import TYPE_CHECKING, Self

from benchmarks.pty_timer import python_environment
from benchmarks.results import Result
from coder.suggest.evaluation.runs import ExperimentSettings
from coder.workflows.exchange.exchanging import export_data_set
from coder.workflows.exchange.samples import make_coded_sample, make_sample
from coder.workflows.suggesting.evaluation import Options, evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

COLUMNS, ROWS = 200, 50
QUESTIONS = ("Q15", "Q16", "Q17")
SETTLED = 0.35
"""Seconds without a change on screen after which it has been read; suggestions stay on their keys by then."""
PAGES = 5
"""How many times nine suggestions are looked through before a theme is typed."""
ANSWERS_WITHIN = 5.0
"""Seconds for which a key's first effect is waited for: on a busy machine it takes longer than to settle."""
CODER = "bench"
BEFORE = 2.24
"""Keys that an answer took before Space, the next nine, and answers of the same words as one."""
_ANSWER = re.compile(r"│\s*(C\d+\.(Q\d+)\.\d+) ·")
_STRENGTH = re.compile(r"[\s▁▂▃▄▅▆▇█░]*(?:<?\d+%)?[\s▁▂▃▄▅▆▇█░]*$")


class Reader:
    """The coding screen of a study as somebody reads it, and their fingers."""

    def __init__(self, folder: Path) -> None:
        # Not at the top: it comes with the tools for tests alone.
        import pyte

        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self.keys = 0
        """Keys pressed so far."""
        self._pid, self._descriptor = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            arguments = [sys.executable, "-m", "coder", "code", str(folder), "--coder", CODER]
            os.execve(sys.executable, arguments, python_environment())  # noqa: S606  # the program under test

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._descriptor)

    def press(self, keys: Sequence[str]) -> None:
        """Press keys one after the other, and read until nothing changes any more."""
        for key in keys:
            os.write(self._descriptor, key.encode())
            self.keys += 1
        self.read(ANSWERS_WITHIN)

    def read(self, begins_within: float = SETTLED) -> None:
        """Read until nothing has changed for a while.

        Args:
            begins_within: Seconds for which the first change is waited for.
        """
        patience = begins_within
        while select.select([self._descriptor], [], [], patience)[0]:
            self._stream.feed(os.read(self._descriptor, 1 << 16))
            patience = SETTLED

    def wait_for_engine(self, seconds: float = 120) -> None:
        """Go on to the next answer and back until the suggestions rest on meaning.

        Raises:
            TimeoutError: They never do.
        """
        end = monotonic() + seconds
        while "by words" in self.text() or "Themes" not in self.text():
            self.press("jk")
            if monotonic() > end:
                msg = f"Suggestions by words alone:\n{self.text()}"
                raise TimeoutError(msg)
        self.keys = 0

    def text(self) -> str:
        """Return what is on screen."""
        return "\n".join(self._screen.display)

    def answer(self) -> tuple[str, str]:
        """Return the ids of the answer and of its question."""
        match = _ANSWER.search(self.text())
        if match is None:
            msg = f"No answer on\n{self.text()}"
            raise TimeoutError(msg)
        return match[1], match[2]

    def labels(self) -> dict[int, str]:
        """Return the labels on the number keys."""
        labels: dict[int, str] = {}
        key = 0
        for line in self._panel():
            text = _STRENGTH.sub("", line)
            if line[:1].isdigit():
                key = int(line[0])
                labels[key] = text[1:].strip(" ▶✓")
            elif key and line.startswith("    ") and text.strip():
                labels[key] += f" {text.strip()}"
            else:
                key = 0
            if "all themes" in line:
                break
        return labels

    def _panel(self) -> Iterator[str]:
        """Yield the lines of the themes, without the frame."""
        left = next(line.index("╭─ Themes") for line in self._screen.display if "╭─ Themes" in line)
        for line in self._screen.display:
            if line[left] == "│":
                yield line[left + 1 : COLUMNS - 1].rstrip()


def code_answer(reader: Reader, right: set[str]) -> None:
    """Code the answer on screen with themes, by their labels, in the fewest keys that somebody would use."""
    if not right:
        reader.press("n")
        return
    first = reader.labels().get(1, "")
    to_choose = right - {first}
    for label in sorted(to_choose):
        _choose(reader, label)
    reader.press(" " if first in right else "\r")


def _choose(reader: Reader, label: str) -> None:
    for page in range(PAGES):
        if page:
            reader.press(".")
        key = next((key for key, on_key in reader.labels().items() if on_key == label), None)
        if key is not None:
            reader.press(str(key))
            return
    reader.press(f"/{label[:4].lower()}")
    reader.press("\r")


def reference_labels(data: Path) -> dict[str, set[str]]:
    """Return the labels that each answer of a coded data set is to have."""
    labels: dict[str, set[str]] = defaultdict(set)
    with (data / "codes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            labels[row["response_id"]].add(row["theme"])
    return labels


def code_sample(folder: Path, labels: dict[str, set[str]]) -> dict[str, int]:
    """Code the three questions of the sample from the first answer to the last; return keys by answer."""
    make_sample(folder, CODER).close()
    keys: dict[str, int] = {}
    with Reader(folder) as reader:
        reader.wait_for_engine()
        for question in QUESTIONS:
            while (answer := reader.answer())[1] == question and answer[0] not in keys:
                before = reader.keys
                code_answer(reader, labels.get(answer[0], set()))
                keys[answer[0]] = reader.keys - before
            reader.press("]")
    return keys


def measure_person(folder: Path) -> Iterator[Result]:
    """Yield keys an answer, of a person at the screen and as `coder evaluate` works them out."""
    coded = make_coded_sample(folder / "coded", CODER)
    export_data_set(coded, folder / "data")
    coded.close()
    answers = _only(folder / "data", QUESTIONS)
    keys = code_sample(folder / "sample", reference_labels(folder / "data"))
    pressed = sum(keys[answer] for answer in answers) / len(answers)
    settings = ExperimentSettings(seeds=1, kinds=("keys",))
    options, cache = Options("default", settings), folder / "cache"
    evaluation = evaluate(folder / "data", options, tell=lambda _: None, cache=cache)
    worked_out = next(result for result in evaluation.results if result.method == "coder")
    expected = worked_out.measures["keys per answer"].value
    yield Result("keys an answer, at the screen / worked out", pressed, expected, "keys", 1.02)
    yield Result("keys an answer, at the screen / before", pressed, BEFORE, "keys", 1.42, absolute=True)


def _only(data: Path, questions: Sequence[str]) -> list[str]:
    """Leave the answers to some questions alone in a coded data set; return their ids."""
    path = data / "responses.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["question_id"] in questions]
    _write(path, rows)
    ids = {row["response_id"] for row in rows}
    for name, column, kept in (("codes", "response_id", ids), ("themes", "question_id", set(questions))):
        with (data / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row[column] in kept]
        _write(data / f"{name}.csv", rows)
    return sorted(ids)


def _write(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
