"""What is said where neither wordings nor names settle whether columns are boxes of one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import counted, listed_few
from coder.domain.near_names import name_list
from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.texts.shell_quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_layout import SurveyColumn
    from coder.formats.surveys.columns.column_facts import ColumnFacts

SUBJECT = "boxes or questions"
_NAMES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class BoxesInDoubt:
    """Columns that may be boxes of one question, or a question each."""

    columns: tuple[SurveyColumn, ...]
    are_joined: bool
    """What they are taken for."""
    name: str = ""
    """What the question would be called."""

    @property
    def positions(self) -> frozenset[int]:
        """Where the columns stand."""
        return frozenset(column.position for column in self.columns)


def doubt_about(boxes: BoxesInDoubt, facts: Sequence[ColumnFacts]) -> Doubt:
    """Return what a person has to settle about some columns."""
    names = [column.name for column in boxes.columns]
    answers = sum(facts[column.position].filled for column in boxes.columns) if facts else 0
    count = f" ({counted(answers, 'answer')})" if answers else ""
    taken = "boxes of one question" if boxes.are_joined else f"{len(names)} questions"
    shown = listed_few([f"'{name}'" for name in names], _NAMES_SHOWN)
    message = f"{shown}{count} are taken for {taken}; neither wordings nor numbers say what they are."
    join = quoted(f"{boxes.name or 'NAME'}={name_list(names)}")
    parts = " ".join(f"--apart {quoted(name)}" for name in names)
    remedy = f"--boxes {join} if they are boxes of one question; {parts} if each is a question"
    return Doubt(SUBJECT, message, remedy, "-" if boxes.are_joined else "+")
