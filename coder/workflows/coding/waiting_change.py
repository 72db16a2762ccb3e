"""A change that waits while another program holds the study: one, and none behind it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from coder.errors import BusyError, CoderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coder.store.database import Database

Outcome = TypeVar("Outcome")

_RETRY_PATIENCE = 0.02
"""Seconds to wait when a change is tried again: the screen is to go on meanwhile."""


class WaitingChange(Generic[Outcome]):
    """At most one change of a session that could not be saved yet.

    Args:
        patience: Seconds after which a change waits here, to be tried again; None: it waits as long as the
            database does, and is then an error.
    """

    def __init__(self, patience: float | None = None) -> None:
        self.patience = patience
        self.because: BusyError | None = None
        """Why the latest change that waits, or waited, could not be saved."""
        self.afterwards: Callable[[], object] | None = None
        """What is to be done once the change is saved; forgotten if it never is."""
        self._again: Callable[[], Outcome | None] | None = None
        self._before: Callable[[], object] = _nothing
        self._after: Callable[[], object] = _nothing

    @property
    def waits(self) -> bool:
        """Whether there is a change that waits."""
        return self._again is not None

    @contextmanager
    def transaction(self, database: Database, again: Callable[[], Outcome | None]) -> Iterator[None]:
        """Do the block in a transaction; where another program holds the study, the change waits.

        Args:
            database: The study's.
            again: Does the change once more.

        Raises:
            BusyError: Another program holds the study; the change waits, if this is patient so long.
            CoderError: Another change waits already.
        """
        if self.waits:
            msg = "Not done: another change waits until the study can be written to."
            raise CoderError(msg, "Wait until it is saved, or give it up with Esc.")
        try:
            with database.transaction(self.patience):
                self._before()
                yield
                self._after()
        except BusyError as error:
            if self.patience is not None:
                self._again, self.because = again, error
            raise

    @contextmanager
    def along_with(
        self, before: Callable[[], object] | None = None, after: Callable[[], object] | None = None
    ) -> Iterator[None]:
        """Do more in the transaction of the change that is made meanwhile; that change does not wait.

        Args:
            before: Done before the change.
            after: Done after it; what it raises takes the change back, too.
        """
        patience, self.patience = self.patience, None
        self._before, self._after = before or _nothing, after or _nothing
        try:
            yield
        finally:
            self.patience, self._before, self._after = patience, _nothing, _nothing

    def try_again(self) -> Outcome | None:
        """Do the change that waits; where the study is still held, raise BusyError and have it wait on."""
        again, patience = self._again, self.patience
        if again is None:
            return None
        self._again, self.patience = None, _RETRY_PATIENCE
        try:
            return again()
        finally:
            self.patience = patience

    def give_up(self) -> bool:
        """Forget the change that waits; tell whether there was one."""
        had_one, self._again, self.afterwards = self.waits, None, None
        return had_one


def _nothing() -> None:
    """Do nothing."""
