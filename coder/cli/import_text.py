"""What was understood of a file and what its import did, as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.cli.privacy.found_text import found_lines
from coder.domain.grammar import counted
from coder.domain.study_settings import Settings
from coder.domain.texts.shell_quoting import quoted
from coder.workflows.exchange.survey_import import languages_in
from coder.workflows.privacy.name_columns import find_on_import
from coder.workflows.study.question_languages import known_languages
from coder.workflows.suggesting.answer_reading import expected_readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from coder.domain.languages.answer_languages import AnswerLanguages
    from coder.domain.surveys.survey_doubts import Doubt
    from coder.domain.surveys.survey_layout import ImportReport, Role, SurveyColumn, SurveyLayout
    from coder.workflows.exchange.planned_import import CodingImport
    from coder.workflows.exchange.survey_import import ImportPlan
    from coder.workflows.study.study import Study

WARNINGS_SHOWN = 10
_NAMES_WIDTH = 100
_COLUMN_WIDTH = 30
_OF_ANSWERS: tuple[Role, ...] = ("question", "item", "text", "response")
"""The roles of columns in a file with a row for each answer."""


def understood_lines(
    plan: ImportPlan, report: ImportReport, *, with_languages: bool = False
) -> Iterator[str]:
    """Yield how a survey file was understood: respondents, open questions, attributes, the rest, doubts.

    Args:
        plan: What was made of the file.
        report: What an import would keep.
        with_languages: Whether to find the languages of the answers as well, which takes half a second.
    """
    layout = plan.layout
    size = f"{counted(report.respondents, 'respondent')}, of {counted(len(plan.raw.rows), 'row')}"
    yield f"{size}: {layout.one_row}, from row {layout.first_row}."
    yield from (f"  {remark}" for remark in layout.remarks)
    yield from (f"  {offer.text}: {offer.option}" for offer in layout.offers)
    yield from _question_lines(layout, report)
    of_respondents = [*layout.of_role("id"), *_attributes(layout, report)]
    yield from _kept_of("Kept of each respondent:", list(map(_with_role, of_respondents)))
    of_answers = [_with_role(column) for role in _OF_ANSWERS for column in layout.of_role(role)]
    yield from _kept_of("Kept of each answer:", [*of_answers, *report.answer_attributes.items()])
    yield from _left_out_lines(layout, report)
    yield from _filler_lines(report)
    yield from _warnings(report.warnings)
    if with_languages:
        yield from _language_lines(languages_in(plan), Settings("").model)
    yield from _doubt_lines(layout.doubts)


def _question_lines(layout: SurveyLayout, report: ImportReport) -> Iterator[str]:
    yield "Open questions:"
    for question in report.questions:
        columns = [column for column in layout.of_role("open") if column.question_id == question.id]
        yield f"  {question.id}  {question.label or '(no wording)'}".rstrip()
        yield f"      {question.answers:,} answers, {question.silent:,} without an answer"
        if columns:
            boxes = f"{len(columns)} boxes: " if len(columns) > 1 else ""
            names = ", ".join(column.name for column in columns)
            yield f"      {boxes}{_cut(names, _NAMES_WIDTH)} ({columns[0].reason})"


def _attributes(layout: SurveyLayout, report: ImportReport) -> list[SurveyColumn]:
    return [column for column in layout.of_role("attribute") if column.name in report.attributes]


def _kept_of(title: str, kept: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield what is kept of respondents or of answers: names, each with why."""
    if kept:
        yield title
    width = min(max((len(name) for name, _ in kept), default=0), _COLUMN_WIDTH)
    yield from (f"  {_cut(name, width):{width}}  {reason}" for name, reason in kept)


def _with_role(column: SurveyColumn) -> tuple[str, str]:
    what = "id: " if column.role == "id" else f"{column.role}: " if column.role in _OF_ANSWERS else ""
    return column.name, what + column.reason


def _left_out_lines(layout: SurveyLayout, report: ImportReport) -> Iterator[str]:
    """Yield the columns left out, folded by reason."""
    names: dict[str, list[str]] = {}
    for column in layout.of_role("ignore"):
        names.setdefault(column.reason, []).append(column.name)
    ignored = {column.name for column in layout.of_role("ignore")}
    if moved := [name for name in report.ignored if name not in ignored]:
        names["see the warnings"] = moved
    if names:
        yield "Left out:"
    yield from (f"  {reason}: {', '.join(columns)}" for reason, columns in names.items())


def _filler_lines(report: ImportReport) -> Iterator[str]:
    fillers = [(text, times) for text, times in report.non_responses if text]
    if fillers:
        examples = ", ".join(f"'{text}' {times}x" for text, times in fillers[:WARNINGS_SHOWN])
        yield f"Taken for no answer, besides blank: {examples} (study.toml has the list)."


def _doubt_lines(doubts: Sequence[Doubt]) -> Iterator[str]:
    if doubts:
        yield f"In doubt ({len(doubts)}):"
    for doubt in doubts:
        yield f"  ? {doubt.subject}: {doubt.message}"
        yield from (f"      {example}" for example in doubt.examples)
        yield f"    {doubt.remedy}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def kept_lines(report: ImportReport, study: Study, plan: ImportPlan) -> Iterator[str]:
    """Yield what an import kept, the languages of the answers, and what gives people away in them."""
    yield f"{report.respondents:,} respondents, {report.answers:,} answers."
    yield from report.remarks
    yield from _language_lines(known_languages(study), study.settings.model)
    yield from found_lines(find_on_import(study, plan.raw, plan.layout), study.folder)


def _language_lines(languages: Mapping[str, AnswerLanguages], model: str) -> Iterator[str]:
    """Yield in which languages the answers to each question are, what will rank, and what would help."""
    lines = expected_readings(languages, model)
    if lines:
        yield "Languages of the answers, and what ranks their themes:"
    yield from (f"  {line}" for line in lines)


def coding_import_lines(done: CodingImport, *, dry_run: bool) -> Iterator[str]:
    """Yield what an import of codings did, or would do."""
    would = "Would import" if dry_run else "Imported"
    yield f"{would} {done.added:,} codings on {done.responses:,} answers, by {', '.join(done.coders)}."
    if done.removed:
        would_go = "would go" if dry_run else "are gone"
        yield f"{done.removed:,} that the file brought before {would_go}: it holds them no longer."
    if done.changed:
        would_be = "would be" if dry_run else "are"
        yield f"{done.changed:,} stood already, on other words of the answer: they {would_be} as in the file."
    if done.standing:
        yield f"{done.standing:,} stood already and were left alone."
    if done.nothing_here:
        yield f"{done.nothing_here:,} answers were read with nothing in them: their rows have no theme."
    if done.confirmed:
        per_coder = ", counted for each coder" if len(done.coders) > 1 else ""
        yield f"{done.confirmed:,} answers are done now{per_coder}."
    if done.opened:
        yield f"{done.opened:,} answers are not done any more."
    if done.on_non_responses:
        yield f"{done.on_non_responses:,} are on texts taken for no answer; they count all the same."
    yield from _kept_lines(done)
    yield from done.notes
    if done.trusted:
        yield f"Warning: {done.trusted}"
    yield from _warnings(done.warnings)


def _kept_lines(done: CodingImport) -> Iterator[str]:
    """Yield what was made or changed in the study, is otherwise in the file, and stays."""
    if not done.kept:
        return
    yield f"{len(done.kept):,} that the file has otherwise, or not at all, stay as the coder left them here:"
    yield from (f"  {name}" for name in done.kept[:WARNINGS_SHOWN])
    if more := len(done.kept[WARNINGS_SHOWN:]):
        yield f"  ... and {more:,} more."
    if done.other_files:
        names = ", ".join(map(quoted, done.other_files))
        yield f"Some came from {names}: is this file in its place? --replaces NAME"
    yield "To have these answers as the file says: --exactly"


def _warnings(warnings: Sequence[str]) -> Iterator[str]:
    yield from (f"Warning: {warning}" for warning in warnings[:WARNINGS_SHOWN])
    if more := len(warnings[WARNINGS_SHOWN:]):
        yield f"... and {more:,} more warnings."
