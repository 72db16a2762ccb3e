"""SoSci Survey: codes in row 1 and, in most exports, wordings in row 2; who answered is CASE."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "SoSci Survey",
    header="one row of codes, or two with wordings in the second",
    own_columns=frozenset({"questnnr", "timersi", "timesum", "maxpage", "missrel", "degtime", "mailsent"}),
    ordinary_columns=frozenset({
        "serial", "ref", "mode", "language", "started", "lastdata", "status", "finished", "qviewer",
        "lastpage", "missing",
    }),
    own_pattern=r"time\d{3}(_\w+)?|deg_time",
    respondent_columns=("case",),
    test_marks=(("mode", frozenset({"admin", "debug", "pretest", "test"})),),
)  # fmt: skip
