"""Mutated files read by the commands that people give them to: one clear message, or it worked."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.faults.good_files import write_good_files
from benchmarks.faults.mutations import mutate
from benchmarks.faults.programs import judge
from benchmarks.faults.runner import Runner
from benchmarks.faults.states import State, differences, read_state
from benchmarks.faults.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

IN, STUDY, NEW_STUDY, GOOD_SURVEY = "{file}", "{study}", "{new}", "{survey}"
"""What stands in a command for the mutated file, a study, the folder of a new one, and a good survey."""

UNOFFERED = "it is offered nowhere"
"""What an import says of themes for questions of another study."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of file, and the commands that read it.

    Attributes:
        file: Its name.
        commands: What stands after `coder`. Where the first fails, nothing may have changed.
        place: The file of the study that it takes the place of; empty: it lies beside.
    """

    file: str
    commands: tuple[tuple[str, ...], ...]
    place: str = ""


_SURVEY = (("new", NEW_STUDY, "--from", IN, "--no-open"),)
_THEMES = (("codebook", "import", IN, STUDY, "--yes"), ("codebook", "check", IN))
_CODINGS = (("codings", "import", STUDY, IN, "--coder", "pat", "--add-coders"),)
SUBJECTS = (
    Subject("survey.xlsx", _SURVEY),
    Subject("survey.ods", _SURVEY),
    Subject("survey.sav", _SURVEY),
    Subject("survey.csv", _SURVEY),
    Subject("book.yaml", (("new", NEW_STUDY, "--from", GOOD_SURVEY, "--codebook", IN, "--no-open"),)),
    Subject("codebook.yaml", (("codebook", "check", STUDY), ("tables", STUDY)), place="codebook.yaml"),
    Subject("book.csv", _THEMES),
    Subject("book.xlsx", _THEMES),
    Subject("book.qdc", _THEMES),
    Subject("book.md", _THEMES),
    Subject("codings.csv", _CODINGS),
    Subject("codings.json", _CODINGS),
    Subject("study.toml", (("tables", STUDY), ("check", STUDY)), place="study.toml"),
)


class Reader:
    """Gives mutated files to commands, each in a fresh folder.

    Args:
        room: An empty folder.
        tally: What goes wrong is counted there.
        runner: Runs the commands.
    """

    def __init__(self, room: Path, tally: Tally, runner: Runner) -> None:
        self._tally = tally
        self._runner = runner
        self._good = room / "good"
        self._good.mkdir()
        write_good_files(self._good)
        self._folder = room / "work"
        self.accepted = 0

    def read(self, subject: Subject, content: bytes, name: str) -> None:
        """Write a file, run its commands, and judge what they did."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        study = self._folder / "study"
        shutil.copytree(self._good / "study", study)
        file = study / subject.place if subject.place else self._folder / subject.file
        file.write_bytes(content)
        paths = {IN: file, STUDY: study, NEW_STUDY: self._folder / "new"}
        paths[GOOD_SURVEY] = self._good / "survey.csv"
        before = read_state(self._folder, (file.name,))
        for place, command in enumerate(subject.commands):
            arguments = [str(paths.get(argument, argument)) for argument in command]
            ended = self._runner.run(arguments)
            if not judge(self._tally, ended, f"{name}: coder {' '.join(command)}"):
                return
            if place == 0:
                self._judge_study(subject, name, before, is_done=ended.code == 0, talk=ended.stderr)

    def good_content(self, subject: Subject) -> bytes:
        """Return the file before it is mutated."""
        return (self._good / (f"study/{subject.place}" if subject.place else subject.file)).read_bytes()

    def _judge_study(self, subject: Subject, name: str, before: State, *, is_done: bool, talk: str) -> None:
        if is_done:
            self.accepted += 1
            if subject.place:
                return
            study = self._folder / ("new" if NEW_STUDY in subject.commands[0] else "study")
            # A theme for questions of another study is taken in, said and found by the check.
            codes = [0, 3] if UNOFFERED in talk else [0]
            judge(self._tally, self._runner.run(["check", str(study)]), f"{name}: check afterwards", codes)
        elif changed := differences(before, read_state(self._folder, (subject.place or subject.file,))):
            self._tally.add_half_done(f"{name}: failed, and changed {', '.join(changed)}")


def read_mutated(
    room: Path,
    count: int,
    seed: int = 4,
    mutation: Callable[[bytes, random.Random], bytes] = mutate,
    keep: Path | None = None,
) -> Tally:
    """Read so many mutated files, the kinds in turn.

    Args:
        room: An empty folder.
        count: How many files.
        seed: Of the mutations: the number of a file and this give the same file each time.
        mutation: How a file is changed.
        keep: A folder for the files that led to a fault.
    """
    tally = Tally("files", count)
    with Runner() as runner:
        reader = Reader(room, tally, runner)
        for number in range(count):
            subject = SUBJECTS[number % len(SUBJECTS)]
            content = mutation(reader.good_content(subject), random.Random(seed * 1_000_003 + number))
            faults = len(tally.faults)
            reader.read(subject, content, f"{subject.file} {number}")
            if keep and len(tally.faults) > faults:
                (keep / f"{number}-{subject.file}").write_bytes(content)
            tally.try_done()
    tally.facts.append(f"{reader.accepted:,} were taken as they were, {count - reader.accepted:,} refused")
    return tally
