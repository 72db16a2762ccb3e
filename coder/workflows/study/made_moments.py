"""When a table, a report or a file for others counts as made: two equal runs are to give equal files."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from coder.errors import CoderError
from coder.store import log

EPOCH = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 that programs take for the present: https://reproducible-builds.org/specs/source-date-epoch."""


def moment_made(stated: str = "") -> str:
    """Return when something counts as made, in UTC: as stated, else as `SOURCE_DATE_EPOCH` says, else now.

    Args:
        stated: A day (`2026-11-22`), which stays a day, or a moment; without a zone it is local.

    Raises:
        CoderError: What is stated is neither, or `SOURCE_DATE_EPOCH` is no number of seconds.
    """
    if stated:
        return _stated(stated.strip())
    if seconds := os.environ.get(EPOCH, "").strip():
        return _to_the_second(_of_epoch(seconds))
    return f"{log.utc_now().partition('.')[0]}Z"


def day_made(stated: str = "") -> date:
    """Return the day of such a moment; now, and of a moment that is stated, by the clock on the wall.

    Raises:
        CoderError: As `moment_made`.
    """
    if not stated and not os.environ.get(EPOCH, "").strip():
        return datetime.now().astimezone().date()
    moment = datetime.fromisoformat(moment_made(stated))
    return (moment.astimezone() if stated and moment.tzinfo else moment).date()


def _stated(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        return _to_the_second(datetime.fromisoformat(text).astimezone(UTC))
    except (OverflowError, ValueError):
        msg = f"'{text}' is no date."
        raise CoderError(msg, "Write it like 2026-11-22 or 2026-11-22T17:30.") from None


def _of_epoch(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OSError, OverflowError, ValueError):
        msg = f"{EPOCH} is '{seconds}', which is no number of seconds since 1970."
        raise CoderError(
            msg, "Set it to one, such as 1795305600, or take it out of the environment."
        ) from None


def _to_the_second(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"
