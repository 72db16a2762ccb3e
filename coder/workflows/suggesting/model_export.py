"""Make a faster form of an embedding model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from coder.errors import CoderError
from coder.suggest.encoding.encoders import SentenceTransformerEncoder, load_encoder
from coder.suggest.encoding.light_encoder import LightEncoder
from coder.suggest.encoding.onnx_export import export_onnx


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """An embedding model that was written for ONNX Runtime."""

    source: str
    folder: Path
    likeness: float
    """The lowest cosine between the model's own and the exported vectors of a few texts."""


def export_model(setting: str, folder: Path) -> ExportedModel:
    """Write a model of this machine for ONNX Runtime; nothing is downloaded.

    Args:
        setting: "default" (the packaged MiniLM), a folder, or the name of a model that is on this machine.
        folder: Where to; it must not exist yet.

    Raises:
        CoderError: There is such a folder already, or no such model, or it cannot be exported.
    """
    if folder.exists():
        msg = f"{folder} exists already."
        raise CoderError(msg, "Give a folder that is not there yet.")
    encoder = load_encoder("minilm" if setting == "default" else setting)
    if encoder is None:
        msg = f"There is no model to export: '{setting}' means words alone."
        raise CoderError(msg, "Give 'default', or the folder of a model.")
    if isinstance(encoder, LightEncoder):
        msg = "The light encoder needs no faster form."
        raise CoderError(msg, "Give 'default', or the folder of a model.")
    if not isinstance(encoder, SentenceTransformerEncoder):
        msg = f"The model in {setting} is an exported one."
        raise CoderError(msg, "Export the model it was made from.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Under its own name only when it is whole.
        with TemporaryDirectory(dir=folder.parent, prefix=".export-") as unfinished:
            exported = Path(unfinished) / folder.name
            exported.mkdir()
            likeness = export_onnx(encoder, exported)
            exported.rename(folder)
    except OSError as error:
        msg = f"{folder} cannot be written: {error.strerror or error}."
        raise CoderError(msg, "Give another folder, or make room.") from error
    return ExportedModel(encoder.name, folder, likeness)
