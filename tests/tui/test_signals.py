"""Signals from outside, in a real terminal: it is given back, nothing is left running, all is drawn again."""

from __future__ import annotations

import os
import signal
import subprocess
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
from making import small_study
from terminal import Terminal

from coder.workflows.study.checking import check_study

if TYPE_CHECKING:
    from pathlib import Path

LEAVES_OTHER_SCREEN, SHOWS_CURSOR = b"\x1b[?1049l", b"\x1b[?25h"
NO_MOUSE, NO_PASTE = b"\x1b[?1003l", b"\x1b[?2004l"


def children(process_id: int) -> list[int]:
    """Return the processes that a process has started."""
    command = ["ps", "-o", "pid=", "--ppid", str(process_id)]
    return [int(line) for line in subprocess.run(command, capture_output=True, check=False).stdout.split()]


def has_ended(process_id: int, seconds: float = 10) -> bool:
    """Tell whether a process ends in time."""
    end = monotonic() + seconds
    while monotonic() < end:
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        sleep(0.05)
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a small study."""
    small_study(tmp_path / "study").close()
    return tmp_path / "study"


def engine_of(terminal: Terminal) -> int:
    """Return the engine's process, once it runs."""
    terminal.wait_for("? help")
    end = monotonic() + 10
    while monotonic() < end:
        if started := children(terminal.process_id):
            return started[0]
        terminal.settle(0.05)
    pytest.fail("no engine")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_gives_the_terminal_back(folder: Path, number: int) -> None:
    """The program ends as if quit: the terminal is as it was, and the engine's process has ended too."""
    with Terminal(folder, engine=True) as terminal:
        engine = engine_of(terminal)
        terminal.send("1")
        terminal.wait_for("✓ Staff")
        terminal.signal(number)
        code, sent = terminal.wait_for_end()
    assert code == 128 + number
    for sequence in (LEAVES_OTHER_SCREEN, SHOWS_CURSOR, NO_MOUSE, NO_PASTE):
        assert sequence in sent
    assert b"Traceback" not in sent
    assert has_ended(engine)
    assert check_study(folder) == []


def test_a_connection_that_breaks(folder: Path) -> None:
    """Without a terminal to give back the program ends all the same, and the engine with it."""
    with Terminal(folder, engine=True) as terminal:
        engine = engine_of(terminal)
        terminal.hang_up()
    assert has_ended(engine)
    assert not (folder / "coder-errors.log").exists()


@pytest.mark.parametrize("opened", ["", "?", "t"])
def test_everything_is_drawn_after_a_pause(folder: Path, opened: str) -> None:
    """Stopped and brought back by `fg`, the screen and what lies over it are as they were."""
    with Terminal(folder) as terminal:
        terminal.wait_for("? help")
        terminal.send(opened)
        terminal.settle(0.7)
        before = terminal.text()
        terminal.signal(signal.SIGTSTP)
        terminal.wait_until_stopped()
        assert terminal.text() != before
        terminal.signal(signal.SIGCONT)
        terminal.settle(0.7)
        assert terminal.text() == before
        assert terminal.close() == 0
