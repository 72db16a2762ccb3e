"""Full disks while people import, code, revise, export and report."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.faults import coded_study
from benchmarks.faults.coded_study import CODEBOOK, CODEBOOK_TABLE, CODINGS, STUDY, SURVEY
from benchmarks.faults.coding_screen import CodingScreen
from benchmarks.faults.ledger import Ledger
from benchmarks.faults.programs import judge, run_coder
from benchmarks.faults.small_disk import FILLER, KILOBYTE, SmallDisk, small_disk
from benchmarks.faults.states import State, differences, read_state
from benchmarks.faults.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.faults.coding_screen import View
    from benchmarks.faults.programs import Ended

DISK_MB = 8
RESPONSES, CODED = 300, 100
SCREEN_SECONDS = 40
EFFECT_SECONDS = 3
FULL_SIGNS = ("disk is full", "no space left", "file too large", "limit of file size")
"""What a message about a full disk says, whatever the case."""

REVISED = "The revision is saved in the study, but not in its file"
"""What is told when there is room for the revision alone; opening the study writes the file."""


@dataclass(frozen=True, slots=True)
class Job:
    """A command that writes.

    Attributes:
        kind: What it is about: `import`, `apply` ...
        arguments: What stands after `coder`.
    """

    kind: str
    arguments: tuple[str, ...]


JOBS = (
    Job("import", ("new", "fresh", "--from", SURVEY, "--codebook", CODEBOOK, "--no-open")),
    Job("import", ("codings", "import", STUDY, CODINGS, "--coder", "pat", "--add-coders")),
    Job("apply", ("codebook", "apply", STUDY, "--merge", "retention,training=housing", "--yes")),
    Job("apply", ("codebook", "import", CODEBOOK_TABLE, STUDY, "--yes")),
    Job("export", ("codings", "export", STUDY, "codings.csv")),
    Job("export", ("codings", "export", STUDY, "set", "--format", "dataset")),
    Job("export", ("tables", STUDY, "--by", "region", "--out", "tables.xlsx")),
    Job("report", ("report", STUDY, "--out", "report", "--date", "2026-11-22")),
)
SEPARATE_FILES = ("set", "report")
"""Files that are each whole or not there, whatever became of the other."""
SCREEN_TURNS = 5
"""Of as many tries as there are jobs and these, so many are at the coding screen."""


def fill_disks(
    room: Path,
    count: int,
    seed: int = 6,
    *,
    may_mount: bool = True,
    after_job: Callable[[Path], None] | None = None,
) -> Tally:
    """Let the disk be full so many times, at another moment of the work each time.

    Args:
        room: An empty folder.
        count: How many times.
        seed: Of the room that is left.
        may_mount: Whether to try for a disk of its own.
        after_job: What a test does to the disk behind the program's back.
    """
    tally = Tally("full disks", count)
    chance = random.Random(seed)
    template = room / "template"
    template.mkdir()
    coded_study.write_inputs(template, RESPONSES)
    coded_study.make_coded_study(template / STUDY, RESPONSES, CODED)
    needed: dict[Job, int] = {}
    turns = [None, *JOBS, *[None] * (SCREEN_TURNS - 1)]
    fills = 0
    with small_disk(room / "disk", DISK_MB, may_mount=may_mount) as disk:
        for number in range(count):
            job = turns[number % len(turns)]
            disk.clear()
            shutil.copytree(template, disk.folder, dirs_exist_ok=True)
            if job is None:
                fills += _code(disk, chance, tally)
            else:
                if job not in needed:
                    needed[job] = _needed_kilobytes(job, template, room / "trial")
                fills += Filling(disk, job, tally, room / "look").try_once(
                    chance.randrange(needed[job]), after_job
                )
            tally.try_done()
    tally.facts.append(f"{disk.kind}; it was full in {fills} of {count} tries, in the others there was room")
    return tally


class Filling:
    """A command that meets a full disk."""

    def __init__(self, disk: SmallDisk, job: Job, tally: Tally, elsewhere: Path) -> None:
        self._disk = disk
        self._job = job
        self._tally = tally
        self._elsewhere = elsewhere
        self._before = read_state(disk.folder)

    def try_once(self, kilobytes: int, after_job: Callable[[Path], None] | None) -> bool:
        """Run the command with so much room, then with enough; return whether the disk was full."""
        name = f"coder {' '.join(self._job.arguments)} with {kilobytes} KB"
        self._disk.leave(kilobytes)
        ended = self._run()
        if after_job:
            after_job(self._disk.folder)
        if ended.code == 0:
            self._disk.make_room()
            return False
        if judge(self._tally, ended, name, [1]) and not is_full_message(ended.stderr):
            self._tally.add_half_done(f"{name}: no word of the disk: {ended.stderr}")
        if REVISED in ended.stderr:
            self._disk.make_room()
            self._catches_up(name)
            return True
        state = _state_elsewhere(self._disk.folder, self._elsewhere)
        if changed := [path for path in differences(self._before, state) if not self._is_whole(path)]:
            self._tally.add_half_done(f"{name}: failed, and changed {', '.join(changed)}")
        self._disk.make_room()
        judge(self._tally, self._run(), f"{name}, and with room", [0])
        study = "fresh" if "fresh" in self._job.arguments else STUDY
        check = run_coder(["check", study], self._disk.folder)
        judge(self._tally, check, f"check after {name}", [0])
        return True

    def _catches_up(self, name: str) -> None:
        """Judge a revision that was made but for its file, as the message has told: opening writes that."""
        for arguments in (("tables", STUDY), ("check", STUDY)):
            judge(self._tally, run_coder(arguments, self._disk.folder), f"after {name}", [0])
        if not differences(self._before, read_state(self._disk.folder)).count(f"{STUDY}/{CODEBOOK}"):
            self._tally.add_half_done(f"{name}: {CODEBOOK} lacks the revision")

    def _is_whole(self, path: str) -> bool:
        """Return whether a file may be new, as one of several that are written by themselves."""
        return path.startswith(SEPARATE_FILES)

    def _run(self) -> Ended:
        return run_coder(self._job.arguments, self._disk.folder, file_limit=self._disk.file_limit)


def _state_elsewhere(folder: Path, copy: Path) -> State:
    """Return what stands in a folder, read from a copy: on a full disk SQLite cannot even read."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(FILLER, "*-shm"))
    return read_state(copy)


def is_full_message(text: str) -> bool:
    """Return whether a message tells that the disk is full."""
    return any(sign in text.casefold() for sign in FULL_SIGNS)


def _needed_kilobytes(job: Job, template: Path, trial: Path) -> int:
    """Return about how much room a command needs: what it adds, and what it writes meanwhile."""
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(template, trial)
    size = _size(trial)
    if (ended := run_coder(job.arguments, trial)).code:
        raise RuntimeError(ended.stderr)
    return max(_size(trial) - size, 0) // KILOBYTE + 60


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _code(disk: SmallDisk, chance: random.Random, tally: Tally) -> bool:
    """Code on the screen until the disk is full, make room and go on; return whether it was full."""
    screen, ledger = CodingScreen(disk.folder / STUDY), Ledger()
    try:
        screen.wait_for_view()
        disk.leave(chance.randrange(20, 200))
        if disk.file_limit:
            screen.limit_files(disk.file_limit)
        was_full = _press_until(screen, ledger, lambda view: view.status == "NOT SAVED")
        screen.settle(quiet=0.3)
        if was_full and not is_full_message(_told(screen)):
            tally.add_half_done(f"no word of the disk on the screen:\n{screen.screen()}")
        disk.make_room()
        screen.limit_files(None)
        shown = ledger.changes
        if was_full and not _press_until(screen, ledger, lambda _: ledger.changes > shown + 2):
            tally.add_half_done(f"nothing is saved with room again:\n{screen.screen()}")
    except (TimeoutError, OSError) as error:
        tally.add_traceback(f"coding on a full disk: {error}")
        was_full = True
    tally.saw_memory(screen.kill())
    if (view := screen.view()) is not None:
        ledger.enter(view)
    if "Traceback" in screen.screen():
        tally.add_traceback(screen.screen())
    judge(tally, run_coder(["check", STUDY], disk.folder), "check after coding on a full disk", [0])
    for fault in ledger.missing(disk.folder / STUDY / "study.db"):
        tally.add_lost(f"coding on a full disk: {fault}")
    return was_full


def _press_until(screen: CodingScreen, ledger: Ledger, is_reached: Callable[[View], bool]) -> bool:
    """Code one answer after the other until the screen shows something; return False: it never did."""
    end = perf_counter() + SCREEN_SECONDS
    while perf_counter() < end:
        screen.settle(quiet=0.05, timeout=1)
        if (view := screen.view()) is None:
            continue
        ledger.enter(view)
        if is_reached(view):
            return True
        screen.send("\r" if view.themes else view.free_keys[0])
        _wait_for_effect(screen, view)
    return False


def _wait_for_effect(screen: CodingScreen, before: View) -> None:
    """Wait until a key has changed what is said: a second one would act on what it has not seen."""
    end = perf_counter() + EFFECT_SECONDS
    while screen.view() == before and perf_counter() < end:
        screen.look(end - perf_counter())


def _told(screen: CodingScreen) -> str:
    """Return what stands below the panes, a message and the keys, as one text."""
    _, _, below = screen.screen().rpartition("╯")
    return " ".join(below.split())
