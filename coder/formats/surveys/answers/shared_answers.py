"""Answers in cells that were merged over several rows: each of these respondents is given the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.surveys.survey_doubts import Doubt
from coder.formats.surveys.files.cell_texts import column_letters

if TYPE_CHECKING:
    from coder.domain.surveys.survey_layout import SurveyLayout
    from coder.formats.surveys.raw_tables import RawTable

_SUBJECT = "merged answers"
_SHOWN = 3


def with_shared_answers(raw: RawTable, layout: SurveyLayout) -> SurveyLayout:
    """Return the layout with a doubt if respondents share an answer because its cells are merged."""
    doubts = tuple(doubt for doubt in layout.doubts if doubt.subject != _SUBJECT)
    texts = {
        raw.place(column.position): column.position
        for column in layout.columns
        if raw.merged and column.role in ("open", "text")
    }
    shared: list[str] = []
    answers = 0
    for cells in raw.merged:
        position = texts.get(cells.first_column)
        if position is not None:
            rows = zip(raw.numbers, raw.column(position), strict=True)
            texts_given = sum(
                cells.first_row <= number <= cells.last_row and bool(text) for number, text in rows
            )
            if texts_given > 1:
                letters = column_letters(cells.first_column)
                shared.append(f"{letters}{cells.first_row}:{letters}{cells.last_row}")
                answers += texts_given
    if shared:
        where = f"{agreeing(len(shared), 'a cell', 'cells')} merged over several rows"
        message = (
            f"{counted(answers, 'answer')} stand in {where} ({listed_few(shared, _SHOWN)}): "
            "each of these respondents is given the text."
        )
        remedy = "--yes if each of them said so; else split these cells in the workbook, and import it then"
        doubts = (*doubts, Doubt(_SUBJECT, message, remedy))
    return replace(layout, doubts=doubts) if doubts != layout.doubts else layout
