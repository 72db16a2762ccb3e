"""One of several coders of a study, as a process: `python -m benchmarks.faults.one_coder DIR NAME COUNT`.

Says each change on stdout once it is saved: response and theme. The last line on stderr is the most memory
that it took, in MB.
"""

from __future__ import annotations

import resource
import sys
from contextlib import closing
from itertools import islice, product
from pathlib import Path

from benchmarks.make_study import THEMES
from coder.errors import BusyError
from coder.workflows.coding.session import CodingSession
from coder.workflows.study.opening import open_study

PATIENCE = 20
"""Times that a change is tried again while others write, as the screen does."""


def main(folder: str, coder_id: str, changes: str) -> None:
    """Choose themes on one response after the other."""
    with closing(open_study(Path(folder), coder_id)) as study:
        session = CodingSession(study, coder_id)
        responses = study.database.value("SELECT COUNT(*) FROM response")
        themes = [theme.casefold() for theme in THEMES]
        for theme, response in islice(product(themes, range(1, responses + 1)), int(changes)):
            _choose(session, response, theme)
            print(response, theme, flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)


def _choose(session: CodingSession, response: int, theme: str) -> None:
    for _ in range(PATIENCE):
        try:
            session.toggle(response, theme)
        except BusyError:
            print("busy", file=sys.stderr, flush=True)
        else:
            return
    raise SystemExit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
