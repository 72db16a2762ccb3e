"""Where notes quote passages of answers that are to leave a study as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.privacy.text_cuts import TextCut, with_cuts

if TYPE_CHECKING:
    from collections.abc import Iterable

RUN = 6
"""So many words of an answer in a row are a quote of it; of a shorter one all of its words."""
FEWEST = 3
"""Answers of fewer words are not looked for: what they say, anybody may have said."""
WITHDRAWN = "[withdrawn]"
"""What stands in the place of a passage."""
_WORD = re.compile(r"[\w\u0300-\u036f]+")


class QuotedPassages:
    """Finds passages of answers in notes, whatever case, punctuation and blanks.

    Args:
        texts: The answers.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._runs: dict[int, set[tuple[str, ...]]] = {}
        for text in texts:
            words = [_folded(match[0]) for match in _WORD.finditer(text)]
            length = min(RUN, len(words))
            if length >= FEWEST:
                runs = self._runs.setdefault(length, set())
                runs.update(tuple(words[start : start + length]) for start in range(len(words) - length + 1))

    def cuts_in(self, text: str) -> tuple[TextCut, ...]:
        """Return the passages of a text that are such quotes, each with what is to stand there."""
        matches = list(_WORD.finditer(text))
        words = [_folded(match[0]) for match in matches]
        cuts: list[TextCut] = []
        for start in range(len(words)):
            for length, runs in self._runs.items():
                if tuple(words[start : start + length]) in runs:
                    begin, end = matches[start].start(), matches[start + length - 1].end()
                    if cuts and begin <= cuts[-1].end:
                        cuts[-1] = cuts[-1]._replace(end=max(end, cuts[-1].end))
                    else:
                        cuts.append(TextCut(begin, end, WITHDRAWN))
        return tuple(cuts)

    def cleaned(self, text: str) -> str:
        """Return a text without these passages."""
        return with_cuts(text, self.cuts_in(text))


def _folded(word: str) -> str:
    return normalize("NFC", word).casefold()
