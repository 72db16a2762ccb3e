"""Columns that are boxes of one question: `q15_1`, `q15_2`, `q15_3` are three items of Q15."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.formats.surveys.columns.column_names import (
    box_of,
    is_lettered,
    is_wording,
    question_id,
    shared_wording,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.surveys.survey_layout import SurveyColumn
    from coder.formats.surveys.columns.column_facts import ColumnFacts

_MOST_ITEMS = 20
_MOSTLY = 0.5


def group_items(
    columns: Sequence[SurveyColumn], facts: Sequence[ColumnFacts], *, promote: bool
) -> tuple[SurveyColumn, ...]:
    """Give each open column its question and item.

    Args:
        columns: All columns of a wide file.
        facts: What their values are like, by position; needed only to promote.
        promote: Whether a nearly empty box counts as open because the others of its question are.
    """
    if promote:
        columns = _with_siblings(columns, facts)
    placed = list(columns)
    taken: set[str] = set()
    for stem, group in _questions([column for column in columns if column.role == "open"]):
        identifier = question_id(stem, group[0].label, taken)
        taken.add(identifier)
        for column, number in zip(group, _items(stem, group), strict=True):
            placed[column.position] = replace(column, question_id=identifier, item=number)
    return tuple(placed)


def _with_siblings(columns: Sequence[SurveyColumn], facts: Sequence[ColumnFacts]) -> list[SurveyColumn]:
    revised = list(columns)
    for group in _by_stem(columns):
        filled = [column for column in group if facts[column.position].filled]
        open_ones = [column for column in group if column.role == "open"]
        if not open_ones or 2 * len(open_ones) < len(filled) or box_of(group[0].name).is_option_text:
            continue
        for column in group:
            fact = facts[column.position]
            if column.role in ("attribute", "ignore") and max(fact.numbers, fact.dates) < _MOSTLY:
                reason = f"another box of the question of {open_ones[0].name}"
                revised[column.position] = replace(column, role="open", reason=reason)
    return revised


def _by_stem(columns: Iterable[SurveyColumn]) -> list[list[SurveyColumn]]:
    groups: dict[tuple[str, bool] | int, list[SurveyColumn]] = {}
    for column in columns:
        box = box_of(column.name)
        key = (box.stem.casefold(), box.is_option_text) if box.number else column.position
        groups.setdefault(key, []).append(column)
    return list(groups.values())


def _questions(columns: Sequence[SurveyColumn]) -> list[tuple[str, list[SurveyColumn]]]:
    """Return each question's name and columns: those whose wordings differ are questions of their own."""
    questions: list[tuple[str, list[SurveyColumn]]] = []
    for group in _by_stem(columns):
        labels = [column.label for column in group]
        if len(group) == 1:
            questions.append((_lone_stem(group[0]), group))
        elif all(labels) and not shared_wording(labels):
            questions += [(column.name, [column]) for column in group]
        else:
            questions.append((box_of(group[0].name).stem, group))
    return questions


def _lone_stem(column: SurveyColumn) -> str:
    """Return the question of a box without siblings: `Q15` for `Q15_1_TEXT`, but `challenge1` for itself."""
    box = box_of(column.name)
    numbered = box.stem[-1:].isdigit() and not is_lettered(column.name) and not is_wording(column.name)
    return box.stem if numbered and not column.name.removeprefix(box.stem).startswith(".") else column.name


def _items(stem: str, group: Sequence[SurveyColumn]) -> Sequence[int]:
    boxes = [box_of(column.name) for column in group]
    numbers = [box.number for box in boxes]
    meant = len(set(numbers)) == len(numbers) and min(numbers) >= 1 and max(numbers) <= _MOST_ITEMS
    if not meant or boxes[0].is_option_text or stem == group[0].name:
        return range(1, len(group) + 1)
    return numbers
