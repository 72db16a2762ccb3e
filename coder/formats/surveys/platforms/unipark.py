"""Unipark (Tivian EFS): one header row of codes, `v_12`; who answered is lfdn."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Unipark",
    header="one row of codes, or two with wordings in the second",
    own_columns=frozenset({
        "dispcode", "externallfdn", "browserversion", "rtsmodus", "resumelimit", "quotaassignment",
        "quotarejectedid", "screenres", "pagehistory", "hflip", "vflip", "outputmode", "lastrequest",
    }),
    ordinary_columns=frozenset({
        "tester", "lastpage", "quality", "duration", "browser", "referer", "deviceid", "quota", "flash",
        "session", "language", "cleaned", "javascript", "ats", "datetime", "dateoflastaccess",
        "dateoffirstmail", "useragent", "resolution", "mailsent",
    }),
    own_pattern=r"rts\d+|c_\d{4}|p_\d{4}|r_\d{4}|page_history.*|quota_\w+",
    respondent_columns=("lfdn",),
    test_marks=(("tester", frozenset({"1", "yes", "ja", "true", "tester"})),),
)  # fmt: skip
