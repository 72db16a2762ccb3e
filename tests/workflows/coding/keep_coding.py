"""Code a study without end, telling each step once it is saved: a process for tests to kill.

Arguments: the study's folder, the coder, how many steps; and, to decide about equal answers together, after
how many thousand operations of SQLite's the process kills itself, wherever it is then.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coder.workflows.coding.same_words import ALL, ALONE
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from collections.abc import Iterator

THEMES = ("pay", "staff", "money", "beds")


def main(folder: str, coder_id: str, steps: str, operations: str = "") -> None:
    """Choose, undo, say what is done and write memos, in turn."""
    study, listed = open_study(Path(folder), coder_id), ALL if operations else ALONE
    if operations:
        moments = iter(range(int(operations)))
        study.database._connection.set_progress_handler(lambda: _kill_at_last(moments), 1000)
    session = CodingSession(study, coder_id)
    total = study.database.value("SELECT COUNT(*) FROM response")
    begun = study.database.value("SELECT COUNT(*) FROM step WHERE coder = ?", (coder_id,))
    for turn in range(begun, begun + int(steps)):
        response, theme = turn % total + 1, THEMES[turn // total % len(THEMES)]
        if turn % 7 == 3:
            session.undo()
        elif turn % 7 == 5:
            session.write_memo(response, f"turn {turn} of {os.getpid()}")
        elif turn % 7 == 6 and listed is ALL:
            session.confirm(response, listed=listed)
        else:
            session.toggle(response, theme, listed=listed)
        number = study.database.value("SELECT MAX(number) FROM step WHERE coder = ?", (coder_id,))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def _kill_at_last(moments: Iterator[int]) -> None:
    if next(moments, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
