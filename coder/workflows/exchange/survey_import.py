"""From a survey file to a study: look, say what was understood, then import all or nothing.

The readers of files are imported where they are used: the start screen is up before anybody needs one.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder.domain.nonresponse import DEFAULT_NON_RESPONSES, NonResponses
from coder.domain.study_settings import AttributeSetting
from coder.domain.surveys.import_choices import NO_CHOICES, ImportChoices, RowMeaning
from coder.domain.surveys.survey_layout import CHOSEN, Role, Shape
from coder.formats.codebooks.reading import YAML_SUFFIXES, import_codebook
from coder.formats.codebooks.yaml.yaml_text import write_codebook
from coder.formats.shared.text_in import read_utf8
from coder.workflows.exchange.withdrawn_before import (
    missing_lines,
    note_withdrawn,
    withdrawn_before,
    withdrawn_lines,
    without,
)
from coder.workflows.study.opening import create_study
from coder.workflows.study.question_languages import languages_in_survey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coder.domain.languages.answer_languages import AnswerLanguages
    from coder.domain.progress import Progress
    from coder.domain.responses import Survey
    from coder.domain.study_settings import Settings
    from coder.domain.surveys.survey_layout import ImportReport, Role, SurveyLayout
    from coder.formats.shared.encodings.decoding import EncodingChoice
    from coder.formats.surveys.reading import RawTable
    from coder.workflows.study.study import Study

STARTER_CODEBOOK = """\
# The codebook of this study: its themes, one block each. Add them here, or while coding (key /).
# The id stays for ever (codings refer to it); everything else may be changed at any time.
title: Codebook
themes: []
"""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A survey file that was read, and how it was understood."""

    path: Path
    choices: ImportChoices
    raw: RawTable
    layout: SurveyLayout


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Switch Python's garbage collector off: it would take a fifth of the time and find nothing.

    Used as a decorator, it is switched on again only when the function's own objects are freed already.
    """
    gc.disable()
    try:
        yield
    finally:
        # To the oldest generation with it: the next look at the youngest would go through all of it.
        gc.freeze()
        gc.unfreeze()
        gc.enable()


@_without_garbage_collection()
def plan_import(
    path: Path,
    choices: ImportChoices = NO_CHOICES,
    progress: Progress | None = None,
) -> ImportPlan:
    """Read a survey file and work out which role each column has; writes nothing.

    Args:
        path: The file.
        choices: What a person says about it, in place of what would be worked out.
        progress: Called with the rows read, and their total or None; may raise to give up.

    Raises:
        CoderError: The file cannot be read as a survey, or a named column is not in it.
    """
    from coder.formats.surveys.reading import read_rows, understand

    raw = read_rows(path, choices, progress)
    return ImportPlan(path, choices, raw, understand(raw, choices))


def encodings_of(path: Path) -> list[EncodingChoice]:
    """Return the encodings that a text file may have, the likeliest first; none for other files.

    Raises:
        CoderError: The file cannot be read.
    """
    from coder.formats.surveys.reading import text_encodings

    return text_encodings(path)


def choose_role(plan: ImportPlan, position: int, role: Role) -> ImportPlan:
    """Return the plan with one column in another role; open columns are put to their questions anew."""
    if plan.layout.columns[position].is_weight and role != "attribute":
        plan = replace(plan, choices=replace(plan.choices, weight=None))
    if plan.layout.columns[position].about:
        plan = _saying(plan, position, "")
    return _regrouped(plan, plan.layout.with_role(position, role))


def choose_about(plan: ImportPlan, position: int, subject: str) -> ImportPlan:
    """Return the plan with a column kept, as something that is known of a subject.

    Args:
        plan: The plan.
        position: Of the column.
        subject: A question's id, the name of an open column, `respondents`, or `answers` (of its row); empty:
            as the column's values tell.

    Raises:
        CoderError: The column has another use, or it cannot be.
    """
    layout = plan.layout
    if layout.columns[position].role == "ignore" or not subject:
        layout = layout.with_role(position, "attribute")
    return _regrouped(_saying(plan, position, subject), layout)


def _saying(plan: ImportPlan, position: int, subject: str) -> ImportPlan:
    name = plan.layout.columns[position].name
    chosen = tuple(pair for pair in plan.choices.about_chosen if pair[0] != name)
    return replace(plan, choices=replace(plan.choices, about_chosen=(*chosen, (name, subject))))


def choose_weight(plan: ImportPlan, position: int) -> ImportPlan:
    """Return the plan with the respondents' weights in a column; chosen once more, they are in none.

    Raises:
        CoderError: No row of the column has a number above nought.
    """
    column, layout = plan.layout.columns[position], plan.layout
    if column.is_weight:
        return choose_role(replace(plan, choices=replace(plan.choices, weight=None)), position, "attribute")
    if column.role != "attribute":
        layout = layout.with_role(position, "attribute")
    return _regrouped(replace(plan, choices=replace(plan.choices, weight=column.name)), layout)


def join_boxes(plan: ImportPlan, position: int, question_id: str) -> ImportPlan:
    """Return the plan with a column as one more box of an open question."""
    group = sorted(
        (column for column in plan.layout.of_role("open") if column.question_id == question_id),
        key=lambda column: column.item,
    )
    layout = plan.layout
    if layout.columns[position].role != "open":
        layout = layout.with_role(position, "open")
    name = next((boxes.name for boxes in layout.box_choices.joined if boxes.name == question_id), "")
    others = tuple(column.position for column in group if column.position != position)
    return _regrouped(plan, replace(layout, box_choices=layout.box_choices.join(position, others, name)))


def part_box(plan: ImportPlan, position: int) -> ImportPlan:
    """Return the plan with an open column as a question of its own."""
    return _regrouped(plan, replace(plan.layout, box_choices=plan.layout.box_choices.part(position)))


def settle_boxes(plan: ImportPlan, said: ImportChoices) -> ImportPlan:
    """Return the plan with columns as boxes of one question, or a question each, as is said.

    Raises:
        CoderError: A name that no column has.
    """
    return _regrouped(plan, plan.layout, said)


def _regrouped(plan: ImportPlan, layout: SurveyLayout, said: ImportChoices = NO_CHOICES) -> ImportPlan:
    from coder.formats.surveys.reading import understand_anew

    return replace(plan, layout=understand_anew(plan.raw, layout, plan.choices, said))


def choose_row_meaning(plan: ImportPlan, meaning: RowMeaning) -> ImportPlan:
    """Return the plan with the columns understood anew, now that a person says what a row holds.

    Roles and boxes that a person has chosen stay.

    Raises:
        CoderError: Each row is to be an answer, and nothing says which column holds it.
    """
    from coder.formats.surveys.reading import understand

    choices = replace(plan.choices, row_meaning=meaning)
    layout = understand(plan.raw, _naming_answers(choices, plan.layout))
    return with_chosen(replace(plan, choices=choices, layout=layout), plan.layout)


def plan_anew(plan: ImportPlan, choices: ImportChoices, progress: Progress | None = None) -> ImportPlan:
    """Read a survey file once more, with other choices; roles and boxes that a person has chosen stay.

    Raises:
        CoderError: As `plan_import`.
    """
    anew = plan_import(plan.path, _naming_answers(choices, plan.layout), progress)
    return with_chosen(replace(anew, choices=choices), plan.layout)


def _naming_answers(choices: ImportChoices, layout: SurveyLayout) -> ImportChoices:
    """Return the choices; where each row is an answer, with the columns that hold it and say who answered."""
    if choices.row_meaning != "answer":
        return choices
    texts = layout.of_role("open") or layout.of_role("text")
    texts = tuple(column for column in texts if column.reason == CHOSEN) or texts
    if choices.open_columns is None and len(texts) == 1:
        choices = replace(choices, open_columns=(texts[0].name,))
    if choices.id_column is None and layout.of_role("id"):
        choices = replace(choices, id_column=layout.of_role("id")[0].name)
    return choices


_IN_SHAPE: dict[Shape, dict[Role, Role]] = {
    "wide": {"text": "open", "question": "attribute", "item": "attribute", "response": "attribute"},
    "parts": {"text": "open", "question": "attribute", "item": "attribute", "response": "attribute"},
    "long": {"open": "text"},
}
"""What a role of another shape becomes in a file of this one."""


def with_chosen(plan: ImportPlan, earlier: SurveyLayout) -> ImportPlan:
    """Return the plan with the roles and boxes that a person chose in an earlier layout."""
    if len(earlier.columns) != len(plan.layout.columns):
        return plan
    for column in earlier.columns:
        role = _IN_SHAPE[plan.layout.shape].get(column.role, column.role)
        if column.reason == CHOSEN and plan.layout.columns[column.position].role != role:
            plan = choose_role(plan, column.position, role)
    return _regrouped(plan, replace(plan.layout, box_choices=earlier.box_choices))


def preview_import(
    plan: ImportPlan,
    non_responses: Sequence[str] = DEFAULT_NON_RESPONSES,
    progress: Progress | None = None,
) -> ImportReport:
    """Tell what an import would keep; writes nothing."""
    return _built(plan, non_responses, progress)[1]


def languages_in(plan: ImportPlan) -> dict[str, AnswerLanguages]:
    """Return the languages of the answers to each question of a survey file; writes nothing."""
    survey, _ = _built(plan, DEFAULT_NON_RESPONSES)
    return languages_in_survey(survey)


def _built(
    plan: ImportPlan, non_responses: Sequence[str], progress: Progress | None = None
) -> tuple[Survey, ImportReport]:
    from coder.formats.surveys.reading import build_survey

    return build_survey(plan.raw, plan.layout, NonResponses(non_responses), progress)


@_without_garbage_collection()
def create_from_file(
    folder: Path,
    plan: ImportPlan,
    *,
    codebook: Path | None,
    codebook_encoding: str | None = None,
    settings: Settings,
    coder_id: str,
    progress: Progress | None = None,
) -> tuple[Study, ImportReport]:
    """Make a study from a survey file, without those who have withdrawn from one made of it before.

    Args:
        folder: Where; must not exist, or be empty.
        plan: What `plan_import` made of the file, possibly revised.
        codebook: A codebook in YAML or a table of themes; None begins an empty one.
        codebook_encoding: Of a table of themes in CSV or TSV; None: it is found out.
        settings: The study's settings.
        coder_id: Who imports.
        progress: Called with responses stored and their total; may raise to give up.
    """
    source, remarks = codebook_source(codebook, progress, codebook_encoding)
    survey, report = _built(plan, settings.non_responses)
    settings = replace(settings, attributes=(*settings.attributes, *_orders(plan.raw, survey)))
    settings = replace(settings, weight=plan.layout.weight)
    withdrawals = withdrawn_before(survey, folder, plan.path)
    survey = without(survey, withdrawals)
    study = create_study(folder, settings, survey, source, coder_id, progress)
    if withdrawals:
        note_withdrawn(study.database, withdrawals)
    return study, replace(report, remarks=(*remarks, *withdrawn_lines(withdrawals), *missing_lines()))


def _orders(raw: RawTable, survey: Survey) -> Iterator[AttributeSetting]:
    """Yield the orders of values that the file itself has, for the attributes that are kept."""
    for attribute in (*survey.attributes, *survey.answer_attributes):
        if order := raw.value_orders.get(attribute.name):
            yield AttributeSetting(attribute.name, order=tuple(order))


def codebook_source(
    path: Path | None, progress: Progress | None = None, encoding: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """Return the YAML of a codebook file of any kind, or of an empty codebook; a YAML file as it is.

    With it come remarks on what of the file could not be carried.
    """
    if path is None:
        return STARTER_CODEBOOK, ()
    if path.suffix.lower() in YAML_SUFFIXES:
        return read_utf8(path), ()
    imported = import_codebook(path, progress, encoding)
    titled = replace(imported.codebook, title=imported.codebook.title or path.stem)
    return write_codebook(titled), imported.remarks
