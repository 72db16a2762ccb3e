"""Building the survey of a file in which respondents have several rows: these are gathered."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.responses import Attribute, Respondent, Response, Survey
from coder.domain.texts.invisible import tidy
from coder.formats.surveys.building.built_survey import BuiltSurvey, respondent_ids
from coder.formats.surveys.building.wide_survey import open_columns, questions_of
from coder.formats.surveys.raw_tables import PROGRESS_EVERY, RawTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.nonresponse import NonResponses
    from coder.domain.progress import Progress
    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout

_RowsById = dict[str, list[int]]


def build_gathered(
    raw: RawTable, layout: SurveyLayout, non_responses: NonResponses, progress: Progress
) -> BuiltSurvey:
    """Build the survey of a file in which a respondent may have several rows.

    A question's texts in a respondent's later rows become further boxes of it; a row that repeats what is
    there already word for word adds none. Of an attribute the first value that is not blank is kept.
    """
    columns_by_question: dict[str, list[SurveyColumn]] = defaultdict(list)
    columns = open_columns(raw, layout)
    for column in columns:
        columns_by_question[column.question_id].append(column)
    rows_by_id: _RowsById = defaultdict(list)
    for index, identifier in enumerate(respondent_ids(raw, layout)):
        rows_by_id[identifier].append(index)
    attributes = layout.of_role("attribute")
    respondents, warnings = _respondents(raw, attributes, rows_by_id)
    responses: list[Response] = []
    boxes: Counter[str] = Counter()
    for done, (identifier, rows) in enumerate(rows_by_id.items(), 1):
        for question_id, group in columns_by_question.items():
            for box, text in _boxes(raw, group, rows):
                boxes[question_id] = max(box, boxes[question_id])
                name = f"{identifier}.{question_id}.{box}"
                answered = text not in non_responses
                responses.append(
                    Response(len(responses) + 1, name, identifier, question_id, box, text, answered)
                )
        if done % PROGRESS_EVERY == 0:
            progress(done, len(rows_by_id))
    kept = [Attribute(column.name, column.label) for column in attributes]
    survey = Survey(questions_of(columns, boxes), kept, respondents, responses)
    return BuiltSurvey(survey, warnings=tuple(warnings))


def _boxes(raw: RawTable, columns: Sequence[SurveyColumn], rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield a respondent's texts to a question with the number of the box of each.

    The boxes of the first row in which something was written keep their numbers, those of later rows follow.
    """
    width = max(column.item for column in columns)
    written: set[str] = set()
    before = 0
    for row in rows:
        texts = {column.item: raw.rows[row][column.position] for column in columns}
        distinct = set(map(tidy, texts.values())) - {""}
        if distinct <= written:
            continue
        written |= distinct
        yield from ((before + item, text) for item, text in texts.items())
        before += width
    if not before:
        yield from ((column.item, raw.rows[rows[0]][column.position]) for column in columns)


def _respondents(
    raw: RawTable, attributes: Sequence[SurveyColumn], rows_by_id: Mapping[str, Sequence[int]]
) -> tuple[list[Respondent], list[str]]:
    """Return the respondents, and a warning for each attribute that differs within some of them."""
    differing: dict[str, list[str]] = defaultdict(list)
    respondents = []
    for identifier, rows in rows_by_id.items():
        values_by_name: dict[str, str] = {}
        for column in attributes:
            cells = dict.fromkeys(tidy(raw.rows[row][column.position]) for row in rows)
            filled = [cell for cell in cells if cell]
            values_by_name[column.name] = filled[0] if filled else ""
            if len(filled) > 1:
                differing[column.name].append(f"{identifier} has '{filled[0]}' and '{filled[1]}'")
        respondents.append(Respondent(identifier, values_by_name))
    return respondents, [
        f"{name} differs within {counted(len(cases), 'respondent')} ({cases[0]}): the first is kept"
        for name, cases in differing.items()
    ]
