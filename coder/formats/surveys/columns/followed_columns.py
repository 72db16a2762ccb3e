"""Text columns that complete the closed question before them: they are labelled with both wordings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.formats.surveys.columns.question_items import wording_of
from coder.formats.surveys.columns.wordings import follows_another

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_layout import SurveyColumn

_ASKING_WORDS = 3
_LONGEST_LABEL = 300
_SHOWN = 50


def with_followed(columns: Sequence[SurveyColumn]) -> list[SurveyColumn]:
    """Give "Please explain" behind "Do you agree?" both wordings: by itself it says nothing."""
    labelled = list(columns)
    for column, before in zip(columns[1:], columns, strict=False):
        if column.role != "open" or before.role != "attribute":
            continue
        question, wording = wording_of(before), wording_of(column) or column.name
        bracket = f" [{question[:_SHOWN]}"
        if bracket in wording:  # equal names are told apart so: `Other [Which area do you live in?]`
            wording = wording.partition(bracket)[0]
        if not wording or not follows_another(wording) or wording.casefold().startswith(question.casefold()):
            continue
        if _asks(question) and len(question) + len(wording) <= _LONGEST_LABEL:
            labelled[column.position] = replace(column, label=f"{question} - {wording}")
    return labelled


def _asks(wording: str) -> bool:
    """Tell whether a closed column's wording is a question, and no row of one (`Rate us [Food]`)."""
    return wording.rstrip().endswith("?") or (
        len(wording.split()) >= _ASKING_WORDS and not wording.rstrip().endswith((")", "]"))
    )
