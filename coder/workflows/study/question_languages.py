"""Which languages the answers of a study are in: as study.toml says, as was noted, or found now."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from coder.domain.languages.answer_languages import AnswerLanguages, stated_language
from coder.domain.languages.language_names import language_code
from coder.errors import CoderError
from coder.store import surveys
from coder.store.noted.noted_languages import NotedLanguages, note_languages, noted_languages
from coder.text.language_finding import LanguageFinder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.responses import Survey
    from coder.domain.study_settings import Settings
    from coder.store.database import Database
    from coder.workflows.study.study import Study


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
        question_id: stated.get(question_id, noted.get(question_id, AnswerLanguages()))
        for question_id in question_ids
        if question_id in stated or question_id in noted
    }


def find_languages(
    study: Study, answers: Mapping[str, Sequence[str]], finder: LanguageFinder
) -> dict[str, NotedLanguages]:
    """Find the languages of the questions of which nothing is stated, or noted of as many answers.

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
        and (question_id not in noted or noted[question_id].answers != len(texts))
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


def answers_of(database: Database) -> dict[str, list[str]]:
    """Return the answers to each question, without those that count as none."""
    answers: dict[str, list[str]] = defaultdict(list)
    for response in surveys.all_responses(database):
        if response.answered:
            answers[response.question_id].append(response.text)
    return answers
