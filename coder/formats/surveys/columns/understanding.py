"""From the columns of a survey file to what is understood of it."""

from __future__ import annotations

import csv
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from coder.domain.near_names import fold_name, nearest
from coder.domain.surveys.import_choices import NO_CHOICES, NUMBERED, ImportChoices
from coder.domain.surveys.survey_layout import CHOSEN, SurveyColumn, SurveyLayout
from coder.errors import CoderError
from coder.formats.surveys.columns.column_facts import ColumnFacts, facts_of
from coder.formats.surveys.columns.column_names import box_of, is_wording
from coder.formats.surveys.columns.column_roles import Verdict, closed_role_of, role_of
from coder.formats.surveys.columns.long_columns import RolesByPosition, find_long_roles
from coder.formats.surveys.columns.question_items import group_items
from coder.formats.surveys.columns.repeated_ids import find_repeated_id, with_row_meaning
from coder.formats.surveys.columns.respondent_ids import (
    find_named_id,
    find_unnamed_id,
    with_id_doubts,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.surveys.import_choices import RowMeaning
    from coder.formats.surveys.raw_tables import RawTable


def understand(raw: RawTable, choices: ImportChoices = NO_CHOICES) -> SurveyLayout:
    """Say which role each column has, and why.

    Args:
        raw: The file's rows.
        choices: What a person says about the columns.

    Raises:
        CoderError: A name that no column has; the hint gives the nearest.
    """
    facts = [facts_of(raw.column(position)) for position in range(len(raw.names))]
    chosen_id = _chosen_id(raw, choices)
    numbered = choices.id_column is not None and chosen_id is None
    chosen_open = None if choices.open_columns is None else find_columns(raw, choices.open_columns)
    chosen_attributes = None if choices.attributes is None else find_columns(raw, choices.attributes)
    long_roles = _long_roles(raw, facts, choices.row_meaning, chosen_id, chosen_open)
    if long_roles is not None and (chosen_open is None or len(chosen_open) == 1):
        columns = _long_columns(raw, facts, long_roles, chosen_id, chosen_open)
        layout = SurveyLayout("long", columns, raw.numbers[0], raw.notes, raw.doubts)
    else:
        id_position = None if numbered else _id_position(raw, facts, chosen_id)
        layout = _wide_layout(raw, facts, id_position, chosen_id, chosen_open)
    if chosen_attributes is not None:
        layout = _keep_attributes(layout, chosen_attributes)
    return with_respondents(raw, layout, choices)


def with_respondents(raw: RawTable, layout: SurveyLayout, choices: ImportChoices) -> SurveyLayout:
    """Return the layout with what is to be said of who answered in which row, as its columns are now."""
    numbered = choices.id_column is not None and _chosen_id(raw, choices) is None
    layout = with_id_doubts(raw, layout, number_blanks=choices.number_blanks, numbered=numbered)
    return layout if layout.shape == "long" else with_row_meaning(raw, layout, choices.row_meaning)


def _chosen_id(raw: RawTable, choices: ImportChoices) -> int | None:
    """Return the position of the id column that a person names; None if they name none."""
    if choices.id_column is None:
        return None
    if fold_name(choices.id_column) == NUMBERED and not _of_whole_name(raw, choices.id_column):
        return None
    return find_columns(raw, [choices.id_column])[0]


def _id_position(raw: RawTable, facts: Sequence[ColumnFacts], chosen_id: int | None) -> int | None:
    """Return the position of the column that says who answered in a file that is not long; or None."""
    if chosen_id is not None:
        return chosen_id
    for find in (find_named_id, find_repeated_id, find_unnamed_id):
        position = find(raw, facts)
        if position is not None:
            return position
    return None


def _long_roles(
    raw: RawTable,
    facts: Sequence[ColumnFacts],
    meaning: RowMeaning | None,
    chosen_id: int | None,
    chosen_open: list[int] | None,
) -> RolesByPosition | None:
    """Return the roles that make a file long; None if it is not, or a person says so.

    Raises:
        CoderError: A person says that each row is an answer, and nothing says which column has the answers.
    """
    if meaning in ("respondent", "part"):
        return None
    roles = find_long_roles(raw, facts, row_is_answer=meaning == "answer")
    if roles is not None or meaning is None:
        return roles
    texts = chosen_open or [n for n, name in enumerate(raw.names) if role_of(name, facts[n])[0] == "open"]
    id_position = find_repeated_id(raw, facts) if chosen_id is None else chosen_id
    if len(texts) != 1 or id_position is None:
        msg = f"{raw.path.name}: nothing says which column holds the answers, and which one who answered."
        raise CoderError(msg, "Name both: --id COLUMN --open COLUMN")
    return {id_position: ("id", CHOSEN), texts[0]: ("text", CHOSEN)}


def find_columns(raw: RawTable, arguments: Sequence[str]) -> list[int]:
    """Return the positions of the columns that arguments stand for.

    An argument that is the whole name or wording of a column is that column. Any other is a line of CSV: of
    names, wordings, patterns (`q15*`) and stems (`q15`), those with a comma in them in quotation marks.

    Raises:
        CoderError: No column answers to one of them.
    """
    positions: dict[int, None] = {}
    for argument in arguments:
        hits = _of_whole_name(raw, argument)
        for name in [] if hits else _listed_names(argument):
            columns = _of_whole_name(raw, name) or _of_pattern(raw, name)
            if not columns:
                msg = f"{raw.path.name} has no column '{name}'."
                raise CoderError(msg, nearest(name, raw.names) or f"Its columns are: {', '.join(raw.names)}.")
            hits += columns
        positions |= dict.fromkeys(hits)
    return list(positions)


def _listed_names(argument: str) -> list[str]:
    # Column names have no line breaks either: see how a header is read.
    line = " ".join(argument.split())
    return [name.strip() for name in next(csv.reader([line], skipinitialspace=True), []) if name.strip()]


def _of_whole_name(raw: RawTable, name: str) -> list[int]:
    wanted = fold_name(name)
    folded = [(fold_name(name), fold_name(label)) for name, label in zip(raw.names, raw.labels, strict=True)]
    return [position for position, name_and_label in enumerate(folded) if wanted in name_and_label]


def _of_pattern(raw: RawTable, pattern: str) -> list[int]:
    folded = fold_name(pattern)
    return [
        position
        for position, name in enumerate(map(fold_name, raw.names))
        if fnmatchcase(name, folded) or box_of(name).stem == folded
    ]


def _column(raw: RawTable, facts: Sequence[ColumnFacts], position: int, verdict: Verdict) -> SurveyColumn:
    name = raw.names[position]
    label = raw.labels[position] or (name if is_wording(name) else "")
    return SurveyColumn(position, name, *verdict, label=label, samples=facts[position].samples)


def _long_columns(
    raw: RawTable,
    facts: Sequence[ColumnFacts],
    roles: RolesByPosition,
    chosen_id: int | None,
    chosen_open: list[int] | None,
) -> tuple[SurveyColumn, ...]:
    overruled: RolesByPosition = {}
    if chosen_id is not None:
        overruled[chosen_id] = ("id", CHOSEN)
    if chosen_open is not None:
        overruled[chosen_open[0]] = ("text", CHOSEN)
    single_roles = {role for role, _ in overruled.values()}
    roles = {n: verdict for n, verdict in roles.items() if verdict[0] not in single_roles} | overruled
    return tuple(
        _column(
            raw,
            facts,
            position,
            roles.get(position) or closed_role_of(name, facts[position], raw.labels[position]),
        )
        for position, name in enumerate(raw.names)
    )


def _wide_layout(
    raw: RawTable,
    facts: Sequence[ColumnFacts],
    id_position: int | None,
    chosen_id: int | None,
    chosen_open: list[int] | None,
) -> SurveyLayout:
    columns = []
    for position, name in enumerate(raw.names):
        verdict = role_of(name, facts[position], raw.labels[position])
        if position == id_position:
            verdict = ("id", _id_reason(facts[position]) if chosen_id is None else CHOSEN)
        elif chosen_open is not None and position in chosen_open:
            verdict = ("open", CHOSEN)
        elif chosen_open is not None and verdict[0] == "open":
            verdict = ("ignore", "not among the open columns you chose")
        columns.append(_column(raw, facts, position, verdict))
    grouped = group_items(columns, facts, promote=chosen_open is None)
    return SurveyLayout("wide", grouped, raw.numbers[0], raw.notes, raw.doubts)


def _id_reason(facts: ColumnFacts) -> str:
    if facts.distinct == facts.rows:
        return "every row has a different value"
    return f"its name says who answered; {facts.distinct:,} different values in {facts.rows:,} rows"


def _keep_attributes(layout: SurveyLayout, chosen: Collection[int]) -> SurveyLayout:
    def revised(column: SurveyColumn) -> SurveyColumn:
        if column.position in chosen and column.role in ("attribute", "ignore"):
            return replace(column, role="attribute", reason=CHOSEN)
        if column.role == "attribute":
            return replace(column, role="ignore", reason="not among the attributes you chose")
        return column

    return replace(layout, columns=tuple(revised(column) for column in layout.columns))
