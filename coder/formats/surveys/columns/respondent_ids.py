"""Which column says who answered, and what is in doubt about its ids."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.grammar import agreeing, counted, listed_few
from coder.domain.surveys.survey_doubts import Doubt
from coder.domain.surveys.survey_layout import CHOSEN
from coder.domain.texts.invisible import tidied
from coder.formats.surveys import known_platforms
from coder.formats.surveys.cell_values import squeeze
from coder.formats.surveys.columns.column_names import is_technical, respondent_names
from coder.formats.surveys.columns.people import identifies_person
from coder.formats.surveys.row_ids import alike_ids, has_point_nought, id_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.import_choices import ImportChoices
    from coder.domain.surveys.survey_layout import Shape, SurveyColumn, SurveyLayout
    from coder.formats.surveys.columns.column_facts import ColumnFacts
    from coder.formats.surveys.raw_tables import RawTable

_NEARLY_ALL = 0.9
_MOSTLY = 0.5
_ID_VALUE = re.compile(r"[\w\-./]{1,40}")
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+\d{2,}", re.IGNORECASE)
_NUMBER_NAME = re.compile(r"(?:^|[\W_])(?:ids?|uid|nr|no|code|number|nummer|key)(?:$|[\W_])", re.IGNORECASE)
_LIKE_ROUNDED = re.compile(r"\dE\+\d|\d{16}", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{16,}")
_EXACT_DIGITS = 15
"""So many digits of a number a spreadsheet keeps; it writes noughts for the others."""
_FEWEST_LONG = 3
_FEW = 10
"""Rows among which values may all differ by chance: those without digits are no ids then."""
_EXAMPLES = 3

_CODES = frozenset({"code", "key", "no", "number", "nr", "index", "row"})
"""What a first column is called that tells rows apart, also where there are few."""

SUBJECT = "ids"

_NO_EFFECT = "--number-blanks changes nothing"


def find_named_id(raw: RawTable, facts: Sequence[ColumnFacts]) -> int | None:
    """Return the position of the column that by its name says who answered, or None.

    Most rows must have one, and nearly every value differ; the rows of those that repeat are gathered. Ids
    that have lost digits, and what may identify a person, are no ids.
    """
    squeezed = [squeeze(name) for name in raw.telling_names]
    for name in respondent_names():
        for position, column_name in enumerate(squeezed):
            fact = facts[position]
            if column_name != name or fact.distinct < _NEARLY_ALL * fact.filled:
                continue
            if fact.filled <= _MOSTLY * len(raw.rows):
                continue
            if position in raw.left_out and name not in known_platforms.respondent_columns():
                continue
            if not facts[position].personal_kind and not have_lost_digits(raw.column(position)):
                return position
    return None


def find_unnamed_id(raw: RawTable, facts: Sequence[ColumnFacts]) -> int | None:
    """Return the position of a column of short values that all differ, which will do for an id; or None."""
    for position, (name, fact) in enumerate(zip(raw.names, facts, strict=True)):
        if position in raw.left_out:
            continue
        if _could_be_id(name, fact, raw.labels[position], is_first=position == 0) and not have_lost_digits(
            raw.column(position)
        ):
            return position
    return None


def _could_be_id(name: str, facts: ColumnFacts, label: str, *, is_first: bool) -> bool:
    if facts.distinct < facts.rows or is_technical(name):
        return False
    if identifies_person(name) or identifies_person(label):
        return False
    if facts.personal_kind or facts.dates or not all(map(_ID_VALUE.fullmatch, facts.samples)):
        return False
    with_digits = [any(map(str.isdigit, sample)) for sample in facts.samples]
    if is_first:
        return facts.rows >= _FEW or all(with_digits) or squeeze(name) in _CODES
    return all(with_digits) and not any(map(str.isdigit, facts.samples))


def have_lost_digits(cells: Sequence[str]) -> bool:
    """Tell whether a spreadsheet has rounded long ids: `1.10E+10`, or noughts from the 16th digit on."""
    together = "\n".join(cells)
    # Of most columns two glances tell it: the pattern would be tried at every digit.
    if "+" not in together and max(map(len, cells), default=0) <= _EXACT_DIGITS:
        return False
    if not _LIKE_ROUNDED.search(together):
        return False
    filled = [cell for cell in tidied(cells) if cell]
    rounded = sum(_ROUNDED.fullmatch(cell) is not None for cell in filled)
    if rounded > _MOSTLY * len(filled):
        return rounded > 0
    long_numbers = [cell for cell in filled if _LONG_NUMBER.fullmatch(cell)]
    cut = [cell for cell in long_numbers if not cell[_EXACT_DIGITS:].strip("0")]
    return len(cut) >= _FEWEST_LONG and len(cut) == len(long_numbers) > _MOSTLY * len(filled)


def with_id_doubts(
    raw: RawTable, layout: SurveyLayout, choices: ImportChoices, *, numbered: bool
) -> SurveyLayout:
    """Return the layout with what is in doubt about its ids.

    Args:
        raw: The file's rows.
        layout: How the file is understood.
        choices: What a person says.
        numbered: Whether they say that all rows are numbered.
    """
    doubts = tuple(doubt for doubt in layout.doubts if doubt.subject != SUBJECT)
    layout = replace(layout, doubts=doubts, alike_ids_are_one=False)
    id_column = next(iter(layout.of_role("id")), None)
    if id_column is not None:
        return _with_doubts_of(raw, layout, id_column, choices)
    if choices.number_blanks:
        layout = replace(layout, notes=_once([*layout.notes, f"no column has ids: {_NO_EFFECT}"]))
    rounded = _rounded_ids(raw, layout)
    if rounded is None:
        return layout
    layout = layout.with_column(replace(rounded, role="ignore", reason="ids that have lost digits"))
    return layout if numbered else replace(layout, doubts=(*doubts, _lost_digits(raw, rounded)))


def _with_doubts_of(
    raw: RawTable, layout: SurveyLayout, id_column: SurveyColumn, choices: ImportChoices
) -> SurveyLayout:
    """Return the layout with what is in doubt about the ids of a column."""
    doubts, notes, name = [*layout.doubts], [*layout.notes], id_column.name
    ids = tidied(raw.column(id_column.position))
    blank = [number for number, identifier in zip(raw.numbers, ids, strict=True) if not identifier]
    if blank and not choices.number_blanks:
        doubts.append(_blank_ids(name, blank))
    if choices.number_blanks and not blank:
        notes.append(f"every row has an id in '{name}': {_NO_EFFECT}")
    if has_point_nought(ids):
        example = next(identifier for identifier in ids if identifier.endswith(".0"))
        notes.append(f"'{name}': {example} and the like are taken without the .0")
    alike = alike_ids(id_texts(ids))
    are_one = bool(alike) and choices.row_meaning in ("part", "answer")
    if are_one:
        notes.append(f"'{name}': {listed_few(list(alike[0]), _EXAMPLES)} and the like are taken for one id")
    elif alike and choices.row_meaning is None:
        doubts.append(_alike(name, alike, layout.shape))
    return replace(layout, doubts=tuple(doubts), notes=_once(notes), alike_ids_are_one=are_one)


def _once(notes: Sequence[str]) -> tuple[str, ...]:
    """Return notes without those that stand there already: a layout is looked at after each change."""
    return tuple(dict.fromkeys(notes))


def _rounded_ids(raw: RawTable, layout: SurveyLayout) -> SurveyColumn | None:
    """Return the column that would say who answered, had its ids not lost digits."""
    for column in layout.columns:
        if column.reason == CHOSEN:
            continue
        named = squeeze(column.name) in respondent_names() or _NUMBER_NAME.search(column.name)
        if named and have_lost_digits(raw.column(column.position)):
            return column
    return None


def _lost_digits(raw: RawTable, column: SurveyColumn) -> Doubt:
    ids = list(dict.fromkeys(filter(None, raw.column(column.position))))
    size = f"{counted(len(ids), 'value')} in {counted(len(raw.rows), 'row')}"
    message = (
        f"the ids in '{column.name}' have lost digits in a spreadsheet: {size} "
        f"({listed_few(ids, _EXAMPLES)}). The rows are numbered instead."
    )
    remedy = "export anew, without a spreadsheet in between; or --id none to number the rows"
    return Doubt(SUBJECT, message, remedy)


def _blank_ids(name: str, numbers: Sequence[int]) -> Doubt:
    rows = listed_few([f"{number}" for number in numbers], _EXAMPLES)
    size = counted(len(numbers), "row")
    message = f"{size} without an id in '{name}' (row {rows}): numbered, as 'row {numbers[0]}'."
    return Doubt(SUBJECT, message, "--number-blanks if that is right; --id none to number all rows")


def _alike(name: str, alike: Sequence[Sequence[str]], shape: Shape) -> Doubt:
    examples = [listed_few([f"'{identifier}'" for identifier in group], _EXAMPLES) for group in alike]
    message = (
        f"{counted(len(alike), 'id')} in '{name}' {agreeing(len(alike), 'stands', 'stand')} in several "
        f"spellings, which differ by capitals or leading zeros alone ({examples[0]}): each spelling is taken "
        "for a respondent."
    )
    if shape == "long":
        remedy = "--row-is answer if each such id is one respondent; --yes if each spelling is"
    else:
        remedy = "--row-is part to gather the rows of each such id; --row-is respondent if each row is one"
    return Doubt(SUBJECT, message, remedy, "r", tuple(examples[:_EXAMPLES]))
