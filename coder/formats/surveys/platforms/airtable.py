"""Airtable: one header row of field names; what it knows of a record by itself is left out."""

from __future__ import annotations

from coder.formats.surveys.platform import Platform

PLATFORM = Platform(
    "Airtable",
    header="one row of names",
    own_columns=frozenset({"createdtime", "lastmodifiedtime", "lastmodifiedby"}),
    ordinary_columns=frozenset({"created", "createdby", "lastmodified", "attachments"}),
    personal_columns=frozenset({"createdby", "lastmodifiedby"}),
    respondent_columns=("recordid", "autonumber"),
    fewest=2,
)
