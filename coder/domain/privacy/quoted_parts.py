"""Where notes may quote a part of what leaves a study: told to whoever reads them, never cut by itself."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.privacy.placeholders import without_possessive
from coder.domain.privacy.text_cuts import TextCut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

RUN, RUN_OF_ANSWERS = 3, 4
"""So many words in a row are a part of words that were taken out; of a whole answer."""
_FEWEST_LETTERS, _FEWEST_DIGITS = 3, 4
_ORDINARY = 2
"""A word that stands in small letters in so many answers is an ordinary one."""
_WORD = re.compile(r"[\w\u0300-\u036f]+(?:['\u2019\u02bc][\w\u0300-\u036f]+)*")


class QuotedParts:
    """Finds in notes a part of texts: a rare word of them, or some words in a row.

    A rare word has a capital, or four digits, and is not ordinary among the answers that stay. Words in a row
    count if no such answer has them. Either may be about somebody else: whoever reads it has to say.

    Args:
        texts: What leaves the study.
        staying: The answers that stay.
        whole: Returns where the texts are quoted as a whole: what lies there is no part.
        are_answers: Whether the texts are whole answers, of which single words say nothing.
    """

    def __init__(
        self,
        texts: Iterable[str],
        staying: Iterable[str],
        whole: Callable[[str], Sequence[TextCut]],
        *,
        are_answers: bool = False,
    ) -> None:
        self._whole = whole
        self._run = RUN_OF_ANSWERS if are_answers else RUN
        self._words, self._runs = set[str](), set[tuple[str, ...]]()
        for text in texts:
            words = _words_of(text)
            if len(words) > 1 and not are_answers:
                self._words.update(_folded(word) for word in words if _is_rare_by_form(word))
            self._runs.update(self._runs_of(words))
        self._leave_out_ordinary(staying)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self._words or self._runs)

    def _leave_out_ordinary(self, staying: Iterable[str]) -> None:
        if self.is_empty:
            return
        ordinary = Counter[str]()
        for text in staying:
            words = _words_of(text)
            ordinary.update(self._words.intersection(word for word in words if word.islower()))
            if self._runs:
                self._runs.difference_update(self._runs_of(words))
        self._words -= {word for word, answers in ordinary.items() if answers >= _ORDINARY}

    def cuts_in(self, text: str) -> tuple[TextCut, ...]:
        """Return where parts stand in a text; what is to stand there is not known."""
        matches = [] if self.is_empty else list(_WORD.finditer(text))
        words = [match[0] for match in matches]
        spans = {
            match.span() for match in matches if not match[0].islower() and _folded(match[0]) in self._words
        }
        for start, run in enumerate(self._runs_of(words)):
            if run in self._runs:
                spans.add((matches[start].start(), matches[start + self._run - 1].end()))
        if not spans:
            return ()
        whole = self._whole(text)
        return tuple(
            TextCut(start, end, "")
            for start, end in sorted(spans)
            if not any(cut.start < end and start < cut.end for cut in whole)
        )

    def cleaned(self, text: str) -> str:
        """Return a text as it is: nothing is cut out of it by a guess."""
        return text

    def _runs_of(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        folded = [_folded(word) for word in words]
        return (tuple(folded[start : start + self._run]) for start in range(len(folded) - self._run + 1))


def _words_of(text: str) -> list[str]:
    return [match[0] for match in _WORD.finditer(text)]


def _is_rare_by_form(word: str) -> bool:
    if any(map(str.isdigit, word)):
        return sum(map(str.isdigit, word)) >= _FEWEST_DIGITS
    return len(without_possessive(word)) >= _FEWEST_LETTERS and not word.islower()


def _folded(word: str) -> str:
    return normalize("NFC", without_possessive(word)).casefold()
