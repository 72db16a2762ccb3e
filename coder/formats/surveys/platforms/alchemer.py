"""Alchemer, once SurveyGizmo: one header row; the box stands before the wording, `Box #1:Question`."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Alchemer",
    header="one row of wordings; boxes stand in front (`Box #1:Question`)",
    own_columns=frozenset({
        "timestarted", "datesubmitted", "contactid", "legacycomments", "extendedreferer",
        "extendeduseragent", "longlat", "responsestatus",
    }),
    ordinary_columns=frozenset({
        "status", "language", "referer", "referrer", "sessionid", "useragent", "tags", "city", "postal",
        "ipaddress", "longitude", "latitude", "link", "dmacode", "surveylink", "surveylinkname", "sguid",
        "istestdata",
    }),
    personal_columns=frozenset({"ipaddress", "longitude", "latitude", "longlat", "postal"}),
    respondent_columns=("responseid", "id"),
    test_marks=(("istestdata", frozenset({"1", "yes", "true"})),
                ("status", frozenset({"test", "testdata", "test data"})),),
)  # fmt: skip
