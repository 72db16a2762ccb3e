"""Moments as the log writes them."""

from __future__ import annotations

from datetime import datetime

from coder.errors import CoderError


def moment_of(text: str) -> datetime:
    """Read a moment of the log: `2026-11-21T21:04:05.123Z`; raise CoderError if it is none."""
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        msg = f"The study's database is damaged. {str(text)[:40]!r} is not a moment."
        raise CoderError(msg, "To see all that is wrong with it: coder check") from None


def local_moment(text: str) -> datetime:
    """Read a moment of the log as the clock on the wall had it; raise CoderError if it is none."""
    try:
        return moment_of(text).astimezone()
    except (OverflowError, ValueError):
        return moment_of(text)
