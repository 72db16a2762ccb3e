"""The words of an answer as the search for names reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from coder.text.privacy.word_lists import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['’\u02bc-]{_LETTERS})*(?:(?<=\b[^\W\d_])\.(?:[^\W\d_]\.)*)?")
_POSSESSIVE = re.compile(r"(?<=\w)['’\u02bc]s$|(?<=s)['’\u02bc]$", re.IGNORECASE)
_QUOTE = r"\N{LEFT SINGLE QUOTATION MARK}"
_OPENERS = re.compile(rf"(?:^|[.!?:…\n\r•*|;/]|[\"“{_QUOTE}(\[–—-](?=\s?$))[\s\"“{_QUOTE}'(\[•*–—-]*$")
_ABBREVIATION = re.compile(
    r"\b(?:dr|mr|mrs|ms|prof|rev|revd|cllr|fr|sr|st|mme|mlle|asst|nr|rd|ave|e\.g|i\.e)\.\s*$", re.IGNORECASE
)
_MOST_IN_CAPITALS, _MOST_CAPITALISED = 0.7, 0.6
_FEWEST = 3


class WordForm(Enum):
    """How a word is written."""

    SMALL = "small"
    CAPITAL = "capital"
    """Its first letter or that of a part, and maybe others: `McAllister`, `al-Tikriti`."""
    CAPITALS = "capitals"
    """All or most of its letters: `PRIYA`, `CMHTs`."""
    INITIAL = "initial"
    """`K` or `K.` or `J.P.`"""


class Style(Enum):
    """How an answer is written."""

    ORDINARY = "ordinary"
    SMALL = "small"
    CAPITALS = "capitals"
    """All or most of its letters: `PRIYA`, `CMHTs`."""
    TITLE = "title"
    """Nearly Every Word With A Capital."""


@dataclass(frozen=True, slots=True)
class AnswerWord:
    """A word of an answer.

    Attributes:
        text: Without a possessive ending.
        folded: In small letters, without accents.
        start: Its first code point in the answer.
        end: The code point behind its last, the possessive ending aside.
        is_possessive: Whether such an ending follows.
        opens: Whether it begins the answer, a sentence, a line or what stands in quotes or brackets.
        gap: What stands between the word before and it.
    """

    text: str
    folded: str
    start: int
    end: int
    is_possessive: bool
    opens: bool
    gap: str
    form: WordForm = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "form", _form(self.text))


@dataclass(frozen=True, slots=True)
class Worded:
    """An answer as the search for names reads it.

    Attributes:
        words: In order.
        style: How it is written.
        is_foreign: Whether most of its words stand in no dictionary.
        behind: What follows the last word.
    """

    words: tuple[AnswerWord, ...]
    style: Style
    is_foreign: bool
    behind: str

    def gap_behind(self, index: int) -> str:
        """Return what stands between a word and the next one, or the end."""
        return self.words[index + 1].gap if index + 1 < len(self.words) else self.behind


def words_of(text: str) -> tuple[AnswerWord, ...]:
    """Return the words of a text, in order."""
    words: list[AnswerWord] = []
    behind = 0
    for match in _WORD.finditer(text):
        bare = _POSSESSIVE.sub("", match[0])
        gap = text[behind : match.start()]
        words.append(
            AnswerWord(
                bare,
                folded(bare),
                match.start(),
                match.start() + len(bare),
                len(bare) < len(match[0]),
                _opens(text, match.start(), gap, not words),
                gap,
            )
        )
        behind = match.end()
    return tuple(words)


def _opens(text: str, start: int, gap: str, first: bool) -> bool:
    if first:
        return True
    if gap.isspace() and "\n" not in gap:
        return False
    before = text[max(0, start - 12) : start]
    return _OPENERS.search(gap) is not None and _ABBREVIATION.search(before) is None


def style_of(words: Sequence[AnswerWord], is_ordinary: Callable[[str], bool]) -> Style:
    """Return how an answer is written.

    Args:
        words: Its words.
        is_ordinary: Tells whether a word, folded, is one that nobody is called.
    """
    long = [word for word in words if len(word.text) > 1 and word.form is not WordForm.INITIAL]
    letters = sum(len(word.text) for word in long)
    in_capitals = sum(len(word.text) for word in long if word.form is WordForm.CAPITALS)
    if in_capitals > _MOST_IN_CAPITALS * letters and (len(long) >= _FEWEST or in_capitals > 2 * _FEWEST):
        return Style.CAPITALS
    if all(word.form is WordForm.SMALL for word in long):
        return Style.SMALL
    weighty = [word for word in long if len(word.text) > _FEWEST]
    needless = [
        word
        for word in weighty
        if word.form is WordForm.CAPITAL and not word.opens and is_ordinary(word.folded)
    ]
    with_capital = sum(word.form is not WordForm.SMALL for word in weighty)
    if len(needless) >= min(2, len(weighty) - 1) > 0 and with_capital > _MOST_CAPITALISED * len(weighty):
        return Style.TITLE
    return Style.ORDINARY


def _form(text: str) -> WordForm:
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) == 1 or "." in text:
        return WordForm.INITIAL if letters[0].isupper() else WordForm.SMALL
    upper = sum(letter.isupper() for letter in letters)
    if 2 * upper > len(letters) or (
        len(letters) > _FEWEST and upper == len(letters) - 1 and letters[-1] == "s"
    ):
        return WordForm.CAPITALS
    return WordForm.CAPITAL if any(part[:1].isupper() for part in text.split("-")) else WordForm.SMALL
