"""What speaks for a word of an answer being somebody's name, and what against it, as points.

Points are added up; `ENOUGH` of them make a guess. They were set by hand with the answers in
`tests/text/privacy/made/tuned_on.txt`; `docs/privacy.md` has what comes of it on others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.text.privacy.points_before import points_from_before
from coder.text.privacy.points_behind import points_from_behind
from coder.text.privacy.vocabulary import COMMON, Sort
from coder.text.privacy.word_in_answer import WordInAnswer
from coder.text.privacy.word_lists import frequent_words, naming_words
from coder.text.privacy.worded import Style, WordForm

if TYPE_CHECKING:
    from coder.text.privacy.vocabulary import Vocabulary
    from coder.text.privacy.worded import Worded

ENOUGH = 1.5

# A row a sort: a capital within a sentence, one that begins a sentence (or where every word has one), in an
# answer or a word in capitals, and in small letters.
_POINTS = {
    Sort.FIRST: (3.0, 2.2, 2.0, 1.5),
    Sort.NEARLY: (2.4, 1.5, 1.0, -1.2),
    Sort.LAST: (2.2, 1.0, 1.0, -1.6),
    Sort.UNKNOWN: (2.2, 1.5, 0.9, -1.4),
    Sort.MISSPELT: (1.6, -0.5, -1.5, -4.0),
    Sort.BOTH: (1.0, -0.5, -1.5, -2.5),
    Sort.RARE: (1.0, -0.3, -1.5, -3.0),
    Sort.LISTED_NAME: (0.0, -0.5, -1.5, -2.5),
    Sort.TERM: (0.0, -1.0, -2.0, -3.0),
    Sort.ORDINARY: (-1.5, -4.0, -4.0, -5.0),
    Sort.LISTED: (-2.5, -3.0, -4.0, -4.0),
}
_WITHIN, _OPENING, _IN_CAPITALS, _SMALL = range(4)
_UNLISTED = (Sort.UNKNOWN, Sort.NEARLY, Sort.MISSPELT, Sort.RARE, Sort.LAST)
_LONGEST_ACRONYM = 5
_NEVER = -5.0


def points_for(answer: Worded, index: int, vocabulary: Vocabulary) -> float:
    """Return what speaks for a word being a name, less what speaks against it.

    Args:
        answer: The words of the answer.
        index: Which of them.
        vocabulary: The words of the survey.
    """
    word = WordInAnswer(answer, index, vocabulary)
    if word.folded.rstrip(".") in naming_words()["title"]:
        return _NEVER
    opens_foreign = answer.is_foreign and word.word.opens
    if (opens_foreign or word.form is WordForm.SMALL) and word.folded in frequent_words():
        # "Mae" begins every other sentence in Welsh, "nic" stands in many a Polish one.
        return _NEVER
    points = _by_itself(word) + points_from_before(word) + points_from_behind(word)
    if answer.is_foreign and (word.form is WordForm.SMALL or word.sort in _UNLISTED):
        points -= 2.0
    if word.word.is_possessive and word.sort not in COMMON:
        points += 2.0 if word.sort is Sort.BOTH and word.word.opens else 1.0
    return points


def _by_itself(word: WordInAnswer) -> float:
    points = _POINTS[word.sort]
    if word.form is WordForm.INITIAL:
        return _NEVER if len(word.word.text.rstrip(".")) == 1 else 0.2
    if word.form is WordForm.SMALL:
        return points[_SMALL]
    if word.answer.style is Style.CAPITALS:
        return points[_IN_CAPITALS] - (3.0 if _is_acronym(word) else 0.0)
    if word.form is WordForm.CAPITALS:
        return _in_capitals(word, points[_IN_CAPITALS])
    return points[_OPENING if word.word.opens or word.answer.style is Style.TITLE else _WITHIN]


def _in_capitals(word: WordInAnswer, points: float) -> float:
    """Return what speaks for a word in capitals in an answer that has others: most are acronyms."""
    length = len(word.word.text)
    if length > _LONGEST_ACRONYM:
        return points + 0.5
    if word.sort is not Sort.FIRST:
        return -3.0
    return points if length == _LONGEST_ACRONYM else 0.5


def _is_acronym(word: WordInAnswer) -> bool:
    if word.sort in (Sort.FIRST, Sort.BOTH):
        return False
    return len(word.word.text) < _LONGEST_ACRONYM or not set(word.folded) & set("aeiouy")
