"""Jisc Online surveys, once BOS: one header row of numbered wordings, `4. What next? - First`."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Jisc Online Surveys",
    header="one row of numbered wordings; boxes stand behind (`4. Question - First`)",
    own_columns=frozenset({
        "datesubmitted", "submissiondate", "completiondate", "pageofcompletion", "tokenname",
        "surveyaccesscode", "bosresponseid",
    }),
    ordinary_columns=frozenset({"status", "started", "completed", "language", "progress"}),
    respondent_columns=("uniqueresponsenumber", "responseid"),
)  # fmt: skip
