"""Which languages the answers of a study are in: as study.toml says, as was noted, or found now."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.languages.answer_languages import NOT_SURE, AnswerLanguages, stated_language
from coder.domain.languages.language_names import language_code
from coder.domain.languages.language_text import encoders_text, languages_text
from coder.errors import CoderError
from coder.store import surveys
from coder.store.noted.noted_languages import (
    NotedLanguages,
    note_encoders,
    note_languages,
    noted_encoders,
    noted_languages,
)
from coder.text.language_finding import LanguageFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from coder.domain.engine_messages import AnswersRead
    from coder.domain.responses import Survey
    from coder.domain.study_settings import Settings
    from coder.store.database import Database
    from coder.workflows.study.study import Study

_NOTING_SECONDS = 0.1
"""How long noting waits for another program: it can be done another time."""


def stated_languages(settings: Settings, question_ids: Sequence[str]) -> dict[str, AnswerLanguages]:
    """Return what study.toml says, by question; nothing of those that it leaves open."""
    names = {
        question_id: settings.languages.get(question_id, settings.language) for question_id in question_ids
    }
    codes = {question_id: language_code(name) for question_id, name in names.items()}
    return {question_id: stated_language(code) for question_id, code in codes.items() if code}


def known_languages(study: Study) -> dict[str, AnswerLanguages]:
    """Return the languages of the answers to each question that were stated or noted; finds nothing anew."""
    noted = {question_id: note.languages for question_id, note in noted_languages(study.database).items()}
    question_ids = [question.id for question in surveys.questions(study.database)]
    stated = stated_languages(study.settings, question_ids)
    return {
        question_id: stated.get(question_id, noted.get(question_id, NOT_SURE))
        for question_id in question_ids
        if question_id in stated or question_id in noted
    }


def reading_lines(study: Study, question_id: str | None = None) -> list[str]:
    """Return, for questions alike in that, the languages of the answers and what ranked themes last.

    `Q15 and Q16: English; ranked by the light encoder`. Of a study that no engine has read, languages alone.

    Args:
        study: The study.
        question_id: The question; None takes all of which something is known.
    """
    encoders, alike = noted_encoders(study.database), defaultdict(list)
    for known_id, languages in known_languages(study).items():
        text = f"{languages_text(languages)}{', as study.toml says' if languages.stated else ''}"
        if known_id in encoders:
            text += f"; ranked by {encoders_text(encoders[known_id])}"
        if question_id in {None, known_id}:
            alike[text].append(known_id)
    return [f"{listed(question_ids)}: {text}" for text, question_ids in alike.items()]


def find_languages(
    study: Study, answers: Mapping[str, Sequence[str]], finder: LanguageFinder
) -> dict[str, NotedLanguages]:
    """Find the languages of the questions of which nothing is stated, or noted of about as many answers.

    Args:
        study: The study.
        answers: Question id to its answers.
        finder: Finds languages; it is not touched where all is known.
    """
    noted, stated = noted_languages(study.database), stated_languages(study.settings, list(answers))
    return {
        question_id: NotedLanguages(finder.languages_of(texts), len(texts))
        for question_id, texts in answers.items()
        if texts
        and question_id not in stated
        and (question_id not in noted or not noted[question_id].hold_for(len(texts)))
    }


def languages_in_survey(survey: Survey) -> dict[str, AnswerLanguages]:
    """Find the languages of the answers to each question of a survey that is no study yet."""
    answers: dict[str, list[str]] = defaultdict(list)
    for response in survey.responses:
        if response.answered:
            answers[response.question_id].append(response.text)
    finder = LanguageFinder()
    return {question_id: finder.languages_of(texts) for question_id, texts in answers.items()}


def find_and_note(study: Study) -> None:
    """Find the languages of a study that was just made, and note them; where that cannot be, go on."""
    # The engine tries it again, and tells why.
    with suppress(CoderError):
        newly_noted = find_languages(study, answers_of(study.database), LanguageFinder())
        with study.database.transaction():
            note_languages(study.database, newly_noted)


def note_readings(study: Study, events: Iterable[AnswersRead]) -> None:
    """Note what the engine tells of questions, for reports, which start no engine.

    What stands already is not written; what cannot be written now, a later sitting does.
    """
    database = study.database
    noted, encoders = noted_languages(database), noted_encoders(database)
    languages, read_by = {}, {}
    for event in events:
        note = noted.get(event.question_id)
        is_same = note is not None and note.languages == event.languages and note.hold_for(event.answers)
        if not (is_same or event.languages.stated):
            languages[event.question_id] = NotedLanguages(event.languages, event.answers)
        if encoders.get(event.question_id) != event.encoders:
            read_by[event.question_id] = event.encoders
    if languages or read_by:
        with suppress(CoderError), database.transaction(_NOTING_SECONDS, passing=True):
            note_languages(database, languages)
            note_encoders(database, read_by)


def answers_of(database: Database) -> dict[str, list[str]]:
    """Return the answers to each question, without those that count as none."""
    answers: dict[str, list[str]] = defaultdict(list)
    for response in surveys.all_responses(database):
        if response.answered:
            answers[response.question_id].append(response.text)
    return answers
