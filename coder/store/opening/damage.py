"""How a person is told that a study's database holds what cannot be in it."""

from __future__ import annotations

from coder.errors import CoderError


def damaged(fault: str) -> CoderError:
    """Return the error for something in a database that the program cannot have written.

    Args:
        fault: What it is, as a sentence.
    """
    hint = "Restore a copy of the study. To see all that is wrong with this one: coder check"
    return CoderError(f"The study's database is damaged. {fault}", hint)
