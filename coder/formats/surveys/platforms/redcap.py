"""REDCap: one header row; events and repeated instruments have a row each, which are gathered."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "REDCap",
    header="one row, of names or of labels",
    own_columns=frozenset({
        "redcapeventname", "redcaprepeatinstrument", "redcaprepeatinstance", "redcapdataaccessgroup",
        "redcapsurveyidentifier", "redcaprandomizationnumber", "repeatinstrument",
        "repeatinstance", "dataaccessgroup",
    }),
    ordinary_columns=frozenset({"eventname", "surveyidentifier", "surveytimestamp"}),
    own_pattern=r"\w+_complete|\w+_timestamp|complete\?( \(\d+\))?",
    respondent_columns=("recordid",),
    first_identifies=True,
    fewest=1,
)  # fmt: skip
