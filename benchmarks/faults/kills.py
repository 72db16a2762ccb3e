"""Kill the program again and again while somebody codes on its screen."""

from __future__ import annotations

import random
import shutil
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.faults.coding_screen import CodingScreen, View
from benchmarks.faults.ledger import Ledger, torn_groups
from benchmarks.faults.programs import judge, run_coder
from benchmarks.faults.tally import Tally
from benchmarks.make_study import make_study
from coder.errors import CoderError
from coder.workflows.study.checking import check_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


RESPONSES = 400
ENOUGH_OPEN = 40
"""With fewer answers that wait, the next session codes a new study."""
GROUPS, EQUAL = 80, 250
"""Answers that say something of their own, where each stands for so many that say the same."""
CODING_SECONDS = 0.8
STARTING_SHARE = 0.12
"""Of the kills come while the program starts."""
KEY_SECONDS = 0.06
MOST_THEMES = 3
DONE_KEY, NOTHING_KEY, FLAG_KEY, UNDO_KEY = "\r", "n", "f", "u"


class Sitting:
    """Somebody who codes one answer after the other until the program is killed.

    Keys only ever add (but for undo, which is pressed on what the screen shows), so that whatever was shown
    must stand however many of the later keys have arrived.
    """

    def __init__(self, screen: CodingScreen, ledger: Ledger, chance: random.Random) -> None:
        self._screen = screen
        self._ledger = ledger
        self._chance = chance
        self._answer = ""
        self._pressed: set[str] = set()
        self._awaited = ""

    def code(self, end: float) -> None:
        """Press keys until a moment."""
        while (left := end - perf_counter()) > 0:
            if (view := self._enter()) is not None:
                self._press(view)
            self._screen.look(min(left, self._chance.random() * KEY_SECONDS))

    def _enter(self) -> View | None:
        view = self._screen.view()
        if view is None:
            return None
        self._ledger.enter(view)
        if view.answer != self._answer:
            self._answer = view.answer
            self._pressed = set()
        return view

    def _press(self, view: View) -> None:
        if self._awaited and view.answer != self._awaited:
            return
        self._awaited = ""
        keys = self._choose(view)
        if not keys:
            return
        self._pressed |= set(keys)
        if keys == UNDO_KEY:
            self._ledger.undo_sent(view)
        if steps := sum(key in {DONE_KEY, NOTHING_KEY} for key in keys):
            self._awaited = next_answer(view.answer, steps)
        self._screen.send(keys)

    def _choose(self, view: View) -> str:
        """Return the next keys; none: what was pressed has to be seen first."""
        if UNDO_KEY in self._pressed:
            if self._ledger.awaits_undo:
                return ""
            return DONE_KEY if view.themes else NOTHING_KEY
        fresh = [key for key in view.free_keys if key not in self._pressed]
        numbers = sum(key.isdigit() for key in self._pressed)
        choices = []
        if fresh and len(view.themes) < MOST_THEMES and numbers < MOST_THEMES:
            number = self._chance.choice(fresh)
            choices += [number] * 4 + [number + DONE_KEY]
            if not self._ledger.knows(next_answer(view.answer)):
                choices += [number + DONE_KEY + self._chance.choice("123") + DONE_KEY]
        if not view.is_flagged and FLAG_KEY not in self._pressed:
            choices += [FLAG_KEY]
        if view.themes:
            choices += [DONE_KEY] * 3
        elif not self._pressed:
            choices += [NOTHING_KEY]
        if view.themes and len(view.themes) == numbers and FLAG_KEY not in self._pressed:
            choices += [UNDO_KEY]
        return self._chance.choice(choices) if choices else ""


def next_answer(answer: str, steps: int = 1) -> str:
    """Return the id of the answer that comes so many after one: `R13.Q1.1` after `R12.Q1.1`."""
    number = int(answer.removeprefix("R").partition(".")[0])
    return f"R{number + steps}.Q1.1"


def kill_in_groups(room: Path, count: int, seed: int = 1) -> Tally:
    """Kill the program while each key codes hundreds of equal answers: all of a group has it, or none."""
    return kill_while_coding(room, count, seed, name="groups", responses=GROUPS, equal=EQUAL)


def kill_while_coding(
    room: Path,
    count: int,
    seed: int = 1,
    after_kill: Callable[[Path], None] | None = None,
    *,
    name: str = "kills",
    responses: int = RESPONSES,
    equal: int = 1,
) -> Tally:
    """Kill the program so many times while it is coded with; check after each kill what stands.

    Args:
        room: An empty folder.
        count: How many kills.
        seed: Of the keys and the moments.
        after_kill: What a test does to the database behind the program's back.
        name: What the tally is called.
        responses: How many answers to code say something of their own.
        equal: How many say what each of them says: a key is about them all.
    """
    tally = Tally(name, count)
    chance = random.Random(seed)
    studies = changes = taken_off = 0
    while tally.tries < count:
        studies += 1
        folder = room / f"study{studies}"
        make_study(folder, responses, equal).close()
        ledger = Ledger()
        while tally.tries < count and ledger.done_count < (responses - ENOUGH_OPEN) * equal:
            _kill_once(folder, ledger, chance, tally)
            if after_kill:
                after_kill(folder / "study.db")
            _check_copy(folder, room / "copy", ledger, tally)
            tally.try_done()
        judge(tally, run_coder(["check", str(folder)], room), "coder check", [0])
        changes += ledger.changes
        taken_off += ledger.taken_off
    tally.facts.append(
        f"{changes:,} changes were shown as saved, in {studies} studies;"
        f" {taken_off} were taken off by a later key before the screen showed it, as the log says"
    )
    return tally


def _kill_once(folder: Path, ledger: Ledger, chance: random.Random, tally: Tally) -> None:
    screen = CodingScreen(folder)
    try:
        if chance.random() < STARTING_SHARE:
            Sitting(screen, ledger, chance).code(perf_counter() + chance.random() * CODING_SECONDS)
        else:
            screen.wait_for_view()
            Sitting(screen, ledger, chance).code(perf_counter() + chance.random() * CODING_SECONDS)
    except TimeoutError as error:
        tally.add_hang(str(error))
    except OSError as error:
        tally.add_traceback(f"the program ended by itself: {error}\n{screen.screen()}")
    tally.saw_memory(screen.kill())
    if (view := screen.view()) is not None:
        ledger.enter(view)
    if "Traceback" in screen.screen():
        tally.add_traceback(screen.screen())


def _check_copy(folder: Path, copy: Path, ledger: Ledger, tally: Tally) -> None:
    """Check what a kill has left in a copy: it is the program that recovers the study itself."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*-shm"))
    try:
        for fault in check_study(copy):
            tally.add_half_done(f"after kill {tally.tries + 1}: {fault.message}")
    except CoderError as error:
        tally.add_half_done(f"after kill {tally.tries + 1}: {error}")
    for change in ledger.missing(copy / "study.db"):
        tally.add_lost(f"after kill {tally.tries + 1}: {change}")
    for group in torn_groups(copy / "study.db"):
        tally.add_half_done(f"after kill {tally.tries + 1}: {group}")
