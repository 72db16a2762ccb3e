"""Prolific: one header row; the platform's id of a participant is left out as a person's."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Prolific",
    header="one row of names",
    own_columns=frozenset({
        "startedat", "completedat", "reviewedat", "archivedat", "completioncode", "totalapprovals",
        "submissionapproved", "startedtime", "enteredcode", "customstudytncsacceptedat", "prolificscore",
    }),
    ordinary_columns=frozenset({
        "status", "timetaken", "studyid", "sessionid", "numapprovals", "numrejections",
    }),
    personal_columns=frozenset({"participantid", "prolificpid", "prolificid"}),
    respondent_columns=("submissionid", "sessionid"),
)  # fmt: skip
