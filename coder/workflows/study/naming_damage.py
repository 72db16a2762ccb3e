"""Work on a study whose database is damaged ends with what is wrong with it, whatever it stumbles over."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from coder.errors import CoderError
from coder.store.opening.damage import damaged

if TYPE_CHECKING:
    from collections.abc import Callable

    from coder.workflows.study.study import Study

_P = ParamSpec("_P")
_R = TypeVar("_R")


def names_damage(work: Callable[Concatenate[Study, _P], _R]) -> Callable[Concatenate[Study, _P], _R]:
    """Have a function of a study raise CoderError where a cell of its database is not what it should be.

    Such a cell may lead to any error. Where the database is whole, the error is the program's, and stays.
    """

    @wraps(work)
    def explained(study: Study, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return work(study, *args, **kwargs)
        except CoderError:
            raise
        except Exception as error:
            from coder.store.checks import faults

            database_faults = faults(study.database)
            if not database_faults:
                raise
            raise damaged(database_faults[0].message) from error

    return explained
