"""Typeform: one header row of wordings behind `#`; choices are columns, and several are `Other`."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Typeform",
    header="one row of wordings; `#` is the first name; equal names are told apart",
    own_columns=frozenset({"networkid", "startdateutc", "submitdateutc", "stagedateutc"}),
    ordinary_columns=frozenset({
        "responsetype", "startdate", "submitdate", "stagedate", "tags", "ending", "winningoutcomeid",
        "score", "submittedat", "token",
    }),
    respondent_columns=("responseid",),
    fewest=2,
)  # fmt: skip
