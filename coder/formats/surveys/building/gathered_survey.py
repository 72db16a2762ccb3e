"""Building the survey of a file in which respondents have several rows: these are gathered."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.grammar import agreeing, counted, listed, listed_few
from coder.domain.responses import Respondent, Response, Survey
from coder.domain.texts.invisible import tidy
from coder.formats.surveys.building.attribute_subjects import (
    attribute_cells,
    attribute_subjects,
    values_about,
)
from coder.formats.surveys.building.built_survey import BuiltSurvey, respondent_ids
from coder.formats.surveys.building.wide_survey import open_columns, questions_of
from coder.formats.surveys.raw_tables import PROGRESS_EVERY, RawTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.nonresponse import NonResponses
    from coder.domain.progress import Progress
    from coder.domain.surveys.survey_layout import SurveyColumn, SurveyLayout

_RowsById = dict[str, list[int]]
_MOSTLY = 0.5
_SHOWN = 5


class _Box(NamedTuple):
    """A text of a respondent, and where it stands."""

    number: int
    """Of the box in the study, from 1."""
    text: str
    row_index: int
    position: int
    """Of its column."""


@dataclass(slots=True)
class _TextRepeats:
    """Rows whose texts to a question say what an earlier row of the respondent says."""

    kept: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)


def build_gathered(
    raw: RawTable, layout: SurveyLayout, non_responses: NonResponses, progress: Progress
) -> BuiltSurvey:
    """Build the survey of a file in which a respondent may have several rows.

    A question's texts in a respondent's later rows become further boxes of it. Attributes that differ within
    a respondent are of the answers in their row. A row that says again, word for word, what an earlier one
    says adds an answer if what is known of it differs (another visit), unless the file repeats the texts of
    that question in most rows; else it adds none.
    """
    columns_by_question: dict[str, list[SurveyColumn]] = defaultdict(list)
    columns = open_columns(raw, layout)
    for column in columns:
        columns_by_question[column.question_id].append(column)
    ids = respondent_ids(raw, layout)
    rows_by_id: _RowsById = defaultdict(list)
    for index, identifier in enumerate(ids):
        rows_by_id[identifier].append(index)
    subjects = attribute_subjects(raw, layout, ids, blanks_differ=False)
    known = {
        question_id: _known_of_rows(raw, layout, group, subjects.of_answers.values())
        for question_id, group in columns_by_question.items()
    }
    joined = {
        question_id: _repeats_texts(raw, group, rows_by_id.values())
        for question_id, group in columns_by_question.items()
    }
    responses: list[Response] = []
    sources: list[tuple[int, int]] = []
    boxes: Counter[str] = Counter()
    repeats = _TextRepeats()
    for done, (identifier, rows) in enumerate(rows_by_id.items(), 1):
        for question_id, group in columns_by_question.items():
            is_joined = joined[question_id]
            for number, text, row_index, position in _boxes(
                raw, group, rows, known[question_id], repeats, joined=is_joined
            ):
                boxes[question_id] = max(number, boxes[question_id])
                name = f"{identifier}.{question_id}.{number}"
                answered = text not in non_responses
                sources.append((row_index, position))
                responses.append(
                    Response(len(sources), name, identifier, question_id, number, text, answered)
                )
        if done % PROGRESS_EVERY == 0:
            progress(done, len(rows_by_id))
    about, answer_values, reasons = values_about(raw, layout, sources)
    for name, cells in subjects.of_answers.items():
        answer_values[name] = {number: cells[row] for number, (row, _) in enumerate(sources, 1) if cells[row]}
    survey = Survey(
        questions_of(columns, boxes),
        subjects.respondent_attributes(),
        [Respondent(identifier, subjects.values_of(identifier)) for identifier in rows_by_id],
        responses,
        [*subjects.answer_attributes(), *about],
        answer_values,
    )
    warnings = (*subjects.warnings, *_repeat_warnings(raw, repeats, list(answer_values)))
    return BuiltSurvey(survey, warnings, subjects.reasons | reasons)


def _known_of_rows(
    raw: RawTable,
    layout: SurveyLayout,
    columns: Sequence[SurveyColumn],
    of_answers: Iterable[Sequence[str]],
) -> list[tuple[str, ...]]:
    """Return, row by row, what is known of the answers to a question in it."""
    positions = {column.position for column in columns}
    cells = [*of_answers]
    cells += [
        attribute_cells(raw, column)
        for column in layout.of_role("attribute")
        if column.about is not None and positions.intersection(column.about.boxes)
    ]
    return list(zip(*cells, strict=True)) if cells else [()] * len(raw.rows)


def _texts(raw: RawTable, columns: Sequence[SurveyColumn], row: int) -> frozenset[str]:
    return frozenset(tidy(raw.rows[row][column.position]) for column in columns) - {""}


def _repeats_texts(raw: RawTable, columns: Sequence[SurveyColumn], groups: Iterable[Sequence[int]]) -> bool:
    """Tell whether most later rows of respondents say what an earlier one says: tables that were joined."""
    later = again = 0
    for rows in groups:
        if len(rows) > 1:
            written = [texts for row in rows if (texts := _texts(raw, columns, row))]
            later += max(len(written) - 1, 0)
            again += len(written) - len(set(written))
    return again > _MOSTLY * later


def _boxes(
    raw: RawTable,
    columns: Sequence[SurveyColumn],
    rows: Sequence[int],
    known: Sequence[tuple[str, ...]],
    repeats: _TextRepeats,
    *,
    joined: bool,
) -> list[_Box]:
    """Return a respondent's texts to a question with the number of the box of each.

    The boxes of the first row in which something was written keep their numbers, those of later rows follow.

    Args:
        raw: The file's rows.
        columns: Of the question.
        rows: Of the respondent.
        known: By row, what is known of its answers.
        joined: Whether the file repeats the texts of the question in most rows: these are no answers.
        repeats: Is given the rows that say what an earlier one says.
    """
    width = max(column.item for column in columns)
    written: set[str] = set()
    written_as_known: dict[tuple[str, ...], set[str]] = defaultdict(set)
    before = 0
    boxes = []
    for row in rows:
        distinct = _texts(raw, columns, row)
        if not distinct:
            continue
        of_row = known[row]
        if distinct <= written:
            if distinct <= written_as_known[of_row]:
                continue
            if joined:
                repeats.dropped.append(row)
                continue
            repeats.kept.append(row)
        written |= distinct
        written_as_known[of_row] |= distinct
        boxes += [
            _Box(before + column.item, raw.rows[row][column.position], row, column.position)
            for column in columns
        ]
        before += width
    if boxes:
        return boxes
    first = rows[0]
    return [_Box(c.item, raw.rows[first][c.position], first, c.position) for c in columns]


def _repeat_warnings(raw: RawTable, repeats: _TextRepeats, of_answers: Sequence[str]) -> list[str]:
    """Return what is told of rows that say again what stands there, where something is known of answers."""
    if not of_answers:
        return []
    known, again = _known(of_answers), "word for word what an earlier row of the respondent says"
    remarks = []
    if repeats.kept:
        own = agreeing(len(set(repeats.kept)), "it is an answer of its own", "these are answers of their own")
        remarks.append(f"{_rows(raw, repeats.kept)} {again}, with another {known}: {own}")
    if repeats.dropped:
        remarks.append(
            f"{_rows(raw, repeats.dropped)} {again}, with another {known}: no answer is added, and what "
            "stands in that earlier row is kept, as the file repeats these texts in most rows"
        )
    return remarks


def _known(of_answers: Sequence[str]) -> str:
    return listed(of_answers, "or") if len(of_answers) <= _SHOWN else listed_few(of_answers, _SHOWN)


def _rows(raw: RawTable, rows: Sequence[int]) -> str:
    numbers = [str(raw.numbers[row]) for row in sorted(set(rows))]
    noun = counted(len(numbers), "row")
    return f"{noun} ({listed_few(numbers, _SHOWN)}) {agreeing(len(numbers), 'says', 'say')}"
