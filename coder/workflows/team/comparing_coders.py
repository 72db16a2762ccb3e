"""What coders of a study chose on the answers that several of them have read, ready to be measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.agreement.comparison import CoderReading, compared
from coder.domain.near_names import matching, names_meant, nearest
from coder.errors import CoderError
from coder.store import codings, surveys
from coder.store.readings.read_by_coder import half_coded, read_by_each
from coder.store.readings.shared_readings import shared_readings
from coder.workflows.study.questions import find_question
from coder.workflows.team.themes_offered import ThemesOffered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.agreement.comparison import SharedAnswers
    from coder.domain.responses import Question
    from coder.workflows.study.study import Study


@dataclass(frozen=True, slots=True)
class QuestionAnswers:
    """The answers to a question that several coders have read, side by side."""

    question: Question
    comparison: SharedAnswers
    finished: Mapping[int, str]
    """Answer to when the last of its readers marked it done, in UTC; empty where the log does not say."""
    half_coded: int
    """Answers that one of the coders has coded, but not marked done."""
    left_out: tuple[str, ...]
    """Themes that were chosen on these answers where nobody else who read them could choose them."""


def coders_meant(study: Study, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the coders whom arguments list, whatever the case; without any, everybody who has worked on it.

    Each argument is one name, or a line of CSV of names.

    Raises:
        CoderError: Nobody of a name has worked on the study, or one person alone is named.
    """
    people = codings.people(study.database)
    if not arguments:
        return tuple(people)
    meant = {name: matching(name, people) for name in names_meant(arguments, people)}
    for name, coder_id in meant.items():
        if coder_id is None:
            msg = f"'{name}' has not worked on this study."
            raise CoderError(msg, nearest(name, people) or f"Who has: {', '.join(people) or 'nobody yet'}.")
    coder_ids = tuple(dict.fromkeys(coder_id for coder_id in meant.values() if coder_id))
    if len(coder_ids) < 2:  # noqa: PLR2004  # agreement takes two
        msg = f"{coder_ids[0]} alone agrees with nobody."
        raise CoderError(msg, "Name two coders or more, or none for all: --coder jo,sam")
    return coder_ids


def compare_coders(
    study: Study, coder_ids: Sequence[str], question_names: Sequence[str] = ()
) -> list[QuestionAnswers]:
    """Return the comparison of coders for each question of which two of them have read the same answers.

    Args:
        study: The study.
        coder_ids: Whom to compare.
        question_names: Which questions, each argument one or a line of CSV of several; empty: all.

    Raises:
        CoderError: There is no such question.
    """
    everything = surveys.questions(study.database)
    names = names_meant(question_names, [question.id for question in everything])
    questions = [find_question(study, name) for name in names] or everything
    members = {
        theme.id: frozenset(study.codebook.members(theme.id)) - {theme.id}
        for theme in study.codebook
        if study.codebook.is_net(theme.id)
    }
    comparisons = [_comparison(study, question, coder_ids, members) for question in dict.fromkeys(questions)]
    return [comparison for comparison in comparisons if len(comparison.comparison.answers)]


def _comparison(
    study: Study, question: Question, coder_ids: Sequence[str], members: Mapping[str, frozenset[str]]
) -> QuestionAnswers:
    rows = shared_readings(study.database, question.id, coder_ids) if coder_ids else []
    offered = ThemesOffered(study.database, question.id, rows)
    readings = [
        CoderReading(row.response, row.respondent, row.coder_id, row.theme_ids, offered.to(row))
        for row in rows
    ]
    finished: dict[int, str] = {}
    for row in rows:
        finished[row.response] = max(row.finished, finished.get(row.response, ""))
    comparison = compared(readings, members, [theme.id for theme in study.codebook])
    half = half_coded(study.database, question.id)
    return QuestionAnswers(
        question, comparison, finished, sum(half.get(coder_id, 0) for coder_id in coder_ids),
        tuple(sorted(_left_out(readings, comparison, members))),
    )  # fmt: skip


def _left_out(
    readings: Iterable[CoderReading], comparison: SharedAnswers, members: Mapping[str, frozenset[str]]
) -> set[str]:
    """Return the themes that somebody chose on an answer where they were offered to no other reader."""
    single = comparison.offered.sum(axis=0) == 1
    chosen = (comparison.chosen & single).any(axis=(0, 1))
    partly = {theme_id for theme_id, is_chosen in zip(comparison.theme_ids, chosen, strict=True) if is_chosen}
    everywhere = {theme_id for reading in readings for theme_id in reading.theme_ids - members.keys()}
    return partly | everywhere.difference(comparison.theme_ids)


def refuse_nothing_shared(
    study: Study, comparisons: Sequence[QuestionAnswers], coder_ids: Sequence[str]
) -> None:
    """Raise CoderError if no answer was read by two coders; say who has read how many."""
    if comparisons:
        return
    read = dict.fromkeys(coder_ids, 0)
    for question in surveys.questions(study.database):
        for coder_id, answers in read_by_each(study.database, question.id).items():
            if coder_id in read:
                read[coder_id] += answers
    who = ", ".join(f"{coder_id} {answers:,}" for coder_id, answers in read.items() if answers)
    msg = "No answer was read by two coders, so there is nothing to compare."
    hint = f"Marked as done so far: {who or 'none'}. An answer with themes that is not done is not read yet."
    raise CoderError(msg, hint)
