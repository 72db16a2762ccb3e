"""Building the survey of a file with one row per respondent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.responses import Attribute, Question, Respondent, Survey, new_response
from coder.errors import CoderError
from coder.formats.surveys.building.attribute_subjects import attribute_cells, values_about
from coder.formats.surveys.building.built_survey import BuiltSurvey, repeated, respondent_ids
from coder.formats.surveys.columns.question_items import group_items, wording_of
from coder.formats.surveys.columns.wordings import shared_wording
from coder.formats.surveys.raw_tables import PROGRESS_EVERY, RawTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.nonresponse import NonResponses
    from coder.domain.progress import Progress
    from coder.domain.responses import Response
    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout


def build_wide(
    raw: RawTable, layout: SurveyLayout, non_responses: NonResponses, progress: Progress
) -> BuiltSurvey:
    """Build the survey of a wide file."""
    columns = open_columns(raw, layout)
    ids = respondent_ids(raw, layout)
    _refuse_repeated(raw, layout, ids)
    about = [column for column in layout.of_role("attribute") if column.about and column.about.boxes]
    attribute_columns = [column for column in layout.of_role("attribute") if column not in about]
    responses: list[Response] = []
    boxes = [(c.position, c.question_id, c.item, f".{c.question_id}.{c.item}") for c in columns]
    number = 0
    for done, (respondent, row) in enumerate(zip(ids, raw.rows, strict=True), 1):
        for position, question, item_number, suffix in boxes:
            number += 1
            text = row[position]
            answered = text not in non_responses
            responses.append(
                new_response((number, respondent + suffix, respondent, question, item_number, text, answered))
            )
        if done % PROGRESS_EVERY == 0:
            progress(done, len(ids))
    attributes = [Attribute(column.name, column.label) for column in attribute_columns]
    respondents = _respondents(raw, ids, attribute_columns)
    sources = [(row, column.position) for row in range(len(ids)) for column in columns] if about else []
    of_answers, answer_values, reasons = values_about(raw, layout, sources)
    survey = Survey(questions_of(columns), attributes, respondents, responses, of_answers, answer_values)
    return BuiltSurvey(survey, of_answers=reasons)


def _respondents(raw: RawTable, ids: Sequence[str], columns: Sequence[SurveyColumn]) -> list[Respondent]:
    attributes: list[dict[str, str]] = [{} for _ in ids]
    for column in columns:
        name = column.name
        for cells_by_name, cell in zip(attributes, attribute_cells(raw, column), strict=True):
            cells_by_name[name] = cell
    return list(map(Respondent, ids, attributes))


def _refuse_repeated(raw: RawTable, layout: SurveyLayout, ids: Sequence[str]) -> None:
    positions = repeated(ids)
    if positions is None:
        return
    name = layout.of_role("id")[0].name
    rows = listed([str(raw.numbers[position]) for position in positions])
    msg = f"{raw.path.name}, rows {rows}: both have '{ids[positions[0]]}' in the id column '{name}'."
    raise CoderError(msg, "Give each respondent an id of their own, or choose another column with --id.")


def open_columns(raw: RawTable, layout: SurveyLayout) -> list[SurveyColumn]:
    """Return the open columns question by question."""
    columns = layout.of_role("open")
    if not all(column.question_id for column in columns):  # somebody opened one by hand
        placed = group_items(layout.columns, (), promote=False, choices=layout.box_choices)
        columns = tuple(column for column in placed.columns if column.role == "open")
    if not columns:
        msg = f"{raw.path.name}: no open question was found among {len(layout.columns)} columns."
        raise CoderError(msg, "Name the columns with the answers: --open q15_1,q15_2")
    order = {identifier: n for n, identifier in enumerate(dict.fromkeys(c.question_id for c in columns))}
    return sorted(columns, key=lambda column: (order[column.question_id], column.item))


def questions_of(columns: Sequence[SurveyColumn], boxes: Mapping[str, int] | None = None) -> list[Question]:
    """Return the questions of open columns.

    Args:
        columns: The open columns, those of a question one behind the other.
        boxes: How many boxes each question has; None: as its columns say.
    """
    groups: dict[str, list[SurveyColumn]] = {}
    for column in columns:
        groups.setdefault(column.question_id, []).append(column)
    return [
        Question(
            identifier, _label(group), boxes[identifier] if boxes else max(column.item for column in group)
        )
        for identifier, group in groups.items()
    ]


def _label(group: Sequence[SurveyColumn]) -> str:
    """Return the wording: what the boxes' share, or a lone column's name if that is in words."""
    wordings = [wording_of(column) for column in group]
    return shared_wording(wordings) or wordings[0]
