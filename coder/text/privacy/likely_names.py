"""Words that look like names and are not among a survey's ordinary words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.privacy.findings import Certainty, Finding
from coder.text.privacy.name_points import ENOUGH, points_for
from coder.text.privacy.vocabulary import Sort, Vocabulary
from coder.text.privacy.word_lists import frequent_words, naming_words
from coder.text.privacy.worded import Style, Worded, WordForm, style_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.text.privacy.worded import AnswerWord

_PARTICLES = frozenset(
    ("van", "von", "de", "der", "den", "del", "della", "da", "di", "dos", "du", "la", "le", "al", "el", "bin",
     "bint", "ibn", "ben", "ni", "mac", "ap", "y")
)  # fmt: skip
_PARTICLES_BEFORE = frozenset(["van", "von", "der", "den", "bin", "bint", "ibn"])
_SURE = (Sort.FIRST, Sort.LAST, Sort.UNKNOWN, Sort.NEARLY)
_NAMES = (*_SURE, Sort.BOTH, Sort.RARE, Sort.MISSPELT, Sort.LISTED_NAME)
_JOINED_BY = frozenset((",", ", and", ", &", "&", "/", "and"))
_NOT_AGAINST = 0.0
_NEARLY_ENOUGH, _AT_LEAST, _SURELY = -0.5, -1.5, 2.2
_FOREIGN_SHARE, _FEWEST = 0.4, 3


class LikelyNames:
    """Finds words that look like names.

    Args:
        vocabulary: The words of the survey.
    """

    name = "likely name"

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the names in a text: each with its last names and initials, titles aside."""
        answer = self.read(text)
        words, style = answer.words, answer.style
        chosen = self._chosen(answer)
        index = 0
        while index < len(words):
            if not chosen[index]:
                index += 1
                continue
            first = self._first_of(words, index, style)
            last = self._last_of(words, chosen, index, style)
            yield Finding(words[first].start, words[last].end, "name", self.name, Certainty.GUESS)
            index = last + 1

    def part_that_may_be_a_name(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Return what of a place somebody else took for a name may be one, titles and ordinary words aside.

        Args:
            text: An answer.
            start: The first code point of the place.
            end: The code point behind its last.
        """
        answer = self.read(text)
        fitting = [
            word
            for index, word in enumerate(answer.words)
            if word.start < end
            and word.end > start
            and word.form is not WordForm.SMALL
            and self._vocabulary.sort_of(word.folded) in _NAMES
            and points_for(answer, index, self._vocabulary) >= _NOT_AGAINST
        ]
        return (fitting[0].start, fitting[-1].end) if fitting else None

    def read(self, text: str) -> Worded:
        """Return the words of a text, and how it is written."""
        words = words_of(text)
        behind = text[words[-1].end :] if words else text
        style = style_of(words, lambda word: self._vocabulary.sort_of(word) is Sort.ORDINARY)
        return Worded(words, style, self._is_foreign(words), behind)

    def _chosen(self, answer: Worded) -> list[bool]:
        """Return for each word whether enough speaks for it."""
        words = answer.words
        points = [points_for(answer, index, self._vocabulary) for index in range(len(words))]
        # In a list of names each speaks for the next: forwards, then backwards.
        for step in (1, -1):
            for index in range(len(words))[::step]:
                for joined in self._listed_with(words, index, step):
                    if points[joined] >= ENOUGH > points[index] >= _AT_LEAST:
                        points[index] += 3.0 if points[joined] >= _SURELY else 2.0
        # A word that is a name once in an answer is one there again.
        names = {word.text for word, one in zip(words, points, strict=True) if one >= ENOUGH}
        return [
            one >= ENOUGH or (word.text in names and one > _NEARLY_ENOUGH)
            for word, one in zip(words, points, strict=True)
        ]

    def _listed_with(self, words: Sequence[AnswerWord], index: int, step: int) -> Iterator[int]:
        """Yield the word before (step 1) or behind (step -1) that a comma or "and" joins to a word."""
        word = words[index]
        if word.form is WordForm.SMALL and self._vocabulary.sort_of(word.folded) is not Sort.FIRST:
            return
        for distance in (1, 2):
            other = index - step * distance
            if 0 <= other < len(words):
                low, high = min(index, other), max(index, other)
                between = words[high].gap.strip()
                if distance == len(("and", "word")):
                    middle = words[low + 1]
                    between = f"{middle.gap.strip()}{middle.text}{between}" if middle.text == "and" else "-"
                if between.replace(",and", "and") in _JOINED_BY:
                    yield other

    def _is_foreign(self, words: Sequence[AnswerWord]) -> bool:
        small = [word for word in words if word.form is WordForm.SMALL and len(word.text) > _FEWEST]
        unknown = sum(not self._vocabulary.is_known(word.folded) for word in small)
        return len(small) >= _FEWEST and unknown > _FOREIGN_SHARE * len(small)

    def _first_of(self, words: Sequence[AnswerWord], index: int, style: Style) -> int:
        """Return the first word of the name that a word belongs to: initials and names before it."""
        while index and words[index].gap in (" ", "  ", "") and not words[index].opens:
            before = words[index - 1]
            if before.folded in _PARTICLES_BEFORE:
                index -= 1
                continue
            is_initial = before.form is WordForm.INITIAL and before.folded != "i"
            if before.folded in frequent_words():
                break
            if not is_initial and not self._may_be_part(before, style, opening=True):
                break
            index -= 1
        return index

    def _last_of(self, words: Sequence[AnswerWord], chosen: Sequence[bool], index: int, style: Style) -> int:
        """Return the last word of the name that a word begins."""
        last = ahead = index
        while ahead + 1 < len(words):
            follows, before = words[ahead + 1], words[ahead]
            if before.is_possessive or follows.gap not in (" ", "  ", "", "-"):
                break
            ahead += 1
            if follows.folded in _PARTICLES and follows.form is WordForm.SMALL:
                continue
            is_initial = follows.form is WordForm.INITIAL and follows.text != "I"
            if not (
                is_initial
                or self._may_be_part(follows, style, opening=False)
                or self._goes_on(words, chosen, ahead)
            ):
                break
            last = ahead
        return last

    def _goes_on(self, words: Sequence[AnswerWord], chosen: Sequence[bool], index: int) -> bool:
        """Tell whether a word in small letters is the last name of the one before it."""
        return chosen[index] and words[index].form is words[index - 1].form

    def _may_be_part(self, word: AnswerWord, style: Style, *, opening: bool) -> bool:
        if word.folded in naming_words()["place_after"] or word.folded.rstrip(".") in naming_words()["title"]:
            return False
        sort = self._vocabulary.sort_of(word.folded)
        if style is Style.CAPITALS:
            return sort in _SURE
        if word.form is WordForm.SMALL or word.form is WordForm.INITIAL:
            return False
        if style is Style.TITLE or (opening and word.opens):
            return sort in (*_SURE, Sort.BOTH) if style is Style.TITLE else sort in _SURE
        return sort in _NAMES or (sort in (Sort.ORDINARY, Sort.LISTED) and not opening)
