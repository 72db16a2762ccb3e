"""From the columns of a survey file to what is understood of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices
from coder.domain.surveys.survey_layout import CHOSEN, SurveyColumn, SurveyLayout
from coder.errors import CoderError
from coder.formats.surveys.answers.about_answers import with_about
from coder.formats.surveys.answers.answer_entities import with_entities
from coder.formats.surveys.answers.garbled_columns import with_garbled
from coder.formats.surveys.answers.lost_cells import with_lost_cells
from coder.formats.surveys.answers.missing_codes import with_missing_codes
from coder.formats.surveys.answers.offered_attributes import with_offers
from coder.formats.surveys.answers.shared_answers import with_shared_answers
from coder.formats.surveys.answers.survey_weights import with_weight
from coder.formats.surveys.columns.box_doubts import SUBJECT as BOXES
from coder.formats.surveys.columns.chosen_columns import ChosenColumns, chosen_id, find_chosen
from coder.formats.surveys.columns.column_facts import ColumnFacts, facts_of
from coder.formats.surveys.columns.column_names import is_wording
from coder.formats.surveys.columns.column_roles import Verdict, closed_role_of, dates_held, role_of
from coder.formats.surveys.columns.followed_columns import with_followed
from coder.formats.surveys.columns.long_columns import RolesByPosition, find_long_roles
from coder.formats.surveys.columns.named_columns import (
    boxes_joined,
    columns_parted,
    find_columns,
    refuse_two_uses,
)
from coder.formats.surveys.columns.placed_columns import placed_verdicts
from coder.formats.surveys.columns.question_items import group_items
from coder.formats.surveys.columns.repeated_ids import find_repeated_id, with_row_meaning
from coder.formats.surveys.columns.respondent_ids import (
    find_named_id,
    find_unnamed_id,
    with_id_doubts,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coder.domain.surveys.box_choices import BoxChoices
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
    chosen = find_chosen(raw, choices)
    long_roles = _long_roles(raw, facts, choices.row_meaning, chosen)
    if long_roles is not None and (chosen.open is None or len(chosen.open) == 1):
        if chosen.numbered:
            long_roles = {n: verdict for n, verdict in long_roles.items() if verdict[0] != "id"}
        if choices.boxes or choices.apart:
            msg = f"{raw.path.name} has one row an answer: its columns are no boxes."
            raise CoderError(msg, "Leave --boxes and --apart out, or say what a row holds with --row-is.")
        columns = _long_columns(raw, facts, long_roles, chosen)
        layout = SurveyLayout("long", columns, raw.numbers[0], raw.notes, raw.doubts)
    else:
        layout = _wide_layout(raw, facts, chosen)
        if choices.row_meaning == "part" and not layout.of_role("id"):
            msg = f"{raw.path.name}: no column says who answered; --row-is part gathers the rows of each id."
            raise CoderError(msg, "Name the column: --id COLUMN")
        if choices.apart:
            layout = _with_parted(raw, facts, layout, choices.apart)
    if chosen.attributes is not None:
        layout = _keep_attributes(layout, chosen.attributes)
    return with_respondents(raw, layout, choices)


def understand_anew(
    raw: RawTable, layout: SurveyLayout, choices: ImportChoices, said: ImportChoices = NO_CHOICES
) -> SurveyLayout:
    """Return a layout in which roles or boxes were changed, with its questions and doubts as they are now.

    Args:
        raw: The file's rows.
        layout: How it is understood.
        choices: What a person has said about it.
        said: What they say now about boxes.

    Raises:
        CoderError: A name that no column has.
    """
    if layout.shape != "long":
        layout = replace(layout, box_choices=_with_said(raw, layout.box_choices, said))
        grouping = group_items(layout.columns, (), promote=False, choices=layout.box_choices)
        doubts = [doubt for doubt in layout.doubts if doubt.subject != BOXES]
        layout = replace(layout, columns=grouping.columns, doubts=(*doubts, *grouping.doubts))
    return with_respondents(raw, layout, choices)


def _with_said(raw: RawTable, box_choices: BoxChoices, said: ImportChoices) -> BoxChoices:
    for boxes in boxes_joined(raw, said.boxes):
        first, *others = boxes.positions
        # A doubt that has no name for the question leaves it blank.
        name = "" if boxes.name == "NAME" else boxes.name
        for count, position in enumerate(others):
            box_choices = box_choices.join(position, (first, *others[:count]), name)
    for position in find_columns(raw, said.apart) if said.apart else ():
        box_choices = box_choices.part(position)
    return box_choices


def with_respondents(raw: RawTable, layout: SurveyLayout, choices: ImportChoices) -> SurveyLayout:
    """Return the layout with what depends on the roles of its columns, as these are now.

    That is: lost cells, entities and garbled text in columns that are kept; blank, rounded and like ids; and
    whether the rows of a respondent are gathered, which sets the shape of a file that is not long. The column
    of weights is kept, and so are those of which a person says what they are about.
    """
    numbered = choices.id_column is not None and chosen_id(raw, choices) is None
    layout = with_shared_answers(raw, with_missing_codes(raw, layout))
    layout = with_garbled(
        raw, with_entities(raw, with_lost_cells(raw, layout), decoded=choices.decode_entities)
    )
    layout = with_id_doubts(raw, layout, choices, numbered=numbered)
    if layout.shape != "long":
        layout = with_row_meaning(raw, layout, choices)
    return with_offers(with_about(raw, with_weight(raw, layout, choices), choices))


def _id_position(raw: RawTable, facts: Sequence[ColumnFacts], chosen: ChosenColumns) -> int | None:
    """Return the position of the column that says who answered in a file that is not long; or None."""
    if chosen.id is not None or chosen.numbered:
        return chosen.id
    for find in (find_named_id, find_repeated_id, find_unnamed_id):
        position = find(raw, facts)
        if position is not None and position not in chosen.open_by_name:
            return position
    return None


def _long_roles(
    raw: RawTable,
    facts: Sequence[ColumnFacts],
    meaning: RowMeaning | None,
    chosen: ChosenColumns,
) -> RolesByPosition | None:
    """Return the roles that make a file long; None if it is not, or a person says so.

    Raises:
        CoderError: A person says that each row is an answer, and nothing says which column has the answers.
    """
    if meaning in ("respondent", "part"):
        return None
    roles = find_long_roles(raw, facts, row_is_answer=meaning == "answer", chosen_id=chosen.id)
    if roles is not None or meaning is None:
        return roles
    texts = chosen.open or [n for n, name in enumerate(raw.names) if role_of(name, facts[n])[0] == "open"]
    id_position = find_repeated_id(raw, facts) if chosen.id is None else chosen.id
    if len(texts) != 1 or id_position is None:
        msg = f"{raw.path.name}: nothing says which column holds the answers, and which one who answered."
        raise CoderError(msg, "Name both: --id COLUMN --open COLUMN")
    return {id_position: ("id", CHOSEN), texts[0]: ("text", CHOSEN)}


def _column(raw: RawTable, facts: Sequence[ColumnFacts], position: int, verdict: Verdict) -> SurveyColumn:
    name = raw.names[position]
    label = raw.labels[position] or (name if is_wording(name) else "")
    fact = facts[position]
    return SurveyColumn(position, name, *verdict, label=label, samples=fact.samples, dates=dates_held(fact))


def _long_columns(
    raw: RawTable, facts: Sequence[ColumnFacts], roles: RolesByPosition, chosen: ChosenColumns
) -> tuple[SurveyColumn, ...]:
    overruled: RolesByPosition = {}
    if chosen.id is not None:
        overruled[chosen.id] = ("id", CHOSEN)
    if chosen.open is not None:
        overruled[chosen.open[0]] = ("text", CHOSEN)
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


def _wide_layout(raw: RawTable, facts: Sequence[ColumnFacts], chosen: ChosenColumns) -> SurveyLayout:
    id_position, boxes = _id_position(raw, facts, chosen), chosen.boxes
    columns = []
    placed = placed_verdicts(raw.names, facts)
    for position, name in enumerate(raw.names):
        verdict = placed.get(position) or role_of(name, facts[position], raw.labels[position])
        if name in raw.closed_names and verdict[0] == "open":
            verdict = closed_role_of(name, facts[position], raw.labels[position])
        if position in raw.left_out and verdict[0] != "ignore":
            verdict = ("ignore", raw.left_out[position])
        if position == id_position:
            verdict = ("id", _id_reason(facts[position]) if chosen.id is None else CHOSEN)
        elif position in boxes.settled or (chosen.open is not None and position in chosen.open):
            verdict = ("open", CHOSEN)
        elif position in chosen.attributes_by_name:
            verdict = ("attribute", CHOSEN)
        elif chosen.open is not None and verdict[0] == "open":
            verdict = ("ignore", "not among the open columns you chose")
        columns.append(_column(raw, facts, position, verdict))
    grouping = group_items(with_followed(columns), facts, promote=chosen.open is None, choices=boxes)
    doubts = (*raw.doubts, *grouping.doubts)
    return SurveyLayout("wide", grouping.columns, raw.numbers[0], raw.notes, doubts, boxes)


def _with_parted(
    raw: RawTable, facts: Sequence[ColumnFacts], layout: SurveyLayout, names: Sequence[str]
) -> SurveyLayout:
    """Return the layout with columns, or all boxes of questions, as a question each."""
    parted = columns_parted(raw, layout.columns, names)
    refuse_two_uses(raw, [("--boxes", layout.box_choices.settled), ("--apart", parted)])
    boxes = replace(layout.box_choices, apart=parted)
    grouping = group_items(layout.columns, facts, promote=False, choices=boxes)
    return replace(
        layout, columns=grouping.columns, doubts=(*raw.doubts, *grouping.doubts), box_choices=boxes
    )


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
