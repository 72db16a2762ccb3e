"""Microsoft Forms: one header row, whose names are the questions' wordings."""

from __future__ import annotations

from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.platform import Heading, Platform, Rows

_TIMES = frozenset({"starttime", "completiontime"})


def _read_heading(rows: Rows) -> Heading | None:
    names = tuple(" ".join(cell.split()) for cell in rows[0])
    if not {squeeze(name) for name in names[:3]} >= {"id", *_TIMES}:
        return None
    return Heading(names, ("",) * len(names), 1, "its own columns are left out")


PLATFORM = Platform(
    "Microsoft Forms",
    own_columns=_TIMES | {"lastmodifiedtime"},
    respondent_columns=("id",),
    read_heading=_read_heading,
)
