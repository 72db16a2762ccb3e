"""How far coders agree, as a screen asks for it: a process of its own works it out.

It loads a library of numbers, which would make keys stutter in the screen's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.workflows.study.study import Study

_PROCESS = "coder.workflows.team.agreement_process"


class AgreementTable(NamedTuple):
    """A table of agreement in texts."""

    question_id: str
    """Empty: of all questions."""
    title: str
    headings: Sequence[str]
    """Of the cells."""
    rows: Sequence[tuple[str, str, Sequence[str]]]
    """Of each the theme's id, or what else its label stands for; the label; the cells."""
    notes: Sequence[str]
    of_answers: bool = False
    """Whether each row is an answer, by its id, with all there is to say of it as its only cell."""


def read_agreement(study: Study, coder_id: str, round_name: str) -> list[AgreementTable]:
    """Have a process work out how far coders agree, and wait for it: over all, and for each question.

    Raises:
        CoderError: As `printed_agreement`; or the process failed.
    """
    copy = study.database.copy
    command = [sys.executable, "-P", "-m", _PROCESS, str(study.folder), coder_id, round_name]
    command += [str(copy.path)] if copy else []
    ended = subprocess.run(  # noqa: S603 - this program's own interpreter and module
        command, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    try:
        answer: dict[str, Any] = json.loads(ended.stdout)
    except ValueError:
        reason = (ended.stderr.strip().splitlines() or [f"it ended with {ended.returncode}"])[-1]
        msg = f"Agreement could not be worked out: {reason}"
        raise CoderError(msg, "Try it on the command line: coder agreement --by-theme") from None
    if "message" in answer:
        raise CoderError(answer["message"], answer["hint"])
    return [AgreementTable(*table) for table in answer["tables"]]
