"""As whom a study is looked at: whose codings are read."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from coder.errors import CoderError
from coder.store.team.round_rows import sight_of
from coder.store.team.seeing import everything_seen, see
from coder.store.team.team_rows import team

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.workflows.study.study import Study

_P = ParamSpec("_P")
_R = TypeVar("_R")


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


def sees_everything(work: Callable[Concatenate[Study, _P], _R]) -> Callable[Concatenate[Study, _P], _R]:
    """Have a function of a study read all codings, whoever calls it: it tells nothing of what they are."""

    @wraps(work)
    def seeing(study: Study, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        person_id = study.database.sight.person_id
        with everything_seen(study.database):
            outcome = work(study, *args, **kwargs)
        if person_id:
            # Rounds may have come with it.
            look_as(study, person_id)
        return outcome

    return seeing
