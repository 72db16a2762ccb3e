"""Kill whole commands at any moment: nothing is done, or all of it."""

from __future__ import annotations

import csv
import random
import shutil
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.faults import coded_study
from benchmarks.faults.coded_study import CODEBOOK, CODEBOOK_TABLE, CODINGS, STUDY, SURVEY
from benchmarks.faults.good_files import write_workbook
from benchmarks.faults.older_studies import TWO, make_older
from benchmarks.faults.programs import judge, run_coder
from benchmarks.faults.states import State, differences, read_state, unfinished_parts
from benchmarks.faults.tally import Tally
from coder.store.schema import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.faults.programs import Ended

RESPONSES, CODED = 300, 200
OLD_OUTPUT = b"An earlier file of this name"
COPY_BEFORE_FORMAT = f"study-before-format-{CURRENT.version}.db"
MIGRATED = "current.db"
EARLY_SHARE = 0.15
"""Of the kills come at any moment; the others when the modules are loaded and it works."""
LOADED = 0.6
"""The part of its time after which a command works."""
UNFINISHED = "not finished"
"""What `coder new` says about a folder that it left when it was killed."""


@dataclass(frozen=True, slots=True)
class Case:
    """A command to be killed.

    Attributes:
        arguments: What stands after `coder`.
        study: The study it is about, in the folder where it runs.
        outputs: Files that it writes and that are there already: each is the old one or the new one.
        is_older: Whether the study is in an older format.
    """

    arguments: tuple[str, ...]
    study: str = STUDY
    outputs: tuple[str, ...] = ()
    is_older: bool = False

    @property
    def name(self) -> str:
        """Return how it is called in a message."""
        return f"coder {' '.join(self.arguments)}"


NEW = ("--codebook", CODEBOOK, "--no-open")
CASES = (
    Case(("new", "fresh", "--from", SURVEY, *NEW), study="fresh"),
    Case(("new", "fresh", "--from", "survey.xlsx", *NEW), study="fresh"),
    Case(("demo", "--dir", "fresh", "--coded", "--no-open"), study="fresh"),
    Case(("codings", "import", STUDY, CODINGS, "--coder", "pat", "--add-coders")),
    Case(("codebook", "apply", STUDY, "--merge", "retention,training=housing", "--yes")),
    Case(("codebook", "apply", STUDY, "--split", "beds=Wards,Places", "--rename", "data=Figures", "--yes")),
    Case(("codebook", "import", CODEBOOK_TABLE, STUDY, "--yes")),
    Case(("check", STUDY, "--repair")),
    Case(("tables", STUDY, "--by", "region", "--out", "tables.xlsx"), outputs=("tables.xlsx",)),
    Case(("tables", STUDY, "--out", "tables.csv"), outputs=("tables.csv",)),
    Case(("quotes", STUDY, "--out", "quotes.docx"), outputs=("quotes.docx",)),
    Case(
        ("report", STUDY, "--out", "report", "--date", "2026-11-22"), outputs=("report.docx", "report.html")
    ),
    Case(("codings", "export", STUDY, "codings.sav"), outputs=("codings.sav",)),
    Case(("codings", "export", STUDY, "set", "--format", "dataset")),
    Case(("codebook", "export", STUDY, "--out", "book.docx"), outputs=("book.docx",)),
    Case(("tables", STUDY, "--out", "tables.md"), outputs=("tables.md",), is_older=True),
)
SEPARATE_FILES = ("report", "tables", "quotes", "codings.sav", "book")
"""Files that are each written by themselves: some may be new, the others not yet."""
LEFT_OUT = (COPY_BEFORE_FORMAT, MIGRATED, "study-before-repair.db")


class Killer:
    """Runs one command again and again in a fresh folder, and kills it.

    Args:
        case: The command.
        room: Where its folders go.
        tally: What went wrong is counted there.
    """

    def __init__(self, case: Case, room: Path, tally: Tally) -> None:
        self._case = case
        self._folder = room / "work"
        self._tally = tally
        self._template = room / "template"
        prepare(self._template, case)
        self._fresh()
        self._before = read_state(self._folder, LEFT_OUT)
        ended = self._run()
        judge(tally, ended, f"{case.name}, not killed", [0])
        self._seconds = ended.seconds
        self._after = read_state(self._folder, LEFT_OUT)
        self.parts = 0
        self.done = 0

    def kill(self, chance: random.Random, after_kill: Callable[[Path], None] | None) -> bool:
        """Kill the command once and judge what is left; return False: it was done before."""
        self._fresh()
        begin = 0 if chance.random() < EARLY_SHARE else LOADED
        ended = self._run(kill_after=self._seconds * chance.uniform(begin, 1.02))
        if ended.code != -signal.SIGKILL:
            return False
        if after_kill:
            after_kill(self._folder)
        self.parts += unfinished_parts(self._folder)
        self._judge(f"{self._case.name}, killed after {ended.seconds:.3f} s")
        return True

    def _judge(self, name: str) -> None:
        if self._is_left_unfinished():
            shutil.rmtree(self._folder / self._case.study)  # as the message tells
        elif (self._folder / self._case.study).exists():
            self._next_works(("tables", self._case.study, "--format", "json"), name)
            self._next_works(("check", self._case.study), name)
        state = read_state(self._folder, LEFT_OUT)
        if odd := list(self._odd(state)):
            self._tally.add_half_done(f"{name}: half done: {', '.join(odd)}")
        if not differences(state, self._after):
            self.done += 1
        elif self._next_works(self._case.arguments, f"{name}, and once more"):
            state = read_state(self._folder, LEFT_OUT)
            if left := differences(state, self._after):
                self._tally.add_half_done(f"{name}, once more: not as if never killed: {', '.join(left)}")

    def _is_left_unfinished(self) -> bool:
        """Return whether a new study was not finished, and `coder new` says so and what to delete."""
        folder = self._folder / self._case.study
        if self._case.arguments[0] not in {"new", "demo"} or (folder / "study.toml").exists():
            return False
        if not folder.exists() or not any(folder.iterdir()):
            return False
        ended = self._run()
        return ended.code == 1 and UNFINISHED in ended.stderr and "Delete" in ended.stderr

    def _odd(self, state: State) -> Iterator[str]:
        """Yield the files that are neither as before nor as after; the study as one."""
        joint = {}
        for path in {*state, *self._before, *self._after}:
            digests = state.get(path), self._before.get(path), self._after.get(path)
            if path.startswith(SEPARATE_FILES):
                if digests[0] not in digests[1:]:
                    yield path
            else:
                joint[path] = digests
        if joint and not any(
            all(digests[0] == digests[side] for digests in joint.values()) for side in (1, 2)
        ):
            yield from sorted(path for path, digests in joint.items() if digests[0] != digests[1])

    def _next_works(self, arguments: tuple[str, ...], name: str) -> bool:
        ended = run_coder(arguments, self._folder)
        return judge(self._tally, ended, f"coder {' '.join(arguments)} after {name}", [0])

    def _run(self, kill_after: float | None = None) -> Ended:
        return run_coder(self._case.arguments, self._folder, kill_after=kill_after)

    def _fresh(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._template, self._folder)


def prepare(folder: Path, case: Case) -> None:
    """Make the folder in which a command runs: inputs, a study, and older files where it writes some."""
    folder.mkdir()
    coded_study.write_inputs(folder, RESPONSES)
    if case.study == STUDY:
        coded_study.make_coded_study(folder / STUDY, RESPONSES, CODED)
    if "survey.xlsx" in case.arguments:
        _write_survey_workbook(folder)
    if case.is_older:
        make_older(folder / STUDY, TWO)
    for name in case.outputs:
        (folder / name).write_bytes(OLD_OUTPUT)


def kill_commands(
    room: Path, count: int, seed: int = 2, after_kill: Callable[[Path], None] | None = None
) -> Tally:
    """Kill so many commands, each kind in turn.

    Args:
        room: An empty folder.
        count: How many kills.
        seed: Of the moments.
        after_kill: What a test does to the folder behind the program's back.
    """
    tally = Tally("commands", count)
    chance = random.Random(seed)
    done = parts = 0
    for place, case in enumerate(CASES):
        kills = count // len(CASES) + (place < count % len(CASES))
        if not kills:
            continue
        case_room = room / f"case{place}"
        case_room.mkdir()
        killer = Killer(case, case_room, tally)
        while kills:
            if killer.kill(chance, after_kill):
                tally.try_done()
                kills -= 1
        done += killer.done
        parts += killer.parts
        shutil.rmtree(case_room)
    tally.facts.append(
        f"all was done in {done}, nothing in {count - done} (of several files some in a part of these);"
        f" {parts} unfinished parts of files were left beside them"
    )
    return tally


def _write_survey_workbook(folder: Path) -> None:
    with (folder / SURVEY).open(encoding="utf-8", newline="") as text:
        write_workbook(folder / "survey.xlsx", list(csv.reader(text)))
