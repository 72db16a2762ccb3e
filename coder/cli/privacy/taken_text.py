"""What is said of taking words out, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.workflows.privacy.quoting_texts import QuotingText
    from coder.workflows.privacy.taking_out import TakenOut

MOST_SHOWN = 20
"""Texts that are shown of those that quote the words."""
NO_WAY_BACK = (
    "It cannot be undone: the words leave the study for good. Files made before (exports, reports, bundles,"
    " backups) still hold them."
)


def taken_line(taken: TakenOut) -> str:
    """Return what was taken out, in a sentence or two."""
    passages, quoting = counted(taken.passages, "passage"), counted(taken.quoting, "text")
    line = f"Taken out: {passages} of {counted(taken.answers, 'answer')}, and of {quoting} that quoted them."
    if taken.doubtful:
        line += f" {counted(len(taken.doubtful), 'text')} may name a part of it still: read them."
    unfinished = f"\n{taken.unfinished} It is finished when the study is next opened."
    return line + (unfinished if taken.unfinished else "")


def doubtful_lines(doubtful: Sequence[QuotingText], of_what: str) -> Iterator[str]:
    """Yield where a part of what goes may stand still, and what settles it; nothing where nothing may."""
    for quoting in doubtful[:MOST_SHOWN]:
        yield f"  perhaps a part of {of_what}, which stays, in {quoting.where}: {quoting.text}"
    if len(doubtful) > MOST_SHOWN:
        yield f"  and perhaps in {len(doubtful) - MOST_SHOWN:,} more texts"
    if doubtful:
        yield "  It may be about somebody else. If not, take it out as well: coder redact --take-out PART"


def second_version_lines(names: Sequence[str]) -> Iterator[str]:
    """Yield which files of other machines stay in the study's folder; nothing where there are none."""
    if names:
        yield (
            f"Not deleted, as it may hold work of another machine: {listed(names)}. It may hold the words"
            " too: coder check says how to take over what is in it; then delete it."
        )
