"""SmartSurvey: one header row of wordings, or two with boxes below; who answered is UserID."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "SmartSurvey",
    header="one row of wordings, or two with boxes in the second",
    own_columns=frozenset({"userno", "trackinglink", "collectorname"}),
    ordinary_columns=frozenset({
        "started", "ended", "completed", "name", "email", "ipaddress", "language", "device", "browser",
        "os", "operatingsystem", "timetaken", "status", "pagepath", "username", "referrer", "dummy",
    }),
    personal_columns=frozenset({"name", "email", "ipaddress", "username"}),
    respondent_columns=("userid", "userno"),
)  # fmt: skip
