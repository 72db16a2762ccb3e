"""LimeSurvey: one header row; the boxes of a question are sub-questions, `Q15[SQ001]`."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "LimeSurvey",
    own_columns=frozenset({
        "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "refurl",
        "interviewtime",
    }),
    respondent_columns=("id",),
    box_mark="SQ",
)  # fmt: skip
