"""What coders of a study chose on the answers that several of them have read, ready to be measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.agreement.side_by_side import CoderReading, compared
from coder.domain.near_names import names_meant, nearest
from coder.errors import CoderError
from coder.store import surveys
from coder.store.readings.read_by_coder import coder_work, half_coded, read_by_each
from coder.store.readings.shared_readings import shared_readings
from coder.store.recode_queues import waiting_by_coder
from coder.store.team.team_rows import team
from coder.store.team.workers import people_at_work
from coder.workflows.study.questions import find_question
from coder.workflows.team.themes_offered import ThemesOffered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.agreement.side_by_side import SharedAnswers
    from coder.domain.responses import Question
    from coder.store.readings.shared_readings import SharedReading
    from coder.workflows.study.study import Study


_TWO = 2
"""Coders, whom agreement takes at least."""


@dataclass(frozen=True, slots=True)
class QuestionAnswers:
    """The answers to a question that several coders have read, side by side."""

    question: Question
    comparison: SharedAnswers
    finished: Mapping[int, str]
    """Answer to when the last of its readers marked it done, in UTC; empty where the log does not say."""
    half_coded: int
    """Answers that one of the coders has coded, but not marked done."""
    waiting: int
    """Codings of these coders that wait to be looked at again since a revision of the codebook."""
    themes_alone: tuple[str, ...]
    """Coders whose codings came from a file, and who found a theme in every answer that they have read."""
    left_out: tuple[str, ...]
    """Themes that were chosen on these answers where nobody else who read them could choose them."""


@dataclass(frozen=True, slots=True)
class CodersCompared:
    """Coders side by side, on the answers to some questions."""

    asked_coders: tuple[str, ...]
    """The names of those to compare: who was named, else everybody who has read anything."""
    asked_questions: tuple[Question, ...]
    by_question: tuple[QuestionAnswers, ...]
    """The questions of which two of the coders have read the same answers."""
    twice: str = ""
    """Who it is, where the two are one person who coded the same answers twice; else empty."""

    @property
    def coder_ids(self) -> tuple[str, ...]:
        """Those who are compared: each has read an answer that another has read."""
        return tuple(sorted({c for answers in self.by_question for c in answers.comparison.coder_ids}))

    @property
    def comparisons(self) -> list[SharedAnswers]:
        """What was chosen on the answers to each question."""
        return [answers.comparison for answers in self.by_question]


def coders_meant(study: Study, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the coders whom arguments list, whatever the case; without any, everybody who has read anything.

    Each argument is one name, or a line of CSV of names.

    Raises:
        CoderError: Nobody of a name has worked on the study, or one person alone is named.
    """
    if not arguments:
        return tuple(sorted(work.coder_id for work in coder_work(study.database) if work.read))
    people = team(study.database)
    meant = [people.called(name) or name for name in names_meant(arguments, [p.name for p in people.people])]
    workers = set(people_at_work(study.database))
    for person in meant:
        if isinstance(person, str) or person.id not in workers:
            name = person if isinstance(person, str) else person.name
            names = sorted(map(people.name_of, workers))
            msg = f"'{name}' has not worked on this study."
            raise CoderError(msg, nearest(name, names) or f"Who has: {', '.join(names) or 'nobody yet'}.")
    coder_ids = tuple(dict.fromkeys(person.id for person in meant if not isinstance(person, str)))
    if len(coder_ids) < _TWO:
        msg = f"{people.name_of(coder_ids[0])} alone agrees with nobody."
        raise CoderError(msg, "Name two coders or more, or none for all: --coder jo,sam")
    return coder_ids


def questions_meant(study: Study, arguments: Sequence[str]) -> list[Question]:
    """Return the open questions that arguments list, each one or a line of CSV of several; without any, all.

    Raises:
        CoderError: There is no such question.
    """
    everything = surveys.questions(study.database)
    names = names_meant(arguments, [question.id for question in everything])
    return list(dict.fromkeys(find_question(study, name) for name in names)) or everything


def compare_coders(
    study: Study, coder_names: Sequence[str] = (), question_names: Sequence[str] = ()
) -> CodersCompared:
    """Return coders side by side, on the answers that two or more of them have read.

    Args:
        study: The study.
        coder_names: Whom to compare, as `coders_meant` reads them.
        question_names: On which questions, as `questions_meant` reads them.

    Raises:
        CoderError: There is no such coder or question.
    """
    coder_ids = coders_meant(study, coder_names)
    return compare(study, {coder_id: study.name_of(coder_id) for coder_id in coder_ids}, question_names)


def compare(study: Study, names: Mapping[str, str], question_names: Sequence[str] = ()) -> CodersCompared:
    """Return coders side by side, on the answers that two or more of them have read.

    Args:
        study: The study.
        names: Whom to compare: the ids under which their codings stand, with what they are called.
        question_names: On which questions, as `questions_meant` reads them.

    Raises:
        CoderError: There is no such question.
    """
    questions = questions_meant(study, question_names)
    if len(names) < _TWO:
        return CodersCompared(tuple(names.values()), tuple(questions), ())
    members = {
        theme.id: frozenset(study.codebook.members(theme.id)) - {theme.id}
        for theme in study.codebook
        if study.codebook.is_net(theme.id)
    }
    compared_questions = (_comparison(study, question, names, members) for question in questions)
    shared = tuple(answers for answers in compared_questions if len(answers.comparison.answers))
    return CodersCompared(tuple(names.values()), tuple(questions), shared)


def _comparison(
    study: Study, question: Question, names: Mapping[str, str], members: Mapping[str, frozenset[str]]
) -> QuestionAnswers:
    rows = shared_readings(study.database, question.id, list(names))
    offered = ThemesOffered(study.database, question.id, rows)
    readings = [
        CoderReading(row.response, row.respondent, names[row.coder_id], row.theme_ids, offered.to(row))
        for row in rows
    ]
    finished: dict[int, str] = {}
    for row in rows:
        finished[row.response] = max(row.finished, finished.get(row.response, ""))
    comparison = compared(readings, members, [theme.id for theme in study.codebook])
    half, waiting = (of_each(study.database, question.id) for of_each in (half_coded, waiting_by_coder))
    return QuestionAnswers(
        question,
        comparison,
        finished,
        sum(half.get(coder_id, 0) for coder_id in names),
        sum(waiting.get(coder_id, 0) for coder_id in names),
        tuple(sorted(names[coder_id] for coder_id in _with_themes_alone(rows))),
        tuple(sorted(_left_out(readings, comparison, members))),
    )


def _with_themes_alone(rows: Sequence[SharedReading]) -> set[str]:
    """Return the coders with codings from a file that have a theme on every answer.

    A file of codings names no answer without one, unless it says which are done.
    """
    from_file = {row.coder_id for row in rows if row.from_file}
    return from_file - {row.coder_id for row in rows if not row.theme_ids}


def _left_out(
    readings: Iterable[CoderReading], comparison: SharedAnswers, members: Mapping[str, frozenset[str]]
) -> set[str]:
    """Return the themes that somebody chose on an answer where they were offered to no other reader."""
    single = comparison.offered.sum(axis=0) == 1
    chosen = (comparison.chosen & single).any(axis=(0, 1))
    partly = {theme_id for theme_id, is_chosen in zip(comparison.theme_ids, chosen, strict=True) if is_chosen}
    everywhere = {theme_id for reading in readings for theme_id in reading.theme_ids - members.keys()}
    return partly | everywhere.difference(comparison.theme_ids)


def refuse_nothing_shared(study: Study, compared_coders: CodersCompared) -> None:
    """Raise CoderError if no answer was read by two coders; say who has read how many."""
    if compared_coders.by_question:
        return
    read = dict.fromkeys(compared_coders.asked_coders, 0)
    for question in compared_coders.asked_questions:
        for coder_id, answers in read_by_each(study.database, question.id).items():
            if (name := study.name_of(coder_id)) in read:
                read[name] += answers
    who = ", ".join(f"{name} {answers:,}" for name, answers in read.items() if answers)
    msg = "No answer was read by two coders, so there is nothing to compare."
    hint = f"Marked as done so far: {who or 'none'}. An answer with themes that is not done is not read yet."
    raise CoderError(msg, hint)
