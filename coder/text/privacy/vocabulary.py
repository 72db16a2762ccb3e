"""Which words are ordinary in a survey, and what sort of word each is as a name goes."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from string import ascii_lowercase
from typing import TYPE_CHECKING

from coder.text.privacy.word_lists import (
    also_words,
    dictionary,
    first_names,
    folded,
    frequent_words,
    last_names,
    naming_words,
    places,
    terms,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-zà-öø-ÿ][a-zß-öø-ÿœ]+(?:['’-][a-zà-öø-ÿ]+)*(?![\w-])")
_CAPITAL_WORD = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+")
_ORDINARY_COUNT = 300
"""Of pyspellchecker's English texts, which have 50 of the rarest: rarer words are names as often as not."""
_OFTEN = 20_000
"""Of them too: a word that is so frequent is an ordinary one, whether or not somebody is called so."""
_SHORT, _LONG, _VOWELS = 3, 5, frozenset("aeiouy")
_ENDINGS = re.compile(r"\w{4}(?:ly|tions?|ing|ative|ments?|able|ness|ous|ists?|ology|ional|ance|ence)$")
"""Of words that are built as English ones are: a word in no dictionary that ends so is misspelt."""
_AMERICAN = {
    "our": "or", "is": "iz", "ys": "yz", "ae": "e", "oe": "e", "mme": "m", "tre": "ter", "ll": "l",
    "logue": "log", "ence": "ense", "eable": "able", "l": "ll",
}  # fmt: skip
_BRITISH = re.compile(
    r"(?<=\w)our(?=\w?)|is(?=(?:e[drs]?|ing|ation|ations|ers?)$)|ys(?=(?:e[drs]?|ing)$)|[ao]e(?=\w\w)"
    r"|mme(?=s?$)|tre(?=[sd]?$)|ll(?=(?:ed|ing|ers?|or|ors)$)|logue(?=s?$)|ence(?=s?$)|eable$|l(?=(?:ment|ments|ful)$)"
)
"""What British words have where pyspellchecker's have what `_AMERICAN` says."""
_USED_COUNT, _USED_SHARE = 8, 0.01
"""In how many answers, and in which share of them, an unlisted word is a term of the survey, and no name."""


class Sort(Enum):
    """What sort of word it is, as a name goes."""

    FIRST = "a first name"
    BOTH = "a first name and an ordinary word"
    LISTED_NAME = "a first name and a place or a term"
    LAST = "a last name"
    UNKNOWN = "in no list"
    NEARLY = "a letter away from a first name"
    MISSPELT = "a letter away from an ordinary word"
    RARE = "in a dictionary, but rare"
    TERM = "a term of this survey"
    LISTED = "a place or a term"
    ORDINARY = "an ordinary word"


COMMON = (Sort.ORDINARY, Sort.LISTED, Sort.MISSPELT)
"""Sorts of words that are hardly ever names."""


class Vocabulary:
    """The words of a survey, each with its sort.

    Args:
        texts: Its answers: a word that stands in small letters there is an ordinary one.
        ordinary: What is no name in this survey: wordings of questions, values of attributes.
        languages: The languages of the answers, by codes of two letters.
    """

    def __init__(
        self, texts: Iterable[str] = (), ordinary: Iterable[str] = (), languages: Sequence[str] = ("en",)
    ) -> None:
        self._dictionaries = [dictionary(language) for language in dict.fromkeys(("en", *languages))]
        self._small: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        self._many = 0
        for text in texts:
            self._many += 1
            self._small.update(set(_SMALL_WORD.findall(text)))
            self._capital.update({folded(word) for word in _CAPITAL_WORD.findall(text)})
        words = {folded(word) for text in ordinary for word in re.findall(r"[\w'’-]+", text)}
        self._theirs = frozenset(words) - first_names()
        self._sorts: dict[str, Sort] = {}

    def sort_of(self, word: str) -> Sort:
        """Return the sort of a word, given folded (`word_lists.folded`) and without a possessive ending."""
        sort = self._sorts.get(word)
        if sort is None:
            sort = self._sorts[word] = self._sort(word)
        return sort

    def is_known(self, word: str) -> bool:
        """Tell whether a dictionary has a word, whatever its sort."""
        return self._count(word) > 0

    def is_last_name(self, word: str) -> bool:
        """Tell whether a word that is no frequent one is a last name."""
        return word in last_names() and self._count(word) < _OFTEN / 4

    def is_family(self, word: str) -> bool:
        """Tell whether a word is several people of a last name, as in "the Okoros"."""
        bare = word.removesuffix("s")
        return bare != word and self._count(word) == 0 and (bare in last_names() or bare in first_names())

    def _sort(self, word: str) -> Sort:
        if "-" in word:
            return self._sort_of_parts(word)
        naming, count = naming_words(), self._count(word)
        is_name = len(word) > 1 and (word in first_names() or self._is_plural(word, count))
        if word in naming["never"] or word in naming["kin"]:
            sort = Sort.ORDINARY
        elif word in places() or word in terms() or word in self._theirs:
            sort = Sort.LISTED_NAME if is_name else Sort.LISTED
        elif word in naming["place_after"]:
            sort = Sort.ORDINARY
        elif word in also_words():
            sort = Sort.BOTH
        elif is_name and count < _OFTEN:
            sort = Sort.FIRST
        else:
            sort = self._sort_of_no_first_name(word, count)
        return sort

    def _sort_of_no_first_name(self, word: str, count: int) -> Sort:
        is_frequent = count >= _ORDINARY_COUNT or word in frequent_words()
        if is_frequent or self._is_about_names(word) or self._small[word] > (count == 0):
            return Sort.ORDINARY
        if word in last_names():
            return Sort.LAST
        return Sort.RARE if count else self._unlisted(word)

    def _is_about_names(self, word: str) -> bool:
        """Tell whether a word says what the next one is, as a title does, and so is no name itself."""
        naming = naming_words()
        return word in naming["title"] or word in naming["asking"]

    def _unlisted(self, word: str) -> Sort:
        used = self._capital[word]
        if used >= _USED_COUNT and used >= _USED_SHARE * self._many:
            return Sort.TERM
        if len(word) < _LONG:
            return Sort.UNKNOWN if len(word) >= _SHORT and set(word) & _VOWELS else Sort.RARE
        neighbours = _a_letter_away(word)
        if any(near in first_names() and near not in also_words() for near in neighbours):
            return Sort.NEARLY
        if _ENDINGS.search(word) or any(self._count(near) >= _ORDINARY_COUNT for near in neighbours):
            return Sort.MISSPELT
        return Sort.UNKNOWN

    def _is_plural(self, word: str, count: int) -> bool:
        """Tell whether a word is several people of a first name, as in "the two Karens"."""
        return (
            count < _ORDINARY_COUNT
            and len(word) > _LONG
            and word.endswith("s")
            and word[-3:] != "ies"
            and word[:-1] in first_names() - also_words()
        )

    def _sort_of_parts(self, word: str) -> Sort:
        parts = [part for part in word.split("-") if part]
        sorts = [self.sort_of(part) for part in parts]
        if Sort.LISTED in sorts or not sorts:
            return Sort.LISTED if sorts else Sort.ORDINARY
        if sorts[0] is Sort.FIRST:
            return Sort.FIRST
        if sorts[0] in (Sort.LAST, Sort.UNKNOWN, Sort.NEARLY) and len(parts[0]) >= _LONG - 1:
            return Sort.LAST
        by_weight: tuple[Sort, ...] = (Sort.ORDINARY, Sort.UNKNOWN, *Sort)
        return next(sort for sort in by_weight if sort in sorts)

    def _count(self, word: str) -> int:
        count = max(words.get(word, 0) for words in self._dictionaries)
        if not count and (american := _BRITISH.sub(lambda match: _AMERICAN[match[0]], word)) != word:
            return self._dictionaries[0].get(american, 0)
        return count


def _a_letter_away(word: str) -> set[str]:
    """Return a word with a letter left out, put in, changed, or two beside each other changed about."""
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    near = {left + right[1:] for left, right in halves if right}
    near |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    near |= {left + letter + right[1:] for left, right in halves if right for letter in ascii_lowercase}
    return near | {left + letter + right for left, right in halves for letter in ascii_lowercase}
