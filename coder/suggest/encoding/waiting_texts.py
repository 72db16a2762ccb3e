"""The texts of a study that wait for their vectors, the most urgent first."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.errors import CoderError
from coder.suggest.sentences import sentences, with_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.suggest.encoding.text_vectors import ModelVectors

_FETCH = 2000


class WaitingTexts:
    """A queue of answers, and of the sentences of those that have several.

    Args:
        vectors: The vectors of one model in memory, and its encoder; with None nothing waits.
        theme_texts: Texts of themes, which are embedded before anything else.

    Where the encoder is quick the sentences do not wait: they are read when their answer is ranked.
    """

    def __init__(self, vectors: ModelVectors | None, theme_texts: Sequence[str]) -> None:
        self._vectors = vectors
        self._theme_texts = list(theme_texts) if vectors is not None else []
        """Those that have no vector yet."""
        self._total = 0
        self._whole: list[str] = []
        self._pending: dict[str, None] = {}
        self._unstored: set[str] = set()
        """Those of the pending that are known not to be stored."""
        self._coded: dict[str, None] = {}
        self._preferred: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Tell whether any text waits."""
        return bool(self._pending)

    def add(self, answers: Iterable[str]) -> None:
        """Add the different answers; their sentences follow when the first is embedded."""
        new = [answer for answer in dict.fromkeys(answers) if answer.strip()]
        if self._vectors is not None and not self._vectors.encoder.is_quick:
            self._whole += new
        self._wait_for(new)

    def prefer(self, answers: Sequence[str]) -> None:
        """Embed these and their sentences first."""
        self._preferred = answers

    def prefer_coded(self, answers: Iterable[str]) -> None:
        """Embed these next, since they are learned from."""
        self._coded |= dict.fromkeys(answer for answer in map(_formed, answers) if answer in self._pending)

    def holds_preferred(self) -> bool:
        """Tell whether one of the preferred answers waits."""
        return not self._pending.keys().isdisjoint(map(_formed, self._preferred))

    def left(self) -> int:
        """Return how many texts wait, themes included."""
        return len(self._pending) + len(self._theme_texts)

    def embed_some(self, budget: int) -> tuple[int, int]:
        """Give vectors to at most so many texts, and to all themes; return the done and the total.

        Stored vectors are fetched by the thousand, and none is made that is stored. With a budget of 0 they
        are only fetched: the model is not loaded.

        Raises:
            CoderError: The model cannot be loaded. It is given up: nothing waits any more.
        """
        # Cutting 100,000 answers takes the better part of a second: not before the first ranking.
        whole, self._whole = self._whole, []
        self._wait_for(chain.from_iterable(map(sentences, whole)))
        if self._vectors is not None and self.left():
            try:
                self._embed_some(self._vectors, budget)
            except CoderError:
                self._pending.clear()
                self._theme_texts.clear()
                raise
        return self._total - len(self._pending), self._total

    def _embed_some(self, vectors: ModelVectors, budget: int) -> None:
        urgent = map(_formed, with_sentences(self._preferred))
        batch = dict.fromkeys([*urgent, *self._coded, *islice(self._pending, _FETCH)])
        waiting = list(islice((text for text in batch if text in self._pending), _FETCH))
        self._unstored.update(vectors.fetch([text for text in waiting if text not in self._unstored]))
        self._theme_texts = vectors.fetch(self._theme_texts)
        embedded = [text for text in waiting if text in self._unstored][:budget]
        if budget:
            vectors.embed([*self._theme_texts, *embedded])
            self._theme_texts.clear()
            self._unstored.difference_update(embedded)
        for text in waiting:
            if text not in self._unstored:
                del self._pending[text]
                self._coded.pop(text, None)

    def _wait_for(self, texts: Iterable[str]) -> None:
        if self._vectors is None:
            return
        for text in map(_formed, texts):
            if text not in self._pending and not self._vectors.has(text):
                self._pending[text] = None
                self._total += 1


def _formed(text: str) -> str:
    """Return a text in NFC, as which its vector is made."""
    return normalize("NFC", text)
