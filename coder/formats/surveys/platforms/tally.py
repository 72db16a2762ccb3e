"""Tally: one header row of wordings behind the ids of submission and respondent."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Tally",
    header="one row of wordings; each option has a column, `Question (Option)`",
    own_columns=frozenset({"submittedat"}),
    fewest=2,
    respondent_columns=("submissionid", "respondentid"),
)
