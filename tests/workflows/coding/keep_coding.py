"""Code a study without end, telling each step once it is saved: a process for tests to kill.

Arguments: the study's folder, the coder, how many steps.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

THEMES = ("pay", "staff", "money", "beds")


def main(folder: str, coder_id: str, steps: str) -> None:
    """Choose, undo, code several and write memos, in turn."""
    study = open_study(Path(folder), coder_id)
    session = CodingSession(study, coder_id)
    total = study.database.value("SELECT COUNT(*) FROM response")
    begun = study.database.value("SELECT COUNT(*) FROM step WHERE coder = ?", (coder_id,))
    for turn in range(begun, begun + int(steps)):
        response, theme = turn % total + 1, THEMES[turn // total % len(THEMES)]
        if turn % 7 == 3:
            session.undo()
        elif turn % 7 == 5:
            session.write_memo(response, f"turn {turn} of {os.getpid()}")
        else:
            session.toggle(response, theme)
        number = study.database.value("SELECT MAX(number) FROM step WHERE coder = ?", (coder_id,))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
