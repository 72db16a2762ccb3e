"""A clock for the desk: what has been on screen for long enough is for a test to say."""

from __future__ import annotations


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now
