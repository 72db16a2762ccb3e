"""Vectors of texts: kept in memory, read from and written to a source that outlives the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

from coder.domain.responses import text_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.encoders import Encoder

_MOST_PASSAGES = 2000


class VectorSource(Protocol):
    """A store of vectors by model name and text hash, as little-endian float32 bytes."""

    def get(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the vectors that are stored, by hash."""

    def put(self, model: str, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Store pairs of text hash and vector."""


class MemoryVectors:
    """A source that lasts as long as the process."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, bytes], bytes] = {}

    def get(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the vectors that are stored, by hash."""
        return {h: self._rows[model, h] for h in hashes if (model, h) in self._rows}

    def put(self, model: str, rows: Sequence[tuple[bytes, bytes]]) -> None:
        """Store pairs of text hash and vector."""
        self._rows.update({(model, h): vector for h, vector in rows})


class Vectors:
    """The vectors of one model, fetched or made once for each different text in NFC.

    Args:
        encoder: Makes the vectors that the source lacks; it is not touched for the others.
        source: Where they are stored.
    """

    def __init__(self, encoder: Encoder, source: VectorSource | None = None) -> None:
        self.encoder = encoder
        self._awake = False
        self._source = source or MemoryVectors()
        # Three digits are enough, and take half the memory.
        self._rows: dict[bytes, Floats] = {}
        self._passages: dict[str, Floats] = {}

    @property
    def count(self) -> int:
        """Return how many vectors are in memory."""
        return len(self._rows)

    def has(self, text: str) -> bool:
        """Tell whether the text's vector is in memory."""
        return _key(text) in self._rows

    def fetch(self, texts: Sequence[str]) -> list[str]:
        """Read vectors from the source into memory; return the different texts (in NFC) that have none."""
        import numpy as np

        missing = {_key(text): normalize("NFC", text) for text in texts if text.strip()}
        missing = {h: text for h, text in missing.items() if h not in self._rows}
        size = self.encoder.dimensions * np.dtype("<f4").itemsize
        for h, stored in self._source.get(self.encoder.name, list(missing)).items():
            # Whatever else may stand in a damaged store, it is made anew.
            if h not in missing or not isinstance(stored, bytes) or len(stored) != size:
                continue
            with np.errstate(all="ignore"):
                vector = np.frombuffer(stored, dtype="<f4").astype(np.float16)
            if np.isfinite(vector).all():
                self._rows[h] = vector
        return [text for h, text in missing.items() if h not in self._rows]

    def embed(self, texts: Sequence[str]) -> None:
        """Fetch the texts' vectors; make and store those that the source lacks."""
        import numpy as np

        missing = self.fetch(texts)
        if missing:
            hashes = list(map(_key, missing))
            encoded = self._encode(missing)
            self._rows.update(zip(hashes, encoded.astype(np.float16), strict=True))
            rows = [(h, vector.astype("<f4").tobytes()) for h, vector in zip(hashes, encoded, strict=True)]
            self._source.put(self.encoder.name, rows)

    def of_passages(self, passages: Sequence[str], *, wake: bool) -> Floats:
        """Return vectors of passages of a text; they are not stored, and only the latest are remembered.

        Args:
            passages: The passages.
            wake: Whether the encoder may be loaded for them; if it may not and is not, vectors are zeros.
        """
        import numpy as np

        if not (wake or self._awake):
            return self.rows(passages)
        if len(self._passages) > _MOST_PASSAGES:
            self._passages.clear()
        missing = [passage for passage in dict.fromkeys(passages) if passage not in self._passages]
        if missing:
            self._passages.update(zip(missing, self._encode(missing), strict=True))
        vectors = np.array([self._passages[passage] for passage in passages], dtype=np.float32)
        return vectors.reshape(len(passages), self.encoder.dimensions)

    def rows(self, texts: Sequence[str]) -> Floats:
        """Return an (n texts, dimensions) array from memory; a row of zeros where there is no vector."""
        import numpy as np

        rows = np.zeros((len(texts), self.encoder.dimensions), dtype=np.float32)
        for i, text in enumerate(texts):
            vector = self._rows.get(_key(text))
            if vector is not None:
                rows[i] = vector
        return rows

    def _encode(self, texts: Sequence[str]) -> Floats:
        vectors = self.encoder.encode(texts)
        self._awake = True
        return vectors


def _key(text: str) -> bytes:
    return text_hash(normalize("NFC", text))
