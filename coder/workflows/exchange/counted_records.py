"""The codings of a coded data set: those by which themes count."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from coder.domain.team.settled_layer import SETTLED
from coder.store import codings, surveys
from coder.store.readings.counted_scope import counted_scope
from coder.store.readings.deciding_codings import deciding_codings
from coder.store.scope import Scope

if TYPE_CHECKING:
    from coder.domain.codings import Coding
    from coder.domain.team.counting_rule import Agreed
    from coder.store.database import Database


def counted_codings_of(database: Database, coder_id: str | None, agreed: Agreed) -> list[Coding]:
    """Return the codings by which themes count, in the order of the responses.

    Args:
        database: The study.
        coder_id: Whose; None for everybody's, and what the team settled.
        agreed: How the codings of several coders are counted.
    """
    coder_ids = () if coder_id is None else (coder_id,)
    deciding: set[tuple[int, str, str]] = set()
    for question in surveys.questions(database):
        scope = counted_scope(database, Scope([question.id], coder_ids, agreed))
        deciding.update(deciding_codings(database, scope))
    standing = chain(codings.all_codings(database, coder_id), codings.all_codings(database, SETTLED))
    counting = [c for c in standing if (c.response, c.theme_id, c.coder_id) in deciding]
    return sorted(counting, key=lambda coding: (coding.response, coding.theme_id, coding.coder_id))
