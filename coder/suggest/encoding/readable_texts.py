"""The rule which texts an encoder reads: those in a language that it knows. Words alone rank the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.languages.answer_languages import NOT_SURE, AnswerLanguages
from coder.suggest.encoding.encoders import SideBySide, parts_of
from coder.suggest.sentences import with_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coder.suggest.encoding.encoders import Encoder

LanguageOf = Callable[[str, AnswerLanguages], "str | None"]
"""Returns the language of an answer, None if unsure, from it and the languages of its question's answers."""
_MOST = 0.5
"""Share of a question's answers that are in known languages from which one that is not sure is read too."""


class ReadableTexts:
    """Knows the languages of questions, and which texts are in one that an encoder does not know.

    - A question of whose answers nobody knows the languages is read, as is one without a sure language.
    - A question none of whose languages an encoder knows is not read by it at all.
    - Where an encoder knows some of them, or single answers are in others, each answer is looked at: by its
      own language where that is sure, else as most of the question's answers.

    Args:
        languages: Question to the languages of its answers.
        language_of: Tells the language of one answer; called only where each answer has to be looked at.
    """

    def __init__(self, languages: Mapping[str, AnswerLanguages], language_of: LanguageOf) -> None:
        self._languages = languages
        self._language_of = language_of
        self._question_of: dict[str, str] = {}
        """Texts that have to be looked at, in NFC, to the question that they answer."""
        self._codes: dict[str, str | None] = {}

    def languages_of(self, question_id: str) -> AnswerLanguages:
        """Return the languages of the answers to a question, as far as anybody knows them."""
        return self._languages.get(question_id, NOT_SURE)

    def is_read(self, encoder: Encoder, question_id: str) -> bool:
        """Tell whether an encoder reads answers to a question."""
        languages = self.languages_of(question_id)
        known = encoder.languages
        return known is None or not languages.shares or languages.share_of(known) > 0

    def encoder_for(self, encoder: Encoder | None, question_ids: Iterable[str]) -> Encoder | None:
        """Return an encoder, or of several side by side those, that read answers to any of the questions."""
        questions = list(question_ids)
        parts = [
            part
            for part in (parts_of(encoder) if encoder is not None else ())
            if not questions or any(self.is_read(part, question_id) for question_id in questions)
        ]
        return SideBySide(*parts) if len(parts) > 1 else parts[0] if parts else None

    def note(self, question_id: str, answers: Iterable[str], encoder: Encoder) -> None:
        """Note answers to a question, and their sentences, if each has to be looked at."""
        languages = self.languages_of(question_id)
        known = [part.languages for part in parts_of(encoder)]
        is_known = all(codes is None or codes.issuperset(languages.codes) for codes in known)
        if languages.others or not is_known:
            for text in with_sentences(answers):
                self._question_of.setdefault(normalize("NFC", text), question_id)

    def reads(self, encoder: Encoder, text: str) -> bool:
        """Tell whether an encoder is given a text (in NFC)."""
        question_id = self._question_of.get(text)
        if question_id is None or encoder.languages is None:
            return True
        if not self.is_read(encoder, question_id):
            return False
        languages = self.languages_of(question_id)
        if text not in self._codes:
            self._codes[text] = languages.codes[0] if languages.stated else self._language_of(text, languages)
        code = self._codes[text]
        if code is None:
            return not languages.shares or languages.share_of(encoder.languages) >= _MOST
        return code in encoder.languages


def everything() -> ReadableTexts:
    """Return the rule where nobody knows any language: every text is read."""
    return ReadableTexts({}, lambda _text, _languages: None)
