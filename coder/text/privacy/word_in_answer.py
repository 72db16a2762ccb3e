"""A word of an answer with what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.text.privacy.vocabulary import Sort, Vocabulary
    from coder.text.privacy.worded import AnswerWord, Worded, WordForm


@dataclass(frozen=True, slots=True)
class WordInAnswer:
    """A word of an answer, and the words around it; all of them folded.

    Attributes:
        answer: The words of the answer.
        index: Which of them.
        vocabulary: The words of the survey.
    """

    answer: Worded
    index: int
    vocabulary: Vocabulary

    @property
    def word(self) -> AnswerWord:
        """The word."""
        return self.answer.words[self.index]

    @property
    def folded(self) -> str:
        """The word in small letters without accents."""
        return self.word.folded

    @property
    def form(self) -> WordForm:
        """How it is written."""
        return self.word.form

    @property
    def sort(self) -> Sort:
        """What sort of word it is, as a name goes."""
        return self.vocabulary.sort_of(self.word.folded)

    def neighbour(self, distance: int) -> AnswerWord | None:
        """Return the word so many words on (before: below 0), None beyond the answer."""
        index = self.index + distance
        return self.answer.words[index] if 0 <= index < len(self.answer.words) else None

    def beside(self, distance: int) -> str:
        """Return the same word folded, without the full stop of an abbreviation; empty beyond the answer."""
        word = self.neighbour(distance)
        return word.folded.rstrip(".") if word is not None else ""

    def gap_behind(self, distance: int = 0) -> str:
        """Return what stands between the word so many words on and the next one, or the end."""
        return self.answer.gap_behind(self.index + distance)
