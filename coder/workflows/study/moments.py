"""Moments of a study's past: a date, a time, or a version of its codebook."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from coder.errors import CoderError
from coder.store import codebook_versions, log

if TYPE_CHECKING:
    from coder.domain.codebook import Codebook
    from coder.store.codebook_versions import CodebookVersion
    from coder.store.database import Database

_VERSION = re.compile(r"v?([0-9]{1,6})")


class Past(NamedTuple):
    """A moment of a study's past."""

    step: int
    """The last step of the log until then; 0 before the first."""
    codebook: Codebook
    """The one in use then."""
    in_note: str
    """How a note names it: `at 2026-11-21T17:30:00.000Z`."""
    version: int
    """Of that codebook."""


def past_of(database: Database, text: str) -> Past:
    """Read a moment: a version of the codebook (`3`, `v3`: the end of its use), a date (its end) or a time.

    Raises:
        CoderError: The text is none of them, or the codebook has no such version.
    """
    number = version_number(text.strip())
    if number is not None:
        version = version_named(database, number)
        step = log.step_of_version(database, version.number)
        return Past(
            step, version.codebook, f"at the end of version {version.number} of the codebook", version.number
        )
    moment = log_moment(text)
    # What stood before the study was made is nothing, under its first codebook.
    version_then = codebook_versions.version_at(database, moment) or version_named(database, 1)
    return Past(log.step_at(database, moment), version_then.codebook, f"at {moment}", version_then.number)


def version_number(text: str) -> int | None:
    """Return the number of a version as people write it, `3` or `v3`; None if the text is none."""
    written = _VERSION.fullmatch(text)
    return int(written[1]) if written else None


def version_named(database: Database, number: int) -> CodebookVersion:
    """Return a version of the codebook; raise CoderError if the study never had it."""
    version = codebook_versions.version(database, number)
    if version is None:
        latest = codebook_versions.latest_version(database)
        msg = f"The study's codebook has no version {number}."
        hint = f"Its versions are 1 to {latest.number}: coder codebook history" if latest else ""
        raise CoderError(msg, hint)
    return version


def log_moment(text: str) -> str:
    """Return a date (its end) or a time as the log writes moments, in UTC.

    Raises:
        CoderError: The text is neither.
    """
    try:
        moment = datetime.combine(date.fromisoformat(text), time.max)
    except ValueError:
        moment = _time_of(text)
    try:
        moment = moment.astimezone(UTC)
    except (OverflowError, ValueError):
        msg = f"'{text}' is outside the years that can be told in UTC."
        raise CoderError(msg, "Name a time since the study was made.") from None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _time_of(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        msg = f"'{text}' is not a date or time."
        raise CoderError(msg, "Write it like 2026-11-21 or 2026-11-21T17:30.") from None
