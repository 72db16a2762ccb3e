"""Names of a list: the team's own, or a column of the survey file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coder.domain.privacy.findings import Certainty, Finding
from coder.text.privacy.vocabulary import Sort
from coder.text.privacy.word_lists import naming_words
from coder.text.privacy.worded import WordForm, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.text.privacy.vocabulary import Vocabulary
    from coder.text.privacy.worded import AnswerWord

OWN_LIST = "own list"
_SHORTEST_PART = 2
_ORDINARY = (Sort.ORDINARY, Sort.LISTED, Sort.BOTH, Sort.RARE, Sort.LISTED_NAME, Sort.MISSPELT)
_NUMBER = re.compile(r"\d")


class ListedNames:
    """Finds names of a list, whole or in part: of "Priya Sharma" also "Priya" and "Sharma".

    Case and accents make no difference, but that a part which is an ordinary word as well has to have a
    capital within a sentence. Entries with digits are found as they are written, whatever the case.

    Args:
        entries: The list.
        name: What people read of it: `OWN_LIST` or `NAME_COLUMN`.
        vocabulary: The words of the survey.
    """

    def __init__(self, entries: Iterable[str], name: str, vocabulary: Vocabulary) -> None:
        self.name = name
        self._vocabulary = vocabulary
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        self._parts: set[str] = set()
        literal: set[str] = set()
        for entry in entries:
            words = tuple(word.folded for word in words_of(entry))
            if _NUMBER.search(entry):
                literal.add(entry.strip())
            elif words:
                self._add(words, written="," in entry)
        longest_first = sorted(literal, key=len, reverse=True)
        pattern = "|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest_first)
        self._literal = re.compile(pattern, re.IGNORECASE) if pattern else None

    def find(self, text: str) -> Iterator[Finding]:
        """Yield the names of the list in a text, each as long as it stands there."""
        if self._literal is not None:
            for match in self._literal.finditer(text):
                yield self._finding(match.start(), match.end())
        words = words_of(text)
        index = 0
        while index < len(words):
            many = self._match(words, index)
            if many:
                yield self._finding(words[index].start, words[index + many - 1].end)
            index += max(many, 1)

    def _finding(self, start: int, end: int) -> Finding:
        return Finding(start, end, "name", self.name, Certainty.LISTED)

    def _add(self, words: tuple[str, ...], *, written: bool) -> None:
        naming = naming_words()
        bare = tuple(word for word in words if word.rstrip(".") not in naming["title"])
        for order in {words, bare, (*bare[1:], *bare[:1]) if written else bare}:
            if order:
                self._by_first.setdefault(order[0], set()).add(order)
        parts = (word for word in bare if len(word.rstrip(".")) >= _SHORTEST_PART)
        self._parts.update(word for word in parts if word not in naming["never"])

    def _match(self, words: Sequence[AnswerWord], index: int) -> int:
        """Return how many words from one on are a name of the list, 0 for none."""
        longest = 0
        for entry in self._by_first.get(words[index].folded, ()):
            if tuple(word.folded for word in words[index : index + len(entry)]) == entry:
                longest = max(longest, len(entry))
        if longest > 1:
            return longest
        if longest == 1 or words[index].folded in self._parts:
            return 1 + self._further(words, index) if self._is_meant(words[index]) else 0
        return 0

    def _further(self, words: Sequence[AnswerWord], index: int) -> int:
        """Return how many more parts of names follow one."""
        many = 0
        for word in words[index + 1 :]:
            if word.gap != " " or word.folded not in self._parts or word.form is not words[index].form:
                break
            many += 1
        return many

    def _is_meant(self, word: AnswerWord) -> bool:
        """Tell whether a single word is the name of the list, not the ordinary word."""
        sort = self._vocabulary.sort_of(word.folded)
        if sort not in _ORDINARY:
            return True
        return word.form is not WordForm.SMALL and not word.opens
