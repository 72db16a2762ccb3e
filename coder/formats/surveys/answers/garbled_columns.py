"""Garbled text in columns that are kept: what is left out need not be told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.formats.shared.encodings.garbled import SUBJECT, garbled_doubts

if TYPE_CHECKING:
    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable


def with_garbled(raw: RawTable, layout: SurveyLayout) -> SurveyLayout:
    """Return the layout with the doubts about garbled text as its columns are now."""
    if all(doubt.subject != SUBJECT for doubt in raw.doubts):
        return layout
    kept = [column for column in layout.columns if column.role != "ignore"]
    rows = [
        [column.name for column in kept],
        [column.label for column in kept if column.label != column.name],
    ]
    rows += [[row[column.position] for column in kept] for row in raw.rows]
    others = [doubt for doubt in layout.doubts if doubt.subject != SUBJECT]
    return replace(layout, doubts=(*others, *garbled_doubts("\n".join(map("\n".join, rows)), rows)))
