"""Take words, or a respondent, out of a study, and die at a place.

`python -m benchmarks.faults.killed_removal FOLDER redact|withdraw WHAT PLACE`. A place is a statement of SQL,
or a file that is opened, renamed or deleted: the program is killed right before. With place 0 it lives, and
prints at which place it commits and how many there are.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.privacy.removals import WordsToTakeOut
from coder.workflows.privacy.taking_out import take_out
from coder.workflows.privacy.withdrawing import carry_out_withdrawal
from coder.workflows.privacy.words_in_answers import removals_of
from coder.workflows.study.opening import open_study

if TYPE_CHECKING:
    from coder.workflows.study.study import Study

_FILES = ("open", "os.remove", "os.rename", "sqlite3.connect")


class _Places:
    """Counts places, and kills the program at one."""

    def __init__(self, last: int) -> None:
        self._last = last
        self.count = 0
        self.committed_at = 0
        """The place of the first commit: what comes behind it is cleaned by the promise."""

    def come_to(self, statement: str = "") -> None:
        """Come to another place, a statement or a file."""
        self.count += 1
        if statement == "COMMIT" and not self.committed_at:
            self.committed_at = self.count
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, act: str, what: str, place: str) -> int:
    """Take it out, unless the place comes first; return 3 if not all could be cleaned."""
    with closing(open_study(Path(folder), "jo")) as study:
        places = _Places(int(place))
        study.database._connection.set_trace_callback(places.come_to)  # noqa: SLF001 - to count
        sys.addaudithook(lambda event, _: places.come_to() if event in _FILES else None)
        unfinished = _redact(study, what) if act == "redact" else _withdraw(study, what)
        print(places.committed_at, places.count)
        return 3 if unfinished else 0


def _redact(study: Study, words: str) -> str:
    wanted = [WordsToTakeOut(words, "name")]
    return take_out(study, removals_of(study, wanted), "jo", wanted).unfinished


def _withdraw(study: Study, respondent_id: str) -> str:
    return carry_out_withdrawal(study, respondent_id, "asked by e-mail", "jo")


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
