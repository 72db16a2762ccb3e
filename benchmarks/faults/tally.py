"""What was tried in a section, and what went wrong there."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER = ("section", "tries", "lost", "half done", "tracebacks", "hangs", "peak MB")
PROGRESS_STEPS = 20


@dataclass(slots=True)
class Tally:
    """The tries of one section.

    Attributes:
        section: Its name.
        planned: How many tries are planned, for the progress.
        lost: What was shown as saved and does not stand, or a wrong answer that nobody was told of.
        half_done: States between nothing and all, files half written, studies that `coder check` finds fault
            with, and commands that do not work afterwards.
        tracebacks: Programs that ended with a traceback or by a signal, or without a word.
        hangs: Programs that did not end in their time.
        peak_memory: The most memory of one process, in MB.
        faults: Each thing that was counted, in words.
        facts: What else the reader of the figures should know.
    """

    section: str
    planned: int = 0
    tries: int = 0
    lost: int = 0
    half_done: int = 0
    tracebacks: int = 0
    hangs: int = 0
    peak_memory: float = 0
    faults: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def try_done(self) -> None:
        """Count a try, and say now and then on stderr how far it is."""
        self.tries += 1
        if self.tries % max(self.planned // PROGRESS_STEPS, 1) == 0 or self.tries == self.planned:
            faults = f", {len(self.faults)} faults" if self.faults else ""
            print(f"{self.section}: {self.tries} of {self.planned}{faults}", file=sys.stderr, flush=True)

    def add_lost(self, fault: str) -> None:
        """Count something lost or wrong."""
        self.lost += 1
        self._add(fault)

    def add_half_done(self, fault: str) -> None:
        """Count something half done or not whole."""
        self.half_done += 1
        self._add(fault)

    def add_traceback(self, fault: str) -> None:
        """Count a program that ended without one clear message."""
        self.tracebacks += 1
        self._add(fault)

    def add_hang(self, fault: str) -> None:
        """Count a program that did not end in its time."""
        self.hangs += 1
        self._add(fault)

    def saw_memory(self, megabytes: float) -> None:
        """Keep the most memory that a process took."""
        self.peak_memory = max(self.peak_memory, megabytes)

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong, and something was tried."""
        return self.tries > 0 and not self.faults

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table."""
        counts = (self.tries, self.lost, self.half_done, self.tracebacks, self.hangs)
        return (self.section, *(f"{count:,}" for count in counts), f"{self.peak_memory:.0f}")

    def _add(self, fault: str) -> None:
        self.faults.append(fault)
        print(f"{self.section}: FAULT {fault}", file=sys.stderr, flush=True)


def table(tallies: Sequence[Tally]) -> str:
    """Return the table of all sections, with what was found and what should be known below."""
    rows = [HEADER, *(tally.cells() for tally in tallies)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    lines += [f"{tally.section}: {fact}" for tally in tallies for fact in tally.facts]
    return "\n".join(lines)
