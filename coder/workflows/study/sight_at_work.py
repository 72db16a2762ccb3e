"""As whom a study is looked at: whose codings are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.store.team.round_rows import sight_of
from coder.store.team.seeing import see
from coder.store.team.team_rows import team

if TYPE_CHECKING:
    from coder.workflows.study.study import Study


def look_as(study: Study, coder: str) -> None:
    """Have all that is read of a study be what somebody may see; to be called again when rounds change.

    Args:
        study: The study.
        coder: Their id, or what they are called; who is nobody of the team sees everything.
    """
    people = team(study.database)
    try:
        person = people.by_id(coder) or people.called(coder)
    except CoderError:
        # Two people are called so: who means one of them is asked which, where it matters.
        person = None
    see(study.database, sight_of(study.database, person.id if person else coder))
