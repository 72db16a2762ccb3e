"""The encoders that stand beside the leading one once they have read every text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.suggest.encoding.waiting_texts import WaitingTexts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.suggest.encoding.text_vectors import Vectors


class EncodersBeside:
    """What the encoders beside the leading one have yet to read; they are used all at once.

    Args:
        vectors: The vectors of all encoders; with None there are none.
        theme_texts: Texts of themes, which are embedded before anything else.
    """

    def __init__(self, vectors: Vectors | None, theme_texts: Sequence[str]) -> None:
        self._vectors = vectors
        later = vectors.later if vectors else []
        self._waiting = [WaitingTexts(model, theme_texts) for model in later]

    @property
    def are_used(self) -> bool:
        """Return whether their vectors are used."""
        return self._vectors is not None and len(self._vectors.in_use) > 1

    def add(self, answers: Sequence[str]) -> None:
        """Add answers, as `WaitingTexts` does."""
        for waiting in self._waiting:
            waiting.add(answers)

    def prefer(self, answers: Sequence[str]) -> None:
        """Embed these and their sentences first."""
        for waiting in self._waiting:
            waiting.prefer(answers)

    def wake(self) -> None:
        """Load the encoders, which takes seconds: a thread may do it.

        Raises:
            CoderError: One cannot be loaded.
        """
        for model in self._vectors.later if self._vectors else []:
            model.encode([""])

    def embed_some(self, budget: int) -> int:
        """Give at most so many texts their vectors; with 0, only fetch those that are stored.

        Once every text has them they are used: until then rankings go by the leading encoder alone.

        Returns:
            How many texts wait.

        Raises:
            CoderError: An encoder cannot be loaded. All are given up: the leading one goes on alone.
        """
        try:
            for waiting in self._waiting:
                waiting.embed_some(budget)
        except CoderError:
            self._waiting = []
            raise
        left = sum(waiting.left() for waiting in self._waiting)
        if self._waiting and self._vectors and not left:
            self._vectors.lay_beside()
        return left
