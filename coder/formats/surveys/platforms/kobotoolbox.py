"""KoboToolbox and ODK: one header row of paths (`group/name`) or labels; `_uuid` and the like are its own."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "KoboToolbox",
    header="one row, of names, paths (`group/name`) or labels",
    own_columns=frozenset({
        "_uuid", "_submission_time", "_validation_status", "_submitted_by", "_parent_index",
        "_parent_table_name", "_xform_id_string", "_submission__id", "_submission__uuid", "formhub/uuid",
        "meta/instanceid", "meta-instanceid", "metainstanceid", "instanceid", "instancename",
        "metainstancename", "submitterid", "submittername", "attachmentspresent", "attachmentsexpected",
        "formversion", "reviewstate",
    }),
    ordinary_columns=frozenset({
        "start", "end", "today", "deviceid", "simserial", "simid", "subscriberid", "phonenumber", "audit",
        "_id", "_index", "_status", "_tags", "_notes", "__version__", "_version_", "_version__001", "key",
        "submissiondate", "starttime", "endtime", "devicephonenum", "calculateduration", "_attachments",
        "_geolocation", "_bamboo_dataset_id", "status", "edits", "background-audio",
    }),
    personal_columns=frozenset({"username", "enumerator", "_submitted_by", "submittedby", "phonenumber"}),
    own_pattern=r"_.*_(latitude|longitude|altitude|precision)|.*_url|(.*/)?_?version_*(_\d+)?",
    respondent_columns=("id", "uuid", "instanceid", "key"),
)  # fmt: skip
