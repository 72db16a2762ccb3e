"""What is said of taking words out, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import counted

if TYPE_CHECKING:
    from coder.workflows.privacy.taking_out import TakenOut

NO_WAY_BACK = (
    "It cannot be undone: the words leave the study for good. Files made before (exports, reports, bundles,"
    " backups) still hold them."
)


def taken_line(taken: TakenOut) -> str:
    """Return what was taken out, in a sentence or two."""
    passages, quoting = counted(taken.passages, "passage"), counted(taken.quoting, "text")
    line = f"Taken out: {passages} of {counted(taken.answers, 'answer')}, and of {quoting} that quoted them."
    unfinished = f"\n{taken.unfinished} It is finished when the study is next opened."
    return line + (unfinished if taken.unfinished else "")
