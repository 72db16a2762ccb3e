"""Amazon Mechanical Turk: one header row; `Input.*` is what was shown, `Answer.*` what was answered."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Mechanical Turk",
    header="one row of names",
    own_columns=frozenset({
        "hitid", "hittypeid", "maxassignments", "requesterannotation", "assignmentdurationinseconds",
        "autoapprovaldelayinseconds", "numberofsimilarhits", "lifetimeinseconds", "assignmentstatus",
        "accepttime", "submittime", "autoapprovaltime", "approvaltime", "rejectiontime",
        "requesterfeedback", "worktimeinseconds", "lifetimeapprovalrate", "last30daysapprovalrate",
        "last7daysapprovalrate",
    }),
    ordinary_columns=frozenset({
        "title", "description", "keywords", "reward", "creationtime", "expiration", "approve", "reject",
    }),
    personal_columns=frozenset({"workerid"}),
    own_pattern=r"input\..*",
    respondent_columns=("assignmentid",),
)  # fmt: skip
