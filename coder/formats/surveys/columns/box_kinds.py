"""Whether columns that could be boxes of one question are of one kind: all for text, or some closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.surveys.columns.closed_answers import CLOSED_ANSWERS
from coder.formats.surveys.columns.column_names import box_of, is_technical
from coder.formats.surveys.columns.people import identifies_person
from coder.formats.surveys.columns.wordings import completes_a_choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_layout import SurveyColumn
    from coder.formats.surveys.columns.column_facts import ColumnFacts

_MOSTLY = 0.5
_FEW = 10
_OPTION_REPEATS = 3
"""So often each value of a closed column stands there on average, at least."""
_MOST_OPTIONS = 15
_FEWEST_SHORT_ANSWERS = 10


def could_be_box(column: SurveyColumn, facts: ColumnFacts) -> bool:
    """Tell whether a column that does not read like free text might still be a short or nearly empty box."""
    if column.role not in ("attribute", "ignore") or facts.options_only:
        return False
    if facts.personal_kind or is_technical(column.name):
        return False
    if identifies_person(column.name) or identifies_person(column.label):
        return False
    return max(facts.numbers, facts.dates) < _MOSTLY


def of_one_kind(
    columns: tuple[SurveyColumn, ...], facts: Sequence[ColumnFacts], *, is_numbered: bool
) -> tuple[SurveyColumn, ...]:
    """Return those of a question's columns that are boxes for text; none if there is no such box.

    Args:
        columns: Whose names or wordings say that they belong together.
        facts: By position.
        is_numbered: Whether their wordings say that they are box 1, 2, 3 of the same.
    """
    open_ones = tuple(column for column in columns if column.role == "open")
    if not open_ones:
        return columns if is_numbered and len(columns) > 1 and _are_short_texts(columns, facts) else ()
    filled = [column for column in columns if facts[column.position].filled]
    if any(box_of(column.name).is_option_text for column in columns) or 2 * len(open_ones) < len(filled):
        return open_ones
    if any(completes_a_choice(column.label or column.name) for column in open_ones):
        return open_ones
    return tuple(c for c in columns if c.role == "open" or not _is_closed(c, facts[c.position]))


def _is_closed(column: SurveyColumn, facts: ColumnFacts) -> bool:
    if facts.answers and all(sample.casefold() in CLOSED_ANSWERS for sample in facts.samples):
        return True
    if column.role == "ignore" and facts.distinct == 1 and facts.rows == facts.filled > 1:
        return True
    if facts.answers < _FEW:
        return facts.answers >= _OPTION_REPEATS and 2 * facts.different <= facts.answers
    return facts.different <= _MOST_OPTIONS and facts.answers >= _OPTION_REPEATS * facts.different


def _are_short_texts(columns: Sequence[SurveyColumn], facts: Sequence[ColumnFacts]) -> bool:
    """Tell whether boxes hold what people typed, though none reads like free text: trades, tools, places."""
    answers = sum(facts[column.position].answers for column in columns)
    different = sum(facts[column.position].different for column in columns)
    samples = [sample.casefold() for column in columns for sample in facts[column.position].samples]
    if len(set(samples)) <= _MOSTLY * len(samples):  # the same few in every box: a scale that few have filled
        return False
    return answers >= _FEWEST_SHORT_ANSWERS and different >= _MOSTLY * answers
