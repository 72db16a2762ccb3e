"""Long work of the import screen, in threads that can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.worker import get_current_worker

from coder.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen
    from textual.worker import Worker


class Advanced(Message):
    """Long work has come so far."""

    def __init__(self, done: int, total: int | None) -> None:
        super().__init__()
        self.done = done
        self.total = total

    def can_replace(self, message: Message) -> bool:
        """Let only the newest be shown."""
        return isinstance(message, Advanced)


class ImportThreads:
    """One thread that reads a file or makes the study, and one that counts what an import would keep.

    Args:
        screen: Is sent `Advanced`, and Textual's messages of workers.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._main: Worker[Any] | None = None
        self._counter: Worker[Any] | None = None
        self._stop_asked = False

    @property
    def busy(self) -> bool:
        """Whether the file or a codebook is being read, or the study being made."""
        return self._main is not None and not self._main.is_finished

    @property
    def stopping(self) -> bool:
        """Whether what `begin` began has been told to stop, and has not stopped yet."""
        return self.busy and self._stop_asked

    def begin(self, read_or_make: Callable[[], object]) -> None:
        """Begin to read the file or a codebook, or to make the study."""
        self._stop_asked = False
        self._main = self._screen.run_worker(read_or_make, thread=True, exit_on_error=False)

    def stop(self) -> None:
        """Have what is under way give up at its next step."""
        self._stop_asked = True

    def count(self, count: Callable[[], object]) -> None:
        """Begin to count, in place of a count that is under way."""
        self._counter = self._screen.run_worker(
            count, group="count", thread=True, exclusive=True, exit_on_error=False
        )

    def is_latest(self, worker: Worker[Any]) -> bool:
        """Tell whether no later thread has taken this one's place."""
        return worker in {self._main, self._counter}

    def check(self, _done: int, _total: int | None) -> None:
        """Give up, within a thread, if what it works out is not wanted any more.

        Raises:
            CancelledError: It is not.
        """
        if self.stopping or get_current_worker().is_cancelled:
            raise CancelledError

    def advance(self, done: int, total: int | None) -> None:
        """Say, within a thread, how far it has come; give up as `check` does."""
        self.check(done, total)
        self._screen.post_message(Advanced(done, total))
