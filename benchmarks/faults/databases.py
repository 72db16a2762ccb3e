"""Damaged databases: each command says what is wrong, or gives the answer that it gave before the damage."""

from __future__ import annotations

import random
import re
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.faults.coded_study import make_coded_study
from benchmarks.faults.coding_screen import CodingScreen
from benchmarks.faults.database_damage import damaged_copies
from benchmarks.faults.programs import judge, run_coder
from benchmarks.faults.runner import Runner
from benchmarks.faults.tally import Tally
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.faults.programs import Ended

RESPONSES, CODED = 60, 40
SCREEN_EVERY = 3
"""Every so many databases are opened on the screen too, and coded with."""
SCREEN_SECONDS = 30
KEYS = ("1", "f", "\r", "t", "\x1b", "b", "\x1b", "u")
KEY_SECONDS = 0.25
DAMAGED = "database is damaged"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
QUESTIONS = (
    ("tables", "--by", "region", "--format", "csv"),
    ("tables", "--as-of", "v1", "--format", "csv"),
    ("codings", "export", "--format", "csv"),
    ("quotes", "--format", "csv", "--all"),
    ("codebook", "history"),
    ("suggestions", "report", "--coder", "ann"),
)
"""What is asked of a study; the folder is written after the names of the command."""


def read_damaged(
    room: Path, count: int, seed: int = 5, damage: Callable[[Path], None] | None = None
) -> Tally:
    """Open, check and count so many damaged databases.

    Args:
        room: An empty folder.
        count: How many.
        seed: Of the damages.
        damage: What a test does to each database that nobody can notice.
    """
    tally = Tally("databases", count)
    study, folder = room / "study", room / "damaged"
    _make_busy(study, room)
    noticed = 0
    with Runner() as runner:
        right = {question: _ask(runner, question, study) for question in QUESTIONS}
        for question, ended in right.items():
            judge(tally, ended, " ".join(question), [0])
        for fault in damaged_copies(study, folder, count, random.Random(seed)):
            if damage:
                damage(folder / "study.db")
            # On the screen first: commands may bring the database up to date.
            if tally.tries % SCREEN_EVERY == 0:
                _code_on_screen(folder, fault, tally)
                tally.try_done()
                continue
            answers = {question: _ask(runner, question, folder) for question in QUESTIONS}
            check = runner.run(["check", str(folder)])
            is_sound = judge(tally, check, f"check, {fault}") and check.code == 0
            noticed += not is_sound
            for question, ended in answers.items():
                name = f"{' '.join(question)}, {fault}"
                if judge(tally, ended, name) and is_sound and _is_wrong(ended, right[question]):
                    tally.add_lost(f"{name}: another answer, and check finds nothing")
            tally.try_done()
    tally.facts.append(
        f"{noticed} were noticed by coder check; in the others nothing changed that it counts"
        f" ({count // SCREEN_EVERY} more were opened on the screen)"
    )
    return tally


def _is_wrong(ended: Ended, right: Ended) -> bool:
    return ended.code == 0 and _without_moments(ended) != _without_moments(right)


def _without_moments(ended: Ended) -> bytes:
    return _MOMENT.sub(b"", ended.stdout)


def _ask(runner: Runner, question: tuple[str, ...], study: Path) -> Ended:
    options = next((place for place, word in enumerate(question) if word.startswith("-")), len(question))
    return runner.run([*question[:options], str(study), *question[options:]])


def _code_on_screen(folder: Path, fault: str, tally: Tally) -> None:
    """Open a study as people do and press keys: the screen is there, or one message is."""
    screen = CodingScreen(folder)
    end = perf_counter() + SCREEN_SECONDS
    while not (screen.view() or _tells_damage(screen)) and screen.look(end - perf_counter()):
        pass
    if perf_counter() > end:
        tally.add_hang(f"on screen, {fault}:\n{screen.screen()}")
    for key in KEYS if screen.view() else ():
        try:
            screen.send(key)
        except OSError:  # it has ended
            break
        screen.settle(KEY_SECONDS)
    tally.saw_memory(screen.kill())
    text = screen.screen()
    if not text.strip():
        tally.add_traceback(f"on screen, {fault}: not a word")
    if "Traceback" in text or (folder / "coder-errors.log").exists():
        log = folder / "coder-errors.log"
        details = log.read_text("utf-8")[-1500:] if log.exists() else ""
        tally.add_traceback(f"on screen, {fault}:\n{text}\n{details}")


def _tells_damage(screen: CodingScreen) -> bool:
    """Return whether it says so: where a question has another id, no answer is listed."""
    return DAMAGED in screen.screen()


def _make_busy(folder: Path, room: Path) -> None:
    """Make a closed study in which something stands in every table."""
    make_coded_study(folder, RESPONSES, CODED)
    for arguments in (
        ("codebook", "apply", str(folder), "--split", "beds=Wards,Places", "--yes", "--coder", "ann"),
        ("codebook", "apply", str(folder), "--merge", "data=digital", "--yes", "--coder", "ann"),
    ):
        if (ended := run_coder(arguments, room)).code:
            raise RuntimeError(ended.stderr)
    with closing(open_study(folder, "ann")) as study:
        session = CodingSession(study, "ann")
        session.write_memo(1, "Is it?")
        session.toggle_flag(3)
        session.confirm(4)
        session.toggle(5, "housing")
        session.undo()
        session.nothing_here(CODED + 1)
