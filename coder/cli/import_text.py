"""What was understood of a file and what its import did, as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.surveys.survey_layout import ImportReport, SurveyColumn, SurveyLayout
    from coder.workflows.exchange.exchanging import CodingImport

WARNINGS_SHOWN = 10


def layout_lines(layout: SurveyLayout) -> Iterator[str]:
    """Yield how a survey file was understood: each column, its part and why."""
    yield f"A {layout.shape} table, {layout.one_row}; the data begin in row {layout.first_row}."
    yield from (f"  {remark}" for remark in layout.remarks)
    names = max(len(column.name) for column in layout.columns)
    name_width = min(names, 30)
    for column in layout.columns:
        yield f"  {_cut(column.name, name_width):{name_width}}  {_part(column):14}  {column.reason}"


def _part(column: SurveyColumn) -> str:
    return f"open {column.question_id}.{column.item}" if column.role == "open" else column.role


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def report_lines(report: ImportReport) -> Iterator[str]:
    """Yield what an import kept."""
    yield f"{report.respondents:,} respondents, {report.answers:,} answers."
    for question_id, answers, silent in report.questions:
        yield f"  {question_id}: {answers:,} answers, {silent:,} without an answer"
    fillers = [(text, times) for text, times in report.non_responses if text]
    if fillers:
        examples = ", ".join(f"'{text}' {times}x" for text, times in fillers[:WARNINGS_SHOWN])
        yield f"Taken for no answer, besides blank: {examples} (study.toml has the list)."
    if report.attributes:
        yield f"Attributes: {', '.join(report.attributes)}."
    if report.ignored:
        yield f"Left out: {', '.join(report.ignored)}."
    yield from _warnings(report.warnings)


def coding_import_lines(done: CodingImport, *, dry_run: bool) -> Iterator[str]:
    """Yield what an import of codings did, or would do."""
    would = "Would import" if dry_run else "Imported"
    yield f"{would} {done.added:,} codings on {done.responses:,} answers, by {', '.join(done.coder_ids)}."
    if done.changed:
        yield f"{done.changed:,} stood already, on other words of the answer: these are as in the file now."
    if done.standing:
        yield f"{done.standing:,} stood already and were left alone."
    if done.confirmed:
        per_coder = ", counted for each coder" if len(done.coder_ids) > 1 else ""
        yield f"{done.confirmed:,} answers are done now{per_coder}."
    if done.on_non_responses:
        yield f"{done.on_non_responses:,} are on texts taken for no answer; they count all the same."
    yield from _warnings(done.warnings)


def _warnings(warnings: Sequence[str]) -> Iterator[str]:
    yield from (f"Warning: {warning}" for warning in warnings[:WARNINGS_SHOWN])
    if more := len(warnings[WARNINGS_SHOWN:]):
        yield f"... and {more:,} more warnings."
