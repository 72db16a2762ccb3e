"""What is not done in a round: codings that their coder has finished are kept, and what is everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.team.rounds import is_apart
from coder.domain.texts.shell_quoting import joined
from coder.errors import CoderError
from coder.store.team.round_rows import locked_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.workflows.study.study import Study


def refuse_finished(study: Study, coder_id: str, responses: Iterable[int]) -> None:
    """Raise CoderError if somebody would change codings on answers of a round that they have finished.

    A revision of the codebook changes them all the same. Once the round has ended, nothing is locked.
    """
    name = locked_for(study.database, coder_id, responses)
    if name is not None:
        who = study.name_of(coder_id)
        msg = f"{who} has finished {name}: codings on its answers stay as they are until it ends."
        raise CoderError(msg, f"The lead opens it again: {joined(['coder', *_REOPEN, name, who])}")


def refuse_apart(coder_id: str, what_is_done: str) -> None:
    """Raise CoderError if somebody who codes in a layer set apart does what is everybody's."""
    if is_apart(coder_id):
        msg = f"{what_is_done} outside this round: what is done in it is set apart, for you alone."
        raise CoderError(msg, "Leave it first, and come back when you like: T, then Enter on “All answers”.")


_REOPEN = ("team", "round", "reopen")
