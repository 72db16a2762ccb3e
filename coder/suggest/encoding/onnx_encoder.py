"""A model exported for ONNX Runtime: the same vectors in a fraction of the time, without PyTorch."""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError
from coder.suggest.encoding.model_files import sha256_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

GRAPH, TOKENIZER, ABOUT = "model.onnx", "tokenizer.json", "encoder.json"
INSTALL = 'Install what it needs: pip install "theme-coder[onnx]"'
AGAIN = "Make it again: coder model export FOLDER"
TOKENS, VECTOR = "tokens", "vector"
"""What the graph takes, a (1, n) array of numbers of word pieces, and gives, a (1, dimensions) array."""


def is_exported(folder: Path) -> bool:
    """Return whether a folder holds an exported model, complete or not."""
    if (folder / "modules.json").is_file():
        return False
    return any((folder / name).is_file() for name in (ABOUT, GRAPH))


class OnnxEncoder:
    """An exported model on one thread, checked and loaded when the first text is encoded.

    Texts go through one by one: none is padded, and none changes another's vector.

    Args:
        folder: What `coder model export` wrote.

    Raises:
        CoderError: ONNX Runtime is not installed, or the folder does not say what it holds.
    """

    languages: frozenset[str] | None = None
    is_quick = False

    def __init__(self, folder: Path) -> None:
        for library in ("onnxruntime", "tokenizers"):
            if find_spec(library) is None:
                msg = f"The model in {folder} needs {library}, which is not installed."
                raise CoderError(msg, INSTALL)
        self._folder = folder
        self._hashes, self.dimensions = _read_about(folder)
        digest = hashlib.sha256("".join(self._hashes.values()).encode()).hexdigest()
        self.name = f"{folder.resolve().name}@{digest[:12]}"
        self._loaded: tuple[Any, Any] | None = None

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n texts, dimensions) array whose rows have length 1.

        Raises:
            CoderError: The folder is not whole, or ONNX Runtime cannot run what is in it.
        """
        import numpy as np

        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        if not texts:
            return vectors
        self._loaded = self._loaded or self._load()
        tokenizer, session = self._loaded
        for row, tokens in enumerate(tokenizer.encode_batch(list(texts))):
            vectors[row] = session.run([VECTOR], {TOKENS: np.array([tokens.ids], dtype=np.int64)})[0][0]
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return vectors

    def _load(self) -> tuple[Any, Any]:
        for name, expected in self._hashes.items():
            path = self._folder / name
            if not path.is_file() or sha256_of(path) != expected:
                raise _not_whole(self._folder, f"{name} is missing, or is not the one that was exported")
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as faults
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        graph = str(self._folder / GRAPH)
        try:
            session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except (faults.Fail, faults.InvalidGraph, faults.InvalidProtobuf, faults.NotImplemented) as error:
            msg = f"ONNX Runtime {onnxruntime.__version__} cannot run the model in {self._folder}: {error}"
            raise CoderError(msg, AGAIN) from error
        return Tokenizer.from_file(str(self._folder / TOKENIZER)), session


def _read_about(folder: Path) -> tuple[dict[str, str], int]:
    try:
        about = json.loads((folder / ABOUT).read_text("utf-8"))
        hashes = {name: str(about["sha256"][name]) for name in (GRAPH, TOKENIZER)}
        return hashes, int(about["dimensions"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise _not_whole(folder, f"{ABOUT} is missing or cannot be read") from None


def _not_whole(folder: Path, why: str) -> CoderError:
    return CoderError(f"The exported model in {folder} is not whole: {why}.", AGAIN)
