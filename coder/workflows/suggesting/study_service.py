"""The suggestion service of a study, taught with what a coder has coded so far."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from coder.domain.engine_messages import AnswersRead
from coder.domain.study_settings import PROGRAMS_MODELS
from coder.errors import CoderError
from coder.store import codings, recode_queues, surveys
from coder.store.opening.read_copies import add_copy
from coder.store.vectors import VectorStore
from coder.suggest.carrying_words import PassageReading
from coder.suggest.encoding.encoders import load_encoder, parts_of
from coder.suggest.encoding.light_encoder import LightEncoder
from coder.suggest.encoding.readable_texts import ReadableTexts
from coder.suggest.service import SuggestionService
from coder.text.language_finding import LanguageFinder
from coder.workflows.study.question_languages import find_languages, known_languages
from coder.workflows.study.study import CACHE_FOLDER
from coder.workflows.suggesting.answer_reading import what_helps
from coder.workflows.suggesting.download_consent import downloaded_model, is_agreed, not_agreed
from coder.workflows.suggesting.reading_by_grammar import AnswerReadings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from coder.suggest.encoding.encoders import Encoder
    from coder.suggest.whole_question import WholeQuestion
    from coder.workflows.study.study import Study

_Coded = tuple[int, list[str], bool]
"""An answer, its themes, and whether its coder is done with it."""
_MOST_DOUBTED = 300
"""Most codings in a second look, those included that were looked at before."""


def most_doubts(whole: WholeQuestion) -> int:
    """Return how many codings a second look at a question finds at most.

    No more than half as many as it has confirmed answers: a list of nearly everything says nothing.
    """
    return min(_MOST_DOUBTED, whole.confirmed() // 2)


def make_service(
    study: Study,
    coder_id: str,
    notify: Callable[[str], None],
    readings: AnswerReadings | None = None,
) -> SuggestionService:
    """Return the engine of a study, taught with what the coder has coded so far.

    Args:
        study: The study.
        coder_id: Whose codings it learns.
        notify: Called with a sentence where the study's model cannot be used.
        readings: How answers are read where words that carry themes are looked for; None: by rules.
    """
    questions = {q.id: study.codebook.offered(q.id) for q in surveys.questions(study.database)}
    split_themes = recode_queues.choices_of(study.database, coder_id)
    answers = list(_answers(study))
    encoder = _encoder(study, notify)
    service = SuggestionService(
        questions,
        encoder,
        _vectors(study, notify),
        split_themes,
        passages=PassageReading(_passage_encoder(encoder), (readings or AnswerReadings()).in_language),
        same_words=study.settings.same_words,
        readable=_readable(study, answers, notify),
    )
    service.load(answers)
    service.code_many(_coded(study, coder_id))
    return service


def answers_read(study: Study, service: SuggestionService) -> list[AnswersRead]:
    """Return what is told of the questions of a study: their languages, and what ranks."""
    told_of = []
    for question_id, count in surveys.answer_counts(study.database).items():
        languages, encoders = service.readable.languages_of(question_id), service.encoders_of(question_id)
        helps = what_helps(languages, encoders, study.settings.model)
        told_of.append(AnswersRead(question_id, languages, count, tuple(encoders), helps))
    return told_of


def _readable(
    study: Study, answers: Sequence[tuple[int, str, str]], notify: Callable[[str], None]
) -> ReadableTexts:
    """Return the rule which answers an encoder reads; languages that nobody knows yet are found."""
    finder, by_question = LanguageFinder(), defaultdict(list)
    for _, question_id, text in answers:
        by_question[question_id].append(text)
    languages = known_languages(study)
    try:
        newly_noted = find_languages(study, by_question, finder)
    except CoderError as error:
        notify(str(error))
    else:
        languages |= {question_id: note.languages for question_id, note in newly_noted.items()}
    return ReadableTexts(languages, finder.language_of)


def read_answers(service: SuggestionService, study: Study, coder_id: str) -> None:
    """Have an engine go on with the answers that the study has now: its list of non-responses has changed."""
    came = set(service.take_answers(_answers(study)))
    service.code_many(coded for coded in _coded(study, coder_id) if coded[0] in came)


def _answers(study: Study) -> Iterator[tuple[int, str, str]]:
    """Yield number, question id and text of each answer."""
    responses = surveys.all_responses(study.database)
    return ((r.number, r.question_id, r.text) for r in responses if r.answered)


def _coded(study: Study, coder_id: str) -> Iterable[_Coded]:
    """Return what a coder has coded so far; of answers of the same words that are coded alike, one."""
    theme_ids: dict[int, list[str]] = defaultdict(list)
    for coding in codings.all_codings(study.database, coder_id):
        theme_ids[coding.response].append(coding.theme_id)
    done = codings.confirmed(study.database, coder_id)
    coded = [
        (number, theme_ids.get(number, []), number in done) for number in sorted(theme_ids.keys() | done)
    ]
    return _each_once(study, coded) if study.settings.same_words else coded


def _each_once(study: Study, coded: Sequence[_Coded]) -> Iterator[_Coded]:
    """Yield coded answers without those of the same words that are coded as one before: they count once."""
    groups = surveys.groups_by_words(study.database, [number for number, _, _ in coded])
    seen = set()
    for number, theme_ids, is_done in coded:
        group = groups.get(number, number)
        if (group, frozenset(theme_ids), is_done) not in seen:
            seen.add((group, frozenset(theme_ids), is_done))
            yield number, theme_ids, is_done


def _passage_encoder(encoder: Encoder | None) -> Encoder | None:
    """Return what parts of answers are compared with: the light encoder, whichever model ranks.

    So the words that carry a theme are the same in every installation, and wait for no large model.
    """
    leading = parts_of(encoder)[0] if encoder is not None else None
    return LightEncoder() if leading is not None and not leading.is_quick else leading


def _vectors(study: Study, notify: Callable[[str], None]) -> VectorStore | None:
    try:
        return VectorStore(_cache_file(study))
    except CoderError as error:
        notify(str(error))
        return None


def _cache_file(study: Study) -> Path:
    """Return the file of vectors; of a study that can only be read, its copy in the private folder."""
    path, private = study.folder / CACHE_FOLDER / "vectors.db", study.database.copy
    if private is None:
        return path
    copy = private.path / path.name
    if not copy.exists():
        # Without it, texts are only embedded anew.
        with suppress(CoderError):
            add_copy(path, private)
    return copy


def _encoder(study: Study, notify: Callable[[str], None]) -> Encoder | None:
    named = study.settings.model
    # A model may lie in the study, wherever the program was started.
    inside = study.folder / named
    model = str(inside) if named not in PROGRAMS_MODELS and inside.is_dir() else named
    wanted = downloaded_model(study)
    agreed = wanted is not None and is_agreed(wanted) is True
    try:
        return load_encoder(model, allow_download=agreed)
    except CoderError as error:
        notify(str(not_agreed(wanted) if wanted and not agreed else error))
        return None
