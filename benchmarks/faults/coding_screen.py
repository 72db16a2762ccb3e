"""The coding screen in a pseudo-terminal: whole frames of it, and what a coder reads there."""

from __future__ import annotations

import os
import re
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import pyte

from benchmarks.pty_timer import Terminal

if TYPE_CHECKING:
    from pathlib import Path

CODER = "kay"
COLUMNS, ROWS = 120, 40
_FRAME_END = b"\x1b[?2026l"
_HEADER = re.compile(r"([\d,]+) of [\d,]+ done [█░]+(?: · (saved|waiting|NOT SAVED))? *$", re.MULTILINE)
_LISTED = re.compile(r"^[▶ ] (●|\S)\s+(⚑ )?.*?(R\d+)\.1 ")
_ANSWER = re.compile(r"^ (R\d+\.Q1\.1)( ·|\s*$)")
_THEME = re.compile(r"^ ✓ (\w+)")
_RANKED = re.compile(r"^(\d) ([ ✓]) (\w+)")
_LIST, _TEXT, _RANKING = 1, 3, 5
"""The panes, counted in what stands between the borders."""


@dataclass(frozen=True, slots=True)
class View:
    """What one whole frame of the screen says."""

    status: str
    """`saved`, `waiting` or `NOT SAVED`; empty before there was anything to save."""
    done_count: int
    answer: str
    """The response in the middle: `R12.Q1.1`."""
    themes: frozenset[str]
    """The ids of the themes with a tick on it."""
    is_flagged: bool
    done: frozenset[str]
    """Responses that the list marks as done."""
    flagged: frozenset[str]
    """Responses that the list marks with a flag."""
    free_keys: tuple[str, ...]
    """The number keys of suggestions that are not chosen."""


class CodingScreen(Terminal):
    """The program on a study, as people start it."""

    def __init__(self, folder: Path) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0
        super().__init__(["coder", "code", str(folder), "--coder", CODER], COLUMNS, ROWS)

    def look(self, seconds: float) -> bool:
        """Read for so long at most; return whether anything came."""
        return self._read(seconds)

    def view(self) -> View | None:
        """Return what the last whole frame says; None: the coding screen is not there yet."""
        end = self._seen.rfind(_FRAME_END)
        if end >= self._fed:
            end += len(_FRAME_END)
            self._stream.feed(bytes(self._seen[self._fed : end]))
            self._fed = end
        return read_view("\n".join(self._screen.display))

    def wait_for_view(self, timeout: float = 60) -> View:
        """Read until the coding screen is there.

        Raises:
            TimeoutError: It does not come; the message holds the screen.
        """
        end = perf_counter() + timeout
        while (view := self.view()) is None:
            if not self.look(end - perf_counter()):
                message = f"No coding screen. There is:\n{self.screen()}"
                raise TimeoutError(message)
        return view

    def limit_files(self, size: int | None) -> None:
        """Hold the program to files of so many bytes, as on a full disk; None: it may write what it likes."""
        hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (hard if size is None else size, hard))

    def kill(self) -> float:
        """Kill the program and all of its group, and read what it still had on the way; return its MB."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        while self._read(1):
            pass
        _, _, usage = os.wait4(self.pid, 0)
        os.close(self._descriptor)
        return usage.ru_maxrss / 1024


def read_view(screen: str) -> View | None:
    """Read a screen; None: it is not the coding screen, or something lies over it."""
    header = _HEADER.search(screen)
    panes = [cells for line in screen.splitlines() if len(cells := line.split("│")) > _RANKING]
    answers = [match[1] for cells in panes if (match := _ANSWER.match(cells[_TEXT]))]
    if header is None or len(answers) != 1:
        return None
    listed = [match for cells in panes if (match := _LISTED.match(cells[_LIST]))]
    ranked = [match for cells in panes if (match := _RANKED.match(cells[_RANKING]))]
    return View(
        status=header[2] or "",
        done_count=int(header[1].replace(",", "")),
        answer=answers[0],
        themes=frozenset(match[1].casefold() for cells in panes if (match := _THEME.match(cells[_TEXT]))),
        is_flagged=any(cells[_TEXT].startswith(" ⚑ flagged") for cells in panes),
        done=frozenset(f"{match[3]}.Q1.1" for match in listed if match[1] == "●"),
        flagged=frozenset(f"{match[3]}.Q1.1" for match in listed if match[2]),
        free_keys=tuple(match[1] for match in ranked if match[2] == " "),
    )
