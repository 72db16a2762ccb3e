"""Exported models: the same vectors, no PyTorch, and faults that are told."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tiny_model import DIMENSIONS, tiny_model

from coder.errors import CoderError
from coder.suggest.encoding import onnx_encoder, onnx_export
from coder.suggest.encoding.encoders import load_encoder
from coder.suggest.encoding.onnx_encoder import OnnxEncoder
from coder.workflows.suggesting.model_export import ExportedModel, export_model

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["We have no staff.", "more beds, more money", "", "the waiting list", "staff " * 200]

pytestmark = [pytest.mark.model, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ExportedModel:
    """Export a tiny model."""
    pytest.importorskip("onnxruntime", reason="the extra onnx is not installed")
    folder = tmp_path_factory.mktemp("models")
    return export_model(str(tiny_model(folder / "tiny")), folder / "fast")


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that looks like an exported model, with all libraries seemingly there."""
    monkeypatch.setattr(onnx_encoder, "find_spec", lambda _: True)
    (tmp_path / "model.onnx").write_bytes(b"graph")
    (tmp_path / "tokenizer.json").write_bytes(b"words")
    about = {"dimensions": 3, "sha256": {"model.onnx": "0" * 64, "tokenizer.json": "1" * 64}}
    (tmp_path / "encoder.json").write_text(json.dumps(about))
    return tmp_path


def test_an_exported_model_makes_the_same_vectors(made: ExportedModel) -> None:
    """Empty and overlong texts included, each vector is all but the one of the model it was made of."""
    original = load_encoder(str(made.folder.with_name("tiny")))
    exported = load_encoder(str(made.folder))
    assert isinstance(exported, OnnxEncoder)
    assert original is not None
    vectors = exported.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS) == (len(TEXTS), exported.dimensions)
    assert (vectors * original.encode(TEXTS)).sum(axis=1).min() > 0.99
    assert (vectors**2).sum(axis=1) == pytest.approx([1.0] * len(TEXTS), abs=1e-5)


def test_company_does_not_change_a_vector(made: ExportedModel) -> None:
    """A text has the same vector alone as among longer ones, bit for bit."""
    encoder = OnnxEncoder(made.folder)
    together = encoder.encode(TEXTS)
    assert all(
        (encoder.encode([text])[0] == vector).all() for text, vector in zip(TEXTS, together, strict=True)
    )
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_an_exported_model_has_a_name_of_its_own(made: ExportedModel) -> None:
    """Vectors of the two never mix, and the folder says what it was made of."""
    original = load_encoder(str(made.folder.with_name("tiny")))
    assert original is not None
    assert OnnxEncoder(made.folder).name.startswith("fast@")
    about = json.loads((made.folder / "encoder.json").read_text())
    assert about["source"] == made.source == original.name
    assert about["modules"] == ["Transformer", "Pooling", "Normalize"]
    assert about["pooling"] == ["mean"]
    assert sorted(path.name for path in made.folder.iterdir()) == [
        "encoder.json", "model.onnx", "tokenizer.json",
    ]  # fmt: skip
    assert not list(made.folder.parent.glob(".export-*"))


def test_pytorch_is_not_loaded_for_an_exported_model(made: ExportedModel) -> None:
    """That is most of what it saves at the start."""
    script = (
        "import sys; from coder.suggest.encoding.encoders import load_encoder; "
        "load_encoder(sys.argv[1]).encode(['staff']); "
        "sys.exit(str({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules) or ''))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(made.folder)], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""


def test_a_model_that_comes_out_as_another_is_not_kept(
    made: ExportedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors are compared before the folder gets its name."""
    monkeypatch.setattr(onnx_export, "LEAST_LIKENESS", 1.1)
    target = made.folder.with_name("other")
    with pytest.raises(CoderError, match="its vectors are others"):
        export_model(str(made.folder.with_name("tiny")), target)
    assert not target.exists()


def test_what_cannot_be_exported_is_told(made: ExportedModel) -> None:
    """A folder that is there, an exported model, and words alone are refused."""
    new = made.folder.with_name("new")
    with pytest.raises(CoderError, match="exists already"):
        export_model("default", made.folder)
    with pytest.raises(CoderError, match="is an exported one"):
        export_model(str(made.folder), new)
    with pytest.raises(CoderError, match="words alone"):
        export_model("none", new)


def test_a_changed_file_is_found_before_it_is_read(stub: Path) -> None:
    """The graph must be the one that was exported."""
    encoder = load_encoder(str(stub))
    assert encoder is not None
    assert encoder.dimensions == 3
    with pytest.raises(CoderError, match=r"not whole: model\.onnx is missing, or is not") as caught:
        encoder.encode(["staff"])
    assert "coder model export" in caught.value.hint


@pytest.mark.parametrize("about", [None, "", "{}", '{"dimensions": 3, "sha256": {}}', "[]"])
def test_a_folder_that_does_not_say_what_it_holds_is_told(stub: Path, about: str | None) -> None:
    """Without a whole encoder.json nothing is loaded."""
    (stub / "encoder.json").unlink()
    if about is not None:
        (stub / "encoder.json").write_text(about)
    with pytest.raises(CoderError, match=r"encoder\.json is missing or cannot be read"):
        load_encoder(str(stub))


def test_without_onnx_runtime_the_extra_is_named(stub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who uses or makes an exported model is told what to install."""
    monkeypatch.setattr(onnx_encoder, "find_spec", lambda _: None)
    with pytest.raises(CoderError, match="needs onnxruntime, which is not installed") as caught:
        load_encoder(str(stub))
    assert 'pip install "theme-coder[onnx]"' in caught.value.hint
    monkeypatch.setattr(onnx_export, "find_spec", lambda _: None)
    with pytest.raises(CoderError, match="Exporting a model needs onnxruntime") as caught:
        export_model("default", stub / "new")
    assert 'pip install "theme-coder[onnx]"' in caught.value.hint
