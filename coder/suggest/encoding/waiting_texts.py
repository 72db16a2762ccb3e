"""The texts of a study that wait for their vectors, the most urgent first."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.suggest.sentences import sentences, with_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.suggest.encoding.text_vectors import Vectors

_FETCH = 2000


class WaitingTexts:
    """A queue of answers, and of the sentences of those that have several.

    Args:
        vectors: The vectors in memory, and their encoder; with None nothing waits.
        theme_texts: Texts of themes, which are embedded before anything else.
    """

    def __init__(self, vectors: Vectors | None, theme_texts: Sequence[str]) -> None:
        self._vectors = vectors
        self._theme_texts = theme_texts
        self._total = 0
        self._whole: list[str] = []
        self._pending: dict[str, None] = {}
        self._coded: dict[str, None] = {}
        self._preferred: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Tell whether any text waits."""
        return bool(self._pending)

    def add(self, answers: Iterable[str]) -> None:
        """Add the different answers; their sentences follow when the first is embedded."""
        new = [answer for answer in dict.fromkeys(answers) if answer.strip()]
        self._whole += new
        self._wait_for(new)

    def prefer(self, answers: Sequence[str]) -> None:
        """Embed these and their sentences first."""
        self._preferred = answers

    def prefer_coded(self, answers: Iterable[str]) -> None:
        """Embed these next, since they are learned from."""
        self._coded |= dict.fromkeys(answer for answer in answers if answer in self._pending)

    def holds_preferred(self) -> bool:
        """Tell whether one of the preferred answers waits."""
        return not self._pending.keys().isdisjoint(self._preferred)

    def embed_some(self, budget: int) -> tuple[int, int]:
        """Give vectors to at most so many texts; return the done and the total.

        Stored vectors are fetched by the thousand, and none is made that is stored.

        Raises:
            CoderError: The model cannot be loaded. It is given up: nothing waits any more.
        """
        # Cutting 100,000 answers takes the better part of a second: not before the first ranking.
        whole, self._whole = self._whole, []
        self._wait_for(chain.from_iterable(map(sentences, whole)))
        if self._vectors is None or not self._pending:
            return self._total, self._total
        waiting = [*with_sentences(self._preferred), *self._coded, *islice(self._pending, _FETCH)]
        batch = list(dict.fromkeys(text for text in waiting if text in self._pending))[:_FETCH]
        try:
            self._vectors.embed(self._theme_texts)
            self._vectors.embed(self._vectors.fetch(batch)[:budget])
        except CoderError:
            self._pending.clear()
            raise
        for text in batch:
            if self._vectors.has(text):
                del self._pending[text]
                self._coded.pop(text, None)
        return self._total - len(self._pending), self._total

    def _wait_for(self, texts: Iterable[str]) -> None:
        if self._vectors is None:
            return
        for text in texts:
            if text not in self._pending and not self._vectors.has(text):
                self._pending[text] = None
                self._total += 1
