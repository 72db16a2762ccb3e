"""The one kind of error a person sees: what is wrong and where, then the next thing to do."""

from __future__ import annotations


class CoderError(Exception):
    """Say what is wrong and where (`message`), then what to do next (`hint`).

    Args:
        message: What happened, naming the file, row and column where there are any.
        hint: The next command or edit that mends it; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class NotSavedError(CoderError):
    """A change that did not reach the disk; what was shown as saved before stands."""


class BusyError(NotSavedError):
    """A change that did not reach the disk as another program was writing; it may be tried again."""


class ReadOnlyError(CoderError):
    """A change to a study that can only be read where it lies; nothing was changed."""


class OutdatedError(CoderError):
    """Something was planned against a state that somebody has changed meanwhile."""


class CancelledError(CoderError):
    """Long work that the user stopped; nothing of it was kept."""

    def __init__(self, message: str = "Cancelled. Nothing was changed.") -> None:
        super().__init__(message)
