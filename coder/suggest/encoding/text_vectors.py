"""Vectors of texts: kept in memory, read from and written to a source that outlives the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

from coder.domain.responses import text_hash
from coder.errors import CoderError
from coder.suggest.arrays import unit_rows
from coder.suggest.encoding.encoders import parts_of
from coder.suggest.encoding.readable_texts import everything

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coder.suggest.arrays import Floats
    from coder.suggest.encoding.encoders import Encoder
    from coder.suggest.encoding.readable_texts import ReadableTexts

_MOST_PASSING = 8000
_CHUNK = 1024


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


class ModelVectors:
    """The vectors of one model, fetched or made once for each different text in NFC.

    Args:
        encoder: Makes the vectors that the source lacks; it is not touched for the others.
        source: Where they are stored.
        readable: Which texts the encoder is given; the others have no vector.
    """

    def __init__(self, encoder: Encoder, source: VectorSource, readable: ReadableTexts) -> None:
        self.encoder = encoder
        self._readable = readable
        self.is_awake = False
        """Whether the encoder was loaded, so that more texts cost little."""
        self.is_broken = False
        """Whether the encoder could not be loaded."""
        self._source = source
        self._places: dict[bytes, int] = {}
        self._chunks: list[Floats] = []
        """Arrays of (1024, dimensions). Three digits are enough, and take half the memory."""
        self._passing: dict[bytes, Floats] = {}
        """Vectors that are dropped once there are many of them."""

    @property
    def count(self) -> int:
        """Return how many vectors are in memory."""
        return len(self._places)

    def has(self, text: str) -> bool:
        """Tell whether the text's vector is in memory."""
        if not self._places and not self._passing:
            return False
        h = _key(text)
        return h in self._places or h in self._passing

    def reads(self, text: str) -> bool:
        """Tell whether the encoder is given a text."""
        return self._readable.reads(self.encoder, normalize("NFC", text))

    def fetch(self, texts: Sequence[str], *, passing: bool = False) -> list[str]:
        """Read vectors from the source into memory; return the different texts (in NFC) that lack theirs."""
        import numpy as np

        missing = {_key(text): normalize("NFC", text) for text in texts if text.strip()}
        missing = {
            h: text
            for h, text in missing.items()
            if h not in self._places
            and not (passing and h in self._passing)
            and self._readable.reads(self.encoder, text)
        }
        size = self.encoder.dimensions * np.dtype("<f4").itemsize
        for h, stored in self._source.get(self.encoder.name, list(missing)).items():
            # Whatever else may stand in a damaged store, it is made anew.
            if h not in missing or not isinstance(stored, bytes) or len(stored) != size:
                continue
            with np.errstate(all="ignore"):
                vector = np.frombuffer(stored, dtype="<f4").astype(np.float16)
            if np.isfinite(vector).all():
                self._keep(h, vector, passing=passing)
                del missing[h]
        return list(missing.values())

    def embed(self, texts: Sequence[str], *, passing: bool = False) -> None:
        """Fetch the texts' vectors; make and store those that the source lacks.

        Args:
            texts: The texts.
            passing: Whether their vectors may be dropped from memory at the next such call: those of all
                sentences of 100,000 answers would be too many.
        """
        if passing and len(self._passing) > _MOST_PASSING:
            self._passing.clear()
        missing = self.fetch(texts, passing=passing)
        if missing:
            hashes = list(map(_key, missing))
            encoded = self.encode(missing)
            for h, vector in zip(hashes, encoded, strict=True):
                self._keep(h, vector, passing=passing)
            rows = [(h, vector.astype("<f4").tobytes()) for h, vector in zip(hashes, encoded, strict=True)]
            self._source.put(self.encoder.name, rows)

    def rows(self, texts: Sequence[str]) -> Floats:
        """Return an (n texts, dimensions) array from memory; a row of zeros where there is no vector."""
        import numpy as np

        rows = np.zeros((len(texts), self.encoder.dimensions), dtype=np.float32)
        for i, text in enumerate(texts):
            h = _key(text)
            place = self._places.get(h)
            if place is not None:
                rows[i] = self._chunks[place // _CHUNK][place % _CHUNK]
            elif h in self._passing:
                rows[i] = self._passing[h]
        return rows

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the texts' vectors, made anew."""
        try:
            vectors = self.encoder.encode(texts)
        except CoderError:
            self.is_broken = True
            raise
        self.is_awake = True
        return vectors

    def _keep(self, h: bytes, vector: Floats, *, passing: bool) -> None:
        import numpy as np

        if passing:
            self._passing[h] = vector.astype(np.float16)
            return
        place = self._places.setdefault(h, len(self._places))
        if place // _CHUNK == len(self._chunks):
            self._chunks.append(np.zeros((_CHUNK, self.encoder.dimensions), dtype=np.float16))
        self._chunks[place // _CHUNK][place % _CHUNK] = vector


class Vectors:
    """The vectors of an encoder, or of several side by side: those after the first may come later.

    Args:
        encoder: Makes the vectors that the source lacks; it is not touched for the others.
        source: Where they are stored.
        alone: Whether the leading encoder stands alone until `lay_beside` is called.
        readable: Which texts each encoder is given; None: all.
    """

    def __init__(
        self,
        encoder: Encoder,
        source: VectorSource | None = None,
        *,
        alone: bool = False,
        readable: ReadableTexts | None = None,
    ) -> None:
        source, readable = source or MemoryVectors(), readable or everything()
        self.encoder = encoder
        self._readable = readable
        self.leading, *self.later = (ModelVectors(part, source, readable) for part in parts_of(encoder))
        self.in_use = [self.leading] if alone else [self.leading, *self.later]

    def of_questions(self, question_ids: Iterable[str]) -> Vectors | None:
        """Return these if an encoder reads answers to one of the questions; None if words alone rank."""
        return self if self._readable.encoder_for(self.encoder, question_ids) is not None else None

    @property
    def count(self) -> int:
        """Return how many texts have their leading vector in memory."""
        return self.leading.count

    def has(self, text: str) -> bool:
        """Tell whether the text's leading vector is in memory."""
        return self.leading.has(text)

    def reads(self, text: str) -> bool:
        """Tell whether the leading encoder is given a text."""
        return self.leading.reads(text)

    def lay_beside(self) -> None:
        """Use the later encoders' vectors from now on."""
        self.in_use = [self.leading, *self.later]

    def fetch(self, texts: Sequence[str]) -> list[str]:
        """Read leading vectors into memory; return the different texts (in NFC) that are not stored."""
        return self.leading.fetch(texts)

    def embed(self, texts: Sequence[str]) -> None:
        """Fetch the texts' vectors, of the encoders in use; make and store those that the source lacks."""
        for model in self.in_use:
            model.embed(texts)

    @property
    def is_quick(self) -> bool:
        """Return whether texts may be read at the moment when they are ranked."""
        return self.leading.encoder.is_quick and not self.leading.is_broken

    def rows(self, texts: Sequence[str]) -> Floats:
        """Return (n texts, dimensions of all encoders) from memory; zeros where there is no vector in use."""
        import numpy as np

        rows = np.zeros((len(texts), self._dimensions()), dtype=np.float32)
        for block, model in zip(self._blocks(), self.in_use, strict=False):
            rows[:, block] = model.rows(texts)
        return rows

    def mean(self, rows: Floats, pull: float = 0) -> Floats:
        """Return the (dimensions,) mean of rows, of each encoder over those that have its vector.

        Args:
            rows: (n, dimensions), as `rows` gives them.
            pull: How many rows of zeros count as well: they pull the mean of a handful to zero.
        """
        import numpy as np

        total, counts = self.sums(rows)
        mean: Floats = total / np.maximum(1, counts + pull)
        return mean

    def sums(self, rows: Floats) -> tuple[Floats, Floats]:
        """Return the (dimensions,) sums of rows, and in each column how many have its encoder's vector."""
        import numpy as np

        counts = np.zeros(rows.shape[1], dtype=np.float32)
        for block in self._blocks():
            counts[block] = rows[:, block].any(axis=1).sum()
        return rows.sum(axis=0), counts

    def centred(self, rows: Floats, mean: Floats) -> Floats:
        """Return rows of length 1, each encoder's part less its mean and with the same share.

        What has no vector of an encoder has zeros there, and the others' share is the larger.
        """
        import numpy as np

        parts = [_centred(rows[:, block], mean[block]) for block in self._blocks()]
        return unit_rows(np.hstack(parts)) if len(parts) > 1 else parts[0]

    def _dimensions(self) -> int:
        return sum(model.encoder.dimensions for model in (self.leading, *self.later))

    def _blocks(self) -> Iterator[slice]:
        start = 0
        for model in (self.leading, *self.later):
            yield slice(start, start + model.encoder.dimensions)
            start += model.encoder.dimensions


def _centred(vectors: Floats, mean: Floats) -> Floats:
    # Zeros stand for "no vector yet" and stay zeros.
    return unit_rows((vectors - mean) * vectors.any(axis=1, keepdims=True))


def _key(text: str) -> bytes:
    return text_hash(normalize("NFC", text))
