"""Codes that stand for no answer among texts (`99`, `999`): a person has to say that they do.

Negative ones (`-99`, `-66`) are no answer in any study: see `coder.domain.nonresponse`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed
from coder.domain.surveys.survey_doubts import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

_SUBJECT = "codes for no answer"
_CODES = frozenset({"99", "999", "9999", "98", "97", "88", "77", "66", "998", "888"})
_FEWEST = 3
"""A number that so many gave as their answer is a code, in a column of texts."""


def with_missing_codes(raw: RawTable, layout: SurveyLayout) -> SurveyLayout:
    """Return the layout with a doubt if one and the same number stands for many answers among texts."""
    doubts = tuple(doubt for doubt in layout.doubts if doubt.subject != _SUBJECT)
    columns = [column for column in layout.columns if column.role in ("open", "text")]
    uses = {column.name: _codes_in(raw.column(column.position)) for column in columns}
    if any(uses.values()):
        cells = sum(times for codes in uses.values() for times in codes.values())
        shown = {
            name: [f"{code} {times:,}x" for code, times in codes.items()] for name, codes in uses.items()
        }
        where = listed([f"{', '.join(codes)} in '{name}'" for name, codes in shown.items() if codes])
        verb = agreeing(cells, "is a number", "are a number")
        message = f"{counted(cells, 'answer')} among texts {verb} that often stands for none ({where})."
        remedy = "leave these cells blank in the file if it does; --yes to keep them as answers"
        doubts = (*doubts, Doubt(_SUBJECT, message, remedy))
    return replace(layout, doubts=doubts) if doubts != layout.doubts else layout


def _codes_in(cells: Sequence[str]) -> dict[str, int]:
    counts = {code: cells.count(code) for code in _CODES.intersection(cells)}
    return {code: times for code, times in sorted(counts.items()) if times >= _FEWEST}
