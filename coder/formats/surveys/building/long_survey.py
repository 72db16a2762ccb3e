"""Building the survey of a file with one row per answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.responses import Question, Respondent, Response, Survey
from coder.domain.texts.invisible import tidy
from coder.errors import CoderError
from coder.formats.surveys.building.attribute_subjects import attribute_subjects
from coder.formats.surveys.building.built_survey import BuiltSurvey, repeated, respondent_ids
from coder.formats.surveys.columns.column_names import ID_WIDTH, question_id
from coder.formats.surveys.raw_tables import PROGRESS_EVERY, RawTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.nonresponse import NonResponses
    from coder.domain.progress import Progress
    from coder.domain.surveys.survey_layout import Role, SurveyColumn, SurveyLayout

_ONLY_QUESTION = "Q1"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row: whose answer to what it holds."""

    row_index: int
    respondent: str
    question: str
    item_number: int


def build_long(
    raw: RawTable, layout: SurveyLayout, non_responses: NonResponses, progress: Progress
) -> BuiltSurvey:
    """Build the survey of a long file; attributes that vary within a respondent are of the answers."""
    ids = respondent_ids(raw, layout)
    of_row, labels, warnings = _questions_of_rows(raw, layout)
    item_numbers = _items_of_rows(raw, layout, ids, of_row)
    entries = [_Entry(*entry) for entry in zip(range(len(ids)), ids, of_row, item_numbers, strict=True)]
    subjects = attribute_subjects(raw, layout, ids, blanks_differ=True)
    ordered = _in_order(entries, labels)
    boxes = dict(sorted(zip(of_row, item_numbers, strict=True)))
    questions = [Question(identifier, label, boxes[identifier]) for identifier, label in labels.items()]
    survey = Survey(
        questions=questions,
        attributes=subjects.respondent_attributes(),
        respondents=[
            Respondent(identifier, subjects.values_of(identifier)) for identifier in dict.fromkeys(ids)
        ],
        responses=_responses(raw, layout, ordered, non_responses, progress),
        answer_attributes=subjects.answer_attributes(),
        answer_values={name: _in_responses(cells, ordered) for name, cells in subjects.of_answers.items()},
    )
    return BuiltSurvey(survey, (*warnings, *subjects.warnings), subjects.reasons)


def _in_responses(cells: Sequence[str], entries: Sequence[_Entry]) -> dict[int, str]:
    """Return what stands in a column for each response, by its number; blank cells are left out."""
    return {
        number: cells[entry.row_index] for number, entry in enumerate(entries, 1) if cells[entry.row_index]
    }


def _first(layout: SurveyLayout, role: Role) -> SurveyColumn | None:
    return next(iter(layout.of_role(role)), None)


def _questions_of_rows(raw: RawTable, layout: SurveyLayout) -> tuple[list[str], dict[str, str], list[str]]:
    """Return each row's question id, each question's wording, and warnings."""
    columns = [raw.column(column.position) for column in layout.of_role("question")]
    if not columns:
        return [_ONLY_QUESTION] * len(raw.rows), {_ONLY_QUESTION: ""}, []
    # Of two columns the one with the shorter values names the question, the other has its wording.
    columns.sort(key=lambda cells: max(map(len, cells)))
    names, wordings = list(map(tidy, columns[0])), list(map(tidy, columns[-1]))
    if not all(names):
        msg = f"{raw.path.name}, row {raw.numbers[names.index('')]}: the question is blank."
        raise CoderError(msg, "Fill in which question the answer belongs to.")
    identifiers = _identifiers(names)
    labels, warnings = _labels(names, wordings, identifiers)
    return [identifiers[name] for name in names], labels, warnings


def _identifiers(names: Sequence[str]) -> dict[str, str]:
    """Return an id for each name: the name itself where all are short and in one word."""
    distinct = list(dict.fromkeys(names))
    if all(len(name) <= ID_WIDTH and not any(map(str.isspace, name)) for name in distinct):
        return {name: name for name in distinct}
    identifiers: dict[str, str] = {}
    for name in distinct:
        identifiers[name] = question_id(name, "", identifiers.values())
    return identifiers


def _labels(
    names: Sequence[str], wordings: Sequence[str], identifiers: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in identifiers}
    for name, wording in zip(names, wordings, strict=True):
        counts[name][" ".join(wording.split())] += 1
    labels: dict[str, str] = {}
    warnings: list[str] = []
    for name, identifier in identifiers.items():
        commonest = counts[name].most_common(1)[0][0]
        labels[identifier] = "" if commonest == identifier else commonest
        if len(counts[name]) > 1:
            warnings.append(f"{identifier} has {len(counts[name])} wordings; kept: '{commonest}'")
    return labels, warnings


def _items_of_rows(
    raw: RawTable, layout: SurveyLayout, ids: Sequence[str], of_row: Sequence[str]
) -> list[int]:
    """Return each row's item: as the file says, or counted in the order of the rows."""
    column = _first(layout, "item")
    if column is None:
        counts: Counter[tuple[str, str]] = Counter()
        numbered = []
        for key in zip(ids, of_row, strict=True):
            counts[key] += 1
            numbered.append(counts[key])
        return numbered
    cells = list(map(tidy, raw.column(column.position)))
    for index, cell in enumerate(cells):
        if not (cell.isdecimal() and int(cell) > 0):
            where = f"{raw.path.name}, row {raw.numbers[index]}, column '{column.name}'"
            msg = f"{where}: '{cell}' is no item number."
            raise CoderError(msg, "Items are numbered 1, 2, 3 ... within a question.")
    item_numbers = [int(cell) for cell in cells]
    keys = [f"{i}, {q}, item {n}" for i, q, n in zip(ids, of_row, item_numbers, strict=True)]
    _refuse_repeated(raw, keys, "are the same answer")
    return item_numbers


def _refuse_repeated(raw: RawTable, keys: Sequence[str], fault: str) -> None:
    positions = repeated(keys)
    if positions is not None:
        rows = listed([str(raw.numbers[position]) for position in positions])
        msg = f"{raw.path.name}, rows {rows}: both {fault} ('{keys[positions[0]]}')."
        raise CoderError(msg, "Give each answer a name of its own, or remove one of the rows.")


def _in_order(entries: Sequence[_Entry], questions: Mapping[str, str]) -> list[_Entry]:
    """Return the entries respondent by respondent, question by question, item by item."""
    respondent_order = {r: n for n, r in enumerate(dict.fromkeys(e.respondent for e in entries))}
    question_order = {identifier: n for n, identifier in enumerate(questions)}
    return sorted(
        entries, key=lambda e: (respondent_order[e.respondent], question_order[e.question], e.item_number)
    )


def _responses(
    raw: RawTable,
    layout: SurveyLayout,
    entries: Sequence[_Entry],
    non_responses: NonResponses,
    progress: Progress,
) -> list[Response]:
    names = _response_ids(raw, layout)
    text_column = _first(layout, "text")
    if text_column is None:
        msg = f"{raw.path.name}: no column holds the answers."
        raise CoderError(msg, "Name it: --open COLUMN")
    responses: list[Response] = []
    for number, entry in enumerate(entries, 1):
        text = raw.rows[entry.row_index][text_column.position]
        name = names[entry.row_index] if names else f"{entry.respondent}.{entry.question}.{entry.item_number}"
        answered = text not in non_responses
        responses.append(
            Response(number, name, entry.respondent, entry.question, entry.item_number, text, answered)
        )
        if number % PROGRESS_EVERY == 0:
            progress(number, len(entries))
    return responses


def _response_ids(raw: RawTable, layout: SurveyLayout) -> list[str]:
    """Return the file's own response ids; none where it has no column of them."""
    column = _first(layout, "response")
    if column is None:
        return []
    names = list(map(tidy, raw.column(column.position)))
    if not all(names):
        msg = f"{raw.path.name}, row {raw.numbers[names.index('')]}: '{column.name}' is blank."
        raise CoderError(msg, "Fill it in, or remove the column: ids are then made from the respondents'.")
    _refuse_repeated(raw, names, f"have the same {column.name}")
    return names
