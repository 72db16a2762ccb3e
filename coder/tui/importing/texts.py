"""What the import screen says, worked out from the review of a file: no widgets touched."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from coder.domain.grammar import counted
from coder.domain.path_names import on_one_line
from coder.text.inert import inert
from coder.tui.kit.fitting import bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.surveys.survey_layout import ImportReport, SurveyColumn
    from coder.errors import CoderError
    from coder.tui.importing.review import SurveyReview

BAR_CELLS = 24
_MOST = 6
"""Questions, or texts that are no answer, that are listed."""
_KEYS = (
    ("Name both: --id COLUMN --open COLUMN", "Say both first: key i on the one, key o on the other."),
    ("--open q15_1,q15_2", "key o"), ("--open", "key o"), ("--attributes", "key a"), ("--id none", "key d"),
    ("--id", "key i"), ("--row-is", "key r"), ("--long", "key r"), ("--encoding NAME", "key e"),
    ("--encoding", "key e"), ("--boxes", "key +"), ("--apart", "key -"), ("--about", "key t"),
)  # fmt: skip
"""What messages call by its flag on the command line has a key here."""


_ABOUT = re.compile(r"--about (?:'[^']*'|\"[^\"]*\"|[^\s;,'\"]+)+")
"""With what it says: the key asks for that."""


def top_line(review: SurveyReview) -> tuple[str, str]:
    """Return what stands at the left and at the right of the top line: the file, and how large it is."""
    raw = review.plan.raw if review.plan else None
    size = f"{len(raw.rows):,} rows · {len(raw.names)} columns" if raw else ""
    return f"New study from {on_one_line(review.request.path.name)}", size


def understood(review: SurveyReview) -> str:
    """Return how the file was read: how many respondents, of how many rows, stands first."""
    if review.plan is None:
        return ""
    layout, rows = review.plan.layout, counted(len(review.plan.raw.rows), "row")
    remarks = [*layout.remarks, *(f"{offer.text} (key t on it)" for offer in layout.offers)]
    people = f"{counted(review.report.respondents, 'respondent')} of " if review.report else ""
    return inert(" · ".join([f"{people}{rows}: {layout.one_row}, from row {layout.first_row}", *remarks]))


def folded(reason: str, names: Sequence[str]) -> str:
    """Return which columns are left out for a reason."""
    return inert(
        f"{counted(len(names), 'column')} left out: {reason} (Space opens the line)\n{', '.join(names)}"
    )


def detail(column: SurveyColumn, role: str, report: ImportReport | None) -> str:
    """Return all that is known of a column, its role as `ColumnRows.role_text` calls it."""
    of_answers = report.answer_attributes if report and column.role == "attribute" else {}
    lines = [f"{column.name}: {role} ({of_answers.get(column.name, column.reason)})"]
    lines += [column.label] if column.label and column.label != column.name else []
    lines.append(" · ".join(f"“{sample}”" for sample in column.samples) or "no values")
    return inert("\n".join(lines))


def effect(report: ImportReport | None, fault: CoderError | None, said: str = "", *, reading: bool) -> str:
    """Return what the last key has `said` and an import would keep, or what is wrong and what to do."""
    if fault is not None:
        text = f"✗ {fault.message}\n  {fault.hint}".rstrip()
        return inert(_with_keys(text))
    if report is None:
        return "Reading the file ... Esc goes back" if reading else "Counting ..."
    return inert("\n".join([said] * bool(said) + _kept(report)))


def _with_keys(text: str) -> str:
    """Return a message that names options of the command line, with the keys that do the same."""
    text = _ABOUT.sub("key t", text)
    for flag, key in _KEYS:
        text = text.replace(flag, key)
    return text


def _kept(report: ImportReport) -> list[str]:
    silent = sum(times for _, times in report.non_responses)
    lines = [
        f"{counted(report.respondents, 'respondent')}, {counted(len(report.questions), 'question')}, "
        f"{counted(report.answers, 'answer')}, {counted(silent, 'non-response')}"
    ]
    questions = [f"{question.id}: {question.answers:,}" for question in report.questions[:_MOST]]
    lines.append(_listed("Answers to", questions, len(report.questions)))
    fillers = [f"{f'“{text}”' if text else 'blank'} {times:,}×" for text, times in report.non_responses]
    if fillers:
        lines.append(_listed("Taken for no answer:", fillers[:_MOST], len(fillers)))
    if report.answer_attributes:
        names = [*report.answer_attributes]
        lines.append(_listed("Known of each answer:", names[:_MOST], len(names)))
    if report.warnings:
        lines.append(f"! {_with_keys(report.warnings[0])}")
    if len(report.warnings) > 1:
        lines[-1] += f" (and {len(report.warnings) - 1:,} more)"
    return lines


def _listed(title: str, names: list[str], total: int) -> str:
    more = f" and {total - len(names)} more" if total > len(names) else ""
    return f"{title} {', '.join(names)}{more}"


def advance(verb: str, done: int, total: int | None) -> str:
    """Return how far long work has come, as a bar where the end is known."""
    if not total:
        return f"{verb}: {done:,} rows · Esc cancels"
    drawn = bar(done / total, BAR_CELLS)
    return f"{verb}: {drawn.ljust(BAR_CELLS, '░')} {done:,} of {total:,} · Esc cancels"


def choices(folder: Path, codebook: Path | None) -> str:
    """Return where the study will be made, and with which codebook."""
    begin = "none: begin with an empty one" if codebook is None else short(codebook)
    return inert(f"f  Folder    {short(folder)}\nb  Codebook  {begin}")


def short(path: Path) -> str:
    """Return a path as seen from the current folder or the home folder."""
    for root, sign in ((Path.cwd(), ""), (Path.home(), "~/")):
        if path.is_relative_to(root) and path != root:
            return f"{sign}{on_one_line(path.relative_to(root))}"
    return on_one_line(path)
