"""Qualtrics: names in row 1, wordings in row 2 and, in most exports, import ids in row 3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.platform import Heading, Platform, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence


def _read_heading(rows: Rows) -> Heading | None:
    names = tuple(name.strip() for name in rows[0])
    if len(rows) == 1 or len(rows[1]) != len(names):
        return None
    has_import_ids = any("ImportId" in row[0] for row in rows[2:3])
    if not has_import_ids and not _has_response_ids(names, rows[1]):
        return None
    height = 3 if has_import_ids else 2
    labels = tuple(" ".join(cell.split()) for cell in rows[1])
    return Heading(names, labels, height, f"{height} header rows, wording kept")


def _has_response_ids(names: Sequence[str], wordings: Sequence[str]) -> bool:
    """Tell whether the first column named ResponseId has the wording that Qualtrics gives it."""
    position = next((n for n, name in enumerate(names) if squeeze(name) == "responseid"), None)
    return position is not None and wordings[position].strip() == "Response ID"


PLATFORM = Platform(
    "Qualtrics",
    own_columns=frozenset({
        "startdate", "enddate", "status", "progress", "durationinseconds", "finished", "recordeddate",
        "responseid", "externalreference", "externaldatareference", "distributionchannel", "userlanguage",
    }),
    respondent_columns=("responseid",),
    text_suffix="text",
    read_heading=_read_heading,
)  # fmt: skip
