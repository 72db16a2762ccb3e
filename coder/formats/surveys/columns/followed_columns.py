"""Text columns that complete the closed question before them: they are labelled with both wordings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.formats.surveys.columns.question_items import wording_of
from coder.formats.surveys.columns.text_names import asks_for_text
from coder.formats.surveys.columns.wordings import follows_another, share_a_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_layout import SurveyColumn

_ASKING_WORDS = 3
_LONGEST_LABEL = 300
_TOLD_APART = re.compile(r"(.{1,40}?) (?:\[.*\]|\(\d+(?:st|nd|rd|th)\))", re.DOTALL)


def with_followed(columns: Sequence[SurveyColumn]) -> list[SurveyColumn]:
    """Give "Please explain" behind "Do you agree?" both wordings: by itself it says nothing.

    "Comments" at the end of a file are on the whole survey, unless they stand behind other questions, too.
    """
    labelled = list(columns)
    last = max((column.position for column in columns if column.role in ("open", "attribute")), default=0)
    uses = Counter(_without_question(column).casefold() for column in columns)
    for column, before in zip(columns[1:], columns, strict=False):
        if column.role != "open" or before.role != "attribute":
            continue
        question, wording = wording_of(before), _without_question(column)
        if not wording or not follows_another(wording) or wording.casefold().startswith(question.casefold()):
            continue
        is_last = column.position == last and uses[wording.casefold()] == 1
        if share_a_question(question, wording) or (is_last and asks_for_text([wording])):
            continue
        if _asks(question) and len(question) + len(wording) <= _LONGEST_LABEL:
            labelled[column.position] = replace(column, label=f"{question} - {wording}")
    return labelled


def _without_question(column: SurveyColumn) -> str:
    """Return a wording without what tells equal names apart: `Why? [Do you agree?]`, `Why? (2nd)`."""
    wording = wording_of(column) or column.name
    match = _TOLD_APART.fullmatch(wording)
    return match[1] if match else wording


def _asks(wording: str) -> bool:
    """Tell whether a closed column's wording is a question, and no row of one (`Rate us [Food]`)."""
    return wording.rstrip().endswith("?") or (
        len(wording.split()) >= _ASKING_WORDS and not wording.rstrip().endswith((")", "]"))
    )
