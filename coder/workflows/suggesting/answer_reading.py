"""What is told of how answers are read: their languages, what ranks, and what would help."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.languages.language_names import language_name
from coder.domain.languages.language_text import encoders_text, languages_text
from coder.domain.study_settings import PROGRAMS_MODELS
from coder.errors import CoderError
from coder.suggest.encoding.encoders import load_encoder, parts_of
from coder.suggest.encoding.light_encoder import LIGHT_LANGUAGES, LightEncoder
from coder.suggest.encoding.readable_texts import ReadableTexts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from coder.domain.languages.answer_languages import AnswerLanguages

_MORE_FOR_ENGLISH = 'A second model, for English: pip install "theme-coder[models]"'


def reading_text(languages: AnswerLanguages, encoders: Sequence[str], model: str) -> str:
    """Return what ranks the themes for answers in some languages, and what would help, shortly.

    Args:
        languages: Those of the answers to the question.
        encoders: The names of the encoders that read them.
        model: What study.toml says of the model.
    """
    ranks = f"{languages_text(languages)}; ranked by {encoders_text(encoders)}."
    return " ".join(filter(None, (ranks, what_helps(languages, encoders, model))))


def what_helps(languages: AnswerLanguages, encoders: Sequence[str], model: str) -> str:
    """Return what would help where no encoder reads some answers; empty where nothing would. As above."""
    unknown = [language_name(code) for code in languages.codes if code not in LIGHT_LANGUAGES]
    if encoders:
        alone = f"No model here knows {listed(unknown)}: words alone there."
        return alone if unknown and model in PROGRAMS_MODELS else ""
    if model == "none":
        return 'study.toml says model = "none".'
    if unknown:
        return f"No model here knows {listed(unknown)}."
    return 'model = "default" in study.toml would rank by meaning.' if languages.codes else ""


def expected_readings(languages: Mapping[str, AnswerLanguages], model: str) -> list[str]:
    """Return lines on what will rank the themes of questions, those alike together; no model is loaded.

    Args:
        languages: Question id to the languages of its answers.
        model: What study.toml says of the model.
    """
    try:
        encoder = load_encoder(model)
    except CoderError:
        # The engine says why, once it is started.
        encoder = None
    rule = ReadableTexts(languages, lambda _text, _languages: None)
    alike: dict[str, list[str]] = defaultdict(list)
    for question_id, of_answers in languages.items():
        reading = rule.encoder_for(encoder, [question_id])
        names = [part.name for part in parts_of(reading)] if reading is not None else []
        alike[reading_text(of_answers, names, model)].append(question_id)
    lines = [f"{listed(question_ids)}: {text}" for text, question_ids in alike.items()]
    has_english = any("en" in of_answers.codes for of_answers in languages.values())
    if has_english and model == "default" and isinstance(encoder, LightEncoder):
        lines.append(_MORE_FOR_ENGLISH)
    return lines
