"""The coded responses that a question's engine learns from, by key and as arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from coder.suggest.offered_themes import base_log_odds

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from coder.suggest.arrays import Floats
    from coder.suggest.features import Features
    from coder.suggest.sentences import Sentences


@dataclass(frozen=True, slots=True)
class LearnedResponse:
    """One response and what it was coded with."""

    text: str
    y: Floats
    """(K,), 1 for each theme chosen; less where it is one of several that may be meant."""
    cell_weights: Floats
    """(K,), how much each choice counts: 0 where the theme was neither offered nor chosen."""
    question: int = 0
    """The number of its question."""
    complete: bool = True
    """Whether the coder was done."""


@dataclass(frozen=True, slots=True)
class CodedTable:
    """Coded responses as arrays, a row each."""

    base: Floats
    """(n,), the log-odds of a theme before anything is known of them."""
    x: Floats
    """(n, d), what they say."""
    z: Floats
    """(n, K), what the codebook says of them."""
    positions: Floats
    """(n, d): the closer two responses are, the more alike."""
    questions: NDArray[Any]
    """(n,), the numbers of their questions."""
    y: Floats
    """(n, K), 1 for each theme chosen; less where it is one of several that may be meant."""
    cell_weights: Floats
    """(n, K), how much each choice counts."""
    sentences: Sentences

    def selected(self, rows: NDArray[np.bool_]) -> CodedTable:
        """Return the rows for which an (n,) array is True."""
        arrays = {name: getattr(self, name)[rows] for name in _ARRAYS}
        return CodedTable(**arrays, sentences=self.sentences.selected(rows))

    def followed_by(self, more: CodedTable) -> CodedTable:
        """Return these rows and after them those of another table."""
        import numpy as np

        joined = {name: np.concatenate([getattr(self, name), getattr(more, name)]) for name in _ARRAYS}
        return CodedTable(**joined, sentences=self.sentences.followed_by(more.sentences, len(self.y)))


_ARRAYS = [field.name for field in fields(CodedTable) if field.name != "sentences"]


@dataclass(frozen=True, slots=True)
class UncodedTable:
    """Responses that are to be ranked, a row each; the arrays are those of `CodedTable`."""

    texts: Sequence[str]
    base: Floats
    x: Floats
    z: Floats
    questions: NDArray[Any]
    sentences: Sentences
    features: Features


class CodedResponses:
    """Coded responses under keys of the caller's, in the order in which they came.

    Args:
        n_themes: K.
        features: What turns their texts into numbers.
    """

    def __init__(self, n_themes: int, features: Features) -> None:
        self._n_themes = n_themes
        self.features = features
        self._coded: dict[Hashable, LearnedResponse] = {}
        self.table = self._tabulated([])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._coded)

    def __getitem__(self, key: Hashable) -> LearnedResponse:
        """Return the one under a key."""
        return self._coded[key]

    def keys(self) -> list[Hashable]:
        """Return the keys in the order of the table's rows."""
        return list(self._coded)

    def texts(self) -> list[str]:
        """Return the texts in the order of the table's rows."""
        return [coded.text for coded in self._coded.values()]

    def finished(self) -> CodedTable:
        """Return the rows of the responses whose coder was done."""
        import numpy as np

        return self.table.selected(np.array([coded.complete for coded in self._coded.values()], dtype=bool))

    def use(self, features: Features) -> None:
        """Work out all arrays again with other features."""
        self.features = features
        self.table = self._tabulated(list(self._coded.values()))

    def put(self, new: Mapping[Hashable, LearnedResponse]) -> None:
        """Add responses; they replace those under the same keys."""
        self.drop(new)
        self._coded |= new
        self.table = self.table.followed_by(self._tabulated(list(new.values())))

    def drop(self, keys: Iterable[Hashable]) -> bool:
        """Take responses out; return whether any of the keys was known."""
        import numpy as np

        gone = set(keys) & self._coded.keys()
        if gone:
            self.table = self.table.selected(np.array([key not in gone for key in self._coded]))
            for key in gone:
                del self._coded[key]
        return bool(gone)

    def _tabulated(self, coded: Sequence[LearnedResponse]) -> CodedTable:
        import numpy as np

        texts = [response.text for response in coded]
        shape = (len(coded), self._n_themes)
        y = np.array([response.y for response in coded], dtype=np.float32).reshape(shape)
        cell_weights = np.array([response.cell_weights for response in coded], dtype=np.float32).reshape(
            shape
        )
        x, z = self.features.x(texts), self.features.z(texts)
        questions = np.array([response.question for response in coded], dtype=np.int64)
        positions, sentences = self.features.positions(x), self.features.sentences(texts)
        base = base_log_odds((cell_weights > 0).sum(axis=1))
        return CodedTable(base, x, z, positions, questions, y, cell_weights, sentences)
