"""How far a copy of a study's database has gone its own way."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from coder.store.database import Database

_STEPS = "SELECT at, coder, kind, label FROM step ORDER BY number"


class Divergence(NamedTuple):
    """What a copy holds beside the study it is a copy of."""

    codings: int
    """Codings that stand in the copy."""
    last_at: str
    """When its last step was made, in UTC; empty if there is none."""
    own_steps: int
    """Steps of the copy that the study lacks."""
    study_steps: int
    """Steps of the study that the copy lacks."""


def divergence(study: Database, copy: Database) -> Divergence:
    """Compare a copy of a study with the study: the log only grows, so they are the same up to some step.

    Raises:
        CoderError: One of them cannot be read.
    """
    own_steps = study_steps = 0
    last_at, is_parted = "", False
    for theirs, ours in zip_longest(copy.stream(_STEPS), study.stream(_STEPS)):
        is_parted = is_parted or theirs != ours
        own_steps += is_parted and theirs is not None
        study_steps += is_parted and ours is not None
        last_at = str(theirs[0]) if theirs else last_at
    codings: int = copy.value("SELECT COUNT(*) FROM coding")
    return Divergence(codings, last_at, own_steps, study_steps)
