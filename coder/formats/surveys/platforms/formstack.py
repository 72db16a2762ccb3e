"""Formstack: one header row of wordings; who answered is the Unique ID."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Formstack",
    header="one row of wordings",
    own_columns=frozenset({"referringurl", "paymentgatewayresponse", "uniquesubmissionid"}),
    ordinary_columns=frozenset({
        "browser", "ipaddress", "latitude", "longitude", "approvalstatus", "useragent",
    }),
    personal_columns=frozenset({"ipaddress", "latitude", "longitude"}),
    respondent_columns=("uniqueid",),
)  # fmt: skip
