"""Blocks of keys in a real terminal, as they arrive over a slow line: random ones, the same in every run."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING

import pytest
from making import small_study
from terminal import Terminal

from coder.workflows.study.checking import check_study

if TYPE_CHECKING:
    from pathlib import Path

BLOCKS = 7
LONGEST = 14
ESCAPES = 5
"""So many Escs lead from anywhere back to the coding screen."""
PAUSE = 0.06
"""Seconds between Escs: a terminal joins an Esc with what follows it."""
KEYS = [*"123456789/nusetvacwbmfrgx>hd?lopzj'.,[]+- ", "\r", "\t", "\x7f", "\x13", "\x1b[A", "\x1b[B"]
"""Every key but those that quit, and Esc."""
OPENING = ["/", "m", "g", "v", "b/", "ba", "be", "bh", "bm", "tb", "tf", "1\r/", "1m"]
"""Keys that lead from the coding screen to a window with a line to type in."""


def go_home(terminal: Terminal) -> None:
    """Go back to the coding screen, and open its help, in which no Esc is left to be joined."""
    for _ in range(ESCAPES):
        terminal.send("\x1b")
        terminal.settle(PAUSE)
    while "Help: coding" not in terminal.text():
        terminal.send("?")
        terminal.settle(2 * PAUSE)


@pytest.mark.parametrize("seed", [1, 2])
def test_blocks_of_keys(tmp_path: Path, seed: int) -> None:
    """Whatever keys come in one block, the program lives, types letters where they belong, and keeps all."""
    study = small_study(tmp_path / "study")
    chance = random.Random(seed)  # noqa: S311 - the same blocks in every run
    with Terminal(study.folder) as terminal:
        terminal.wait_for("? help")
        for _ in range(BLOCKS):
            terminal.send("".join(chance.choices(KEYS, k=chance.randint(2, LONGEST))))
            terminal.settle(PAUSE)
            go_home(terminal)
            letters = "".join(chance.choices(string.ascii_lowercase, k=9))
            terminal.send(f"\r{chance.choice(OPENING)}{letters}")
            terminal.wait_for(letters)
        assert terminal.close() == 0, terminal.text()
    assert not (study.folder / "coder-errors.log").exists()
    study.close()
    assert check_study(study.folder) == []
