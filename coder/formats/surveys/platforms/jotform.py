"""JotForm: one header row of wordings behind a date; who answered is the Submission ID at the end."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "JotForm",
    header="one row of wordings behind a date",
    own_columns=frozenset({"submissiondate", "lastupdatedate", "submissionip", "submissionediturl"}),
    ordinary_columns=frozenset({"flowstatus", "approvalstatus", "tags"}),
    personal_columns=frozenset({"submissionip", "ip"}),
    respondent_columns=("submissionid",),
    fewest=2,
)
