"""Columns that are boxes of one question: `q15_1`, `q15_2`, `q15_3` are three items of Q15.

Boxes are columns that agree in wording, where there is one, and in kind: a closed column beside its text box
stays what it is. Without a wording the names have to say it: see `box_habits`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.surveys.box_choices import NO_BOX_CHOICES
from coder.formats.surveys.columns.box_doubts import BoxesInDoubt, doubt_about
from coder.formats.surveys.columns.box_habits import Habit, habit_of, is_code
from coder.formats.surveys.columns.box_kinds import could_be_box, of_one_kind
from coder.formats.surveys.columns.column_names import (
    box_of,
    is_lettered,
    is_wording,
    numbered_id,
    question_id,
)
from coder.formats.surveys.columns.wordings import (
    NO_LABEL,
    WordingReading,
    best_reading,
    readings_of,
    shared_reading,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.domain.surveys.box_choices import BoxChoices
    from coder.domain.surveys.survey_doubts import Doubt
    from coder.domain.surveys.survey_layout import SurveyColumn
    from coder.formats.surveys.columns.column_facts import ColumnFacts

_MOST_ITEMS = 20
_TOLD_APART = re.compile(r"(.*\S)(?: \(\d+(?:st|nd|rd|th)\)|(?<!\d)\.\d{1,2})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Grouping:
    """The columns with their questions and boxes, and where that is in doubt."""

    columns: tuple[SurveyColumn, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns that are boxes of one question; the one column of a question without boxes."""

    stem: str
    """What the question is called in the file."""
    columns: tuple[SurveyColumn, ...]
    reading: WordingReading | None = None
    """How their wordings say so; None where the names do."""
    is_chain: bool = False
    """Whether nothing but their wordings says that they belong together."""
    is_named: bool = False
    """Whether a person has named the question."""


def group_items(
    columns: Sequence[SurveyColumn],
    facts: Sequence[ColumnFacts],
    *,
    promote: bool,
    choices: BoxChoices = NO_BOX_CHOICES,
) -> Grouping:
    """Give each open column its question and item.

    Args:
        columns: All columns of a wide file.
        facts: What their values are like, by position; needed only to promote.
        promote: Whether a short or nearly empty box counts as open because the others of its question are.
        choices: What a person says about boxes.
    """
    settled = choices.settled
    free = [
        column
        for column in columns
        if column.position not in settled
        and (column.role == "open" or (promote and could_be_box(column, facts[column.position])))
    ]
    doubted: list[BoxesInDoubt] = []
    groups = [*_groups_chosen(columns, choices)]
    for group in _groups_found(_as_in_the_file(free, columns), columns, doubted):
        groups += _of_one_kind(group, facts) if promote else [group]
    for_questions = sorted(groups, key=lambda group: min(column.position for column in group.columns))
    placed = _placed(columns, for_questions)
    is_open = {column.position for column in placed if column.role == "open"}
    named = [
        replace(boxes, columns=tuple(columns[column.position] for column in boxes.columns))
        for boxes in doubted
    ]
    doubts = [doubt_about(boxes, facts) for boxes in named if boxes.positions <= is_open]
    return Grouping(placed, tuple(doubts))


def _as_in_the_file(free: Sequence[SurveyColumn], columns: Sequence[SurveyColumn]) -> list[SurveyColumn]:
    """Return columns without what told equal names apart: `Comments (2nd)`, or `Comments.1` by pandas."""
    names = {column.name for column in columns}
    originals = []
    for column in free:
        match = _TOLD_APART.fullmatch(column.name)
        is_copy = match is not None and match[1] in names
        originals.append(replace(column, name=match[1]) if match is not None and is_copy else column)
    return originals


def _of_one_kind(group: _Group, facts: Sequence[ColumnFacts]) -> list[_Group]:
    """Return the group without the columns that are closed; none if nothing in it is open."""
    is_numbered = group.reading is not None and group.reading.is_numbered
    members = of_one_kind(group.columns, facts, is_numbered=is_numbered)
    if group.is_chain and not is_numbered and 1 < len(members) < len(group.columns):
        # A wording that closed columns begin with, too, is that of a section.
        return _one_each(members)
    return [replace(group, columns=members)] if members else []


def _groups_chosen(columns: Sequence[SurveyColumn], choices: BoxChoices) -> Iterator[_Group]:
    in_joined: set[int] = set()
    for boxes in choices.joined:
        members = tuple(columns[position] for position in boxes.positions)
        members = tuple(column for column in members if column.role == "open")
        in_joined.update(boxes.positions)
        if members:
            yield _Group(boxes.name or _name_of(members), members, is_named=bool(boxes.name))
    for column in columns:
        if column.role == "open" and column.position in choices.apart - in_joined:
            yield _Group(column.name, (column,))


def _name_of(members: Sequence[SurveyColumn]) -> str:
    stems = {box_of(column.name).stem for column in members}
    return stems.pop() if len(stems) == 1 else members[0].name


def _groups_found(
    free: Sequence[SurveyColumn], columns: Sequence[SurveyColumn], doubted: list[BoxesInDoubt]
) -> Iterator[_Group]:
    """Yield the groups among the columns of which nobody has said where they belong."""
    alone: list[SurveyColumn] = []
    for members in _by_stem(free):
        if len(members) == 1:
            alone += members
            continue
        for group in _groups_of_stem(members, columns, doubted):
            if len(group.columns) == 1:
                alone += group.columns
            elif group.reading is not None and group.reading.is_vague:
                doubted.append(BoxesInDoubt(group.columns, are_joined=False, name=group.stem))
                yield from _one_each(group.columns)
            else:
                doubted += _items_in_doubt(group)
                yield group
    alone.sort(key=lambda column: column.position)
    shared_by_closed = _readings_of_closed(columns, {column.position for column in free})
    stems_and_names = _stems_and_names(columns)
    for chain in _chains(alone, shared_by_closed):
        if len(chain.columns) == 1:
            yield _Group(_lone_stem(chain.columns[0], stems_and_names), chain.columns)
            continue
        if chain.reading is None or chain.reading.is_vague:
            doubted.append(BoxesInDoubt(chain.columns, are_joined=False))
            yield from _one_each(chain.columns)
        else:
            doubted += _items_in_doubt(chain)
            yield chain


def _items_in_doubt(group: _Group) -> list[BoxesInDoubt]:
    """Return the doubt about a matrix, whose items may be boxes or a question each."""
    if group.reading is None or not group.reading.is_item:
        return []
    return [BoxesInDoubt(group.columns, are_joined=True, name=group.stem)]


def _by_stem(columns: Iterable[SurveyColumn]) -> list[list[SurveyColumn]]:
    groups: dict[tuple[str, bool] | int, list[SurveyColumn]] = {}
    for column in columns:
        box = box_of(column.name)
        key = (box.stem.casefold(), box.is_option_text) if box.number else column.position
        groups.setdefault(key, []).append(column)
    return list(groups.values())


def _groups_of_stem(
    members: Sequence[SurveyColumn], columns: Sequence[SurveyColumn], doubted: list[BoxesInDoubt]
) -> list[_Group]:
    """Return the groups among columns whose names differ in a number alone, by wording where there is one."""
    stem = box_of(members[0].name).stem
    habit = _habit(stem, members, columns)
    joined = habit in ("boxes", "perhaps boxes")
    if all(wording_of(column) for column in members):
        return _groups_by_wording(stem, members, same_wording_joins=joined)
    if habit in ("perhaps boxes", "perhaps questions"):
        doubted.append(BoxesInDoubt(tuple(members), are_joined=joined, name=stem))
    return [_Group(stem, tuple(members))] if joined else _one_each(members)


def _habit(stem: str, members: Sequence[SurveyColumn], columns: Sequence[SurveyColumn]) -> Habit:
    boxes = [box_of(column.name) for column in members]
    if boxes[0].is_option_text:
        return "boxes"
    positions = {column.position for column in members}
    others = [column.name for column in columns if column.position not in positions]
    return habit_of(stem, [column.name for column in members], [box.number for box in boxes], others)


def _one_each(columns: Iterable[SurveyColumn]) -> list[_Group]:
    return [_Group(column.name, (column,)) for column in columns]


def _groups_by_wording(
    stem: str, members: Sequence[SurveyColumn], *, same_wording_joins: bool
) -> list[_Group]:
    """Return columns whose names have a stem in common, those together whose wordings share a question."""
    gathering: list[tuple[list[SurveyColumn], dict[str, list[WordingReading]]]] = []
    numbers_by_key: dict[str, list[int]] = {}
    for column in members:
        readings = readings_of(wording_of(column), named_alike=True)
        alike = sorted({number for key in readings for number in numbers_by_key.get(key, ())})
        for joined, shared in (gathering[number] for number in alike):
            common = _in_common(shared, readings, same_box=same_wording_joins)
            if common:
                joined.append(column)
                shared.clear()
                shared.update(common)
                break
        else:
            for key in readings:
                numbers_by_key.setdefault(key, []).append(len(gathering))
            gathering.append(([column], {key: [reading] for key, reading in readings.items()}))
    groups: list[_Group] = []
    for joined, shared in gathering:
        reading = best_reading(list(map(shared_reading, shared.values()))) if len(joined) > 1 else None
        groups.append(_Group(stem if len(gathering) == 1 else joined[0].name, tuple(joined), reading))
    return groups


def _in_common(
    shared: dict[str, list[WordingReading]], readings: dict[str, WordingReading], *, same_box: bool
) -> dict[str, list[WordingReading]]:
    """Return the readings that a further column has in common with a group, whose boxes must differ."""
    return {
        key: [*ways, readings[key]]
        for key, ways in shared.items()
        if key in readings
        and (
            (same_box and not readings[key].box)
            or readings[key].box == NO_LABEL
            or readings[key].box not in [way.box for way in ways]
        )
    }


def _readings_of_closed(columns: Sequence[SurveyColumn], free: set[int]) -> frozenset[str]:
    """Return the questions that closed columns have in their wordings: of a matrix, or a whole section."""
    keys: set[str] = set()
    for column in columns:
        if column.position not in free and column.role == "attribute" and wording_of(column):
            readings = readings_of(wording_of(column))
            keys.update(key for key, reading in readings.items() if not reading.is_numbered)
    return frozenset(keys)


def _chains(columns: Sequence[SurveyColumn], of_closed: frozenset[str]) -> Iterator[_Group]:
    """Yield columns beside each other in the file whose wordings share a question.

    A chain without a reading has columns of the very same wording: they may be anything.
    """
    chain: list[SurveyColumn] = []
    shared: dict[str, list[WordingReading]] = {}
    for column in columns:
        wording = wording_of(column)
        called = wording or column.name
        readings = readings_of(wording) if wording else {}
        readings = {key: way for key, way in readings.items() if way.is_numbered or key not in of_closed}
        beside = bool(chain) and column.position == chain[-1].position + 1
        common = _in_common(shared, readings, same_box=False)
        is_same = beside and {called} == {wording_of(other) or other.name for other in chain}
        if beside and (common or (is_same and not any(way.is_numbered for way in readings.values()))):
            chain.append(column)
            shared = common
            continue
        if chain:
            yield _chain(chain, shared)
        chain, shared = [column], {key: [way] for key, way in readings.items()}
    if chain:
        yield _chain(chain, shared)


def _chain(columns: Sequence[SurveyColumn], shared: dict[str, list[WordingReading]]) -> _Group:
    if len(columns) == 1 or not shared:
        return _Group(columns[0].name, tuple(columns))
    reading = best_reading(list(map(shared_reading, shared.values())))
    named_by_wording = wording_of(columns[0]) == columns[0].name
    stem = reading.question if named_by_wording else columns[0].name
    return _Group(stem, tuple(columns), reading, is_chain=True)


def wording_of(column: SurveyColumn) -> str:
    """Return a column's wording, or its name if that is in words; empty where it has a code name alone."""
    if column.label and (column.label != column.name or " " in column.label):
        return column.label
    return column.name if " " in column.name.strip() and not is_code(column.name) else ""


def _stems_and_names(columns: Sequence[SurveyColumn]) -> Counter[str]:
    """Return, for each name and each stem of a name, how many columns that are kept have it."""
    kept = [column for column in columns if column.role != "ignore"]
    return Counter(called.casefold() for column in kept for called in {column.name, box_of(column.name).stem})


def _lone_stem(column: SurveyColumn, stems_and_names: Counter[str]) -> str:
    """Return the question of a box without siblings: `Q15` for `Q15_1_TEXT`, but `challenge1` for itself."""
    box = box_of(column.name)
    own = 0 if column.role == "ignore" else 1
    if stems_and_names[box.stem.casefold()] > own:
        return column.name
    numbered = box.stem[-1:].isdigit() and not is_lettered(column.name) and not is_wording(column.name)
    return box.stem if numbered and not column.name.removeprefix(box.stem).startswith(".") else column.name


def _placed(columns: Sequence[SurveyColumn], groups: Sequence[_Group]) -> tuple[SurveyColumn, ...]:
    placed = list(columns)
    taken: set[str] = {group.stem for group in groups if group.is_named}
    numbered = {numbered_id(column.name, column.label) for column in columns}
    for group in groups:
        label = group.columns[0].label
        identifier = group.stem if group.is_named else question_id(group.stem, label, taken, numbered)
        taken.add(identifier)
        is_first_open = next((column for column in group.columns if column.role == "open"), group.columns[0])
        for column, number in zip(group.columns, _items(group), strict=True):
            reason = column.reason
            if column.role != "open":
                reason = f"another box of the question of {is_first_open.name}"
            placed[column.position] = replace(
                columns[column.position], role="open", reason=reason, question_id=identifier, item=number
            )
    return tuple(placed)


def _items(group: _Group) -> Sequence[int]:
    boxes = [box_of(column.name) for column in group.columns]
    numbers = [box.number for box in boxes]
    meant = len(set(numbers)) == len(numbers) and min(numbers) >= 1 and max(numbers) <= _MOST_ITEMS
    of_one_stem = all(box.stem.casefold() == group.stem.casefold() for box in boxes)
    if not meant or boxes[0].is_option_text or group.is_named or not of_one_stem:
        return range(1, len(group.columns) + 1)
    return numbers
