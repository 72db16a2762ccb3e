"""How models are found, named and checked."""

from __future__ import annotations

import json
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hashing import HashingEncoder, QuickEncoder
from tiny_model import tiny_model

from coder.errors import CoderError
from coder.suggest.encoding import encoders
from coder.suggest.encoding.encoders import (
    SentenceTransformerEncoder,
    SideBySide,
    load_encoder,
    parts_of,
)
from coder.suggest.encoding.light_encoder import LightEncoder

if TYPE_CHECKING:
    from pathlib import Path


def model_folder(folder: Path) -> Path:
    """Make what looks like a saved model from outside."""
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"weights")
    kinds = ("Transformer", "Pooling", "Normalize")
    modules = [{"type": f"sentence_transformers.models.{kind}"} for kind in kinds]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 12}))
    return folder


def test_none_means_words_alone() -> None:
    """The setting "none" gives no encoder."""
    assert load_encoder("none") is None


@pytest.mark.parametrize("setting", [None, "default"])
def test_without_the_extra_the_default_is_the_light_encoder(
    setting: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The light encoder is there in every installation."""
    monkeypatch.setattr(encoders, "find_spec", lambda _: None)
    assert isinstance(load_encoder(setting), LightEncoder)


def test_with_the_extra_the_default_is_both_side_by_side(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The light encoder leads, and MiniLM stands beside it; either may be named alone. Nothing is loaded."""
    monkeypatch.setattr(encoders, "find_spec", lambda _: SimpleNamespace(origin=str(tmp_path / "x.py")))
    both = load_encoder("default")
    assert both is not None
    light, minilm = parts_of(both)
    assert isinstance(light, LightEncoder)
    assert isinstance(minilm, SentenceTransformerEncoder)
    assert (both.dimensions, both.name) == (512 + 384, f"{light.name} + {minilm.name}")
    assert (light.languages or set()) > (minilm.languages or set()) == {"en"}
    assert [load_encoder(setting).__class__ for setting in ("light", "minilm")] == [
        LightEncoder,
        SentenceTransformerEncoder,
    ]


def test_minilm_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who names it alone is told how to install it."""
    monkeypatch.setattr(encoders, "find_spec", lambda _: None)
    with pytest.raises(CoderError, match="MiniLM is not installed") as caught:
        load_encoder("minilm")
    assert "theme-coder[models]" in caught.value.hint


def test_vectors_side_by_side_have_the_same_share() -> None:
    """A cosine of two texts is the mean of the encoders' cosines."""
    first, second = HashingEncoder(), QuickEncoder()
    texts = ["no more beds", "beds for all"]
    rows = SideBySide(first, second).encode(texts)
    cosines = [part[0] @ part[1] for part in (first.encode(texts), second.encode(texts))]
    assert rows.shape == (2, first.dimensions + second.dimensions)
    assert rows[0] @ rows[1] == pytest.approx(sum(cosines) / 2)


def test_a_chosen_model_without_the_library_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who names a model is told how to install what it needs."""
    monkeypatch.setattr(encoders, "find_spec", lambda _: None)
    with pytest.raises(CoderError) as caught:
        load_encoder("some/model")
    assert 'pip install "theme-coder[models]"' in caught.value.hint


def test_a_folder_is_named_by_its_weights(tmp_path: Path) -> None:
    """Other weights under the same name give other vectors, so the name holds their hash."""
    encoder = load_encoder(str(model_folder(tmp_path / "mine")))
    assert encoder is not None
    assert encoder.dimensions == 12
    before = encoder.name
    (tmp_path / "mine" / "model.safetensors").write_bytes(b"others")
    after = load_encoder(str(tmp_path / "mine"))
    assert before.startswith("mine@")
    assert after is not None
    assert after.name != before


def test_a_folder_without_safetensors_is_refused(tmp_path: Path) -> None:
    """A pickle may carry a program, so it is not loaded."""
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(CoderError, match=r"holds no model\.safetensors"):
        load_encoder(str(tmp_path))


def test_a_missing_folder_is_not_taken_for_a_hub_name() -> None:
    """What looks like a path is never asked of the hub."""
    with pytest.raises(CoderError, match="no model folder"):
        load_encoder("./not/there")


def test_a_hub_name_is_not_downloaded_unasked() -> None:
    """A model that is not on this machine is an error that says so."""
    with pytest.raises(CoderError, match="nothing is downloaded unasked"):
        load_encoder("nobody/no-such-model")


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    """The hash is checked before anything is loaded."""
    encoder = SentenceTransformerEncoder(model_folder(tmp_path / "m"), "m", dimensions=12, sha256="0" * 64)
    with pytest.raises(CoderError, match="SHA-256"):
        encoder.encode(["a"])


@pytest.mark.model
@pytest.mark.filterwarnings("default")
def test_the_packaged_model_knows_likeness_of_meaning() -> None:
    """The real MiniLM loads offline and finds a paraphrase that shares no word."""
    encoder = load_encoder("minilm")
    assert encoder is not None
    texts = ["Nobody applies for our vacancies", "We struggle to recruit staff", "The building is damp"]
    vectors = encoder.encode(texts)
    assert vectors.shape == (3, encoder.dimensions) == (3, 384)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


@pytest.mark.model
@pytest.mark.filterwarnings("default")
def test_a_folder_that_cannot_be_loaded_is_named(tmp_path: Path) -> None:
    """A damaged model is an error that names its folder."""
    encoder = load_encoder(str(model_folder(tmp_path / "damaged")))
    assert encoder is not None
    with pytest.raises(CoderError, match="damaged cannot be loaded"):
        encoder.encode(["a"])


@pytest.mark.model
@pytest.mark.filterwarnings("default")
def test_programs_in_a_model_folder_are_not_run(tmp_path: Path) -> None:
    """A module of the folder's own is refused, not imported."""
    folder = tiny_model(tmp_path / "tiny")
    modules = json.loads((folder / "modules.json").read_text())
    modules.append({"idx": 3, "name": "3", "path": "", "type": "own.Module"})
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "own.py").write_text("raise SystemExit('it ran')")
    encoder = load_encoder(str(folder))
    assert encoder is not None
    with pytest.raises(CoderError, match="cannot be loaded"):
        encoder.encode(["a"])


@pytest.mark.parametrize(
    "name", ["model.safetensors", "modules.json", "config.json", "1_Pooling/config.json", "x"]
)
def test_a_pipe_in_a_model_folder_is_refused(tmp_path: Path, name: str) -> None:
    """Reading it would wait for ever, wherever in the folder it is, and also behind a link."""
    folder = model_folder(tmp_path / "mine")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / "pipe")
    (folder / name).symlink_to(tmp_path / "pipe")
    with pytest.raises(CoderError, match="no ordinary file"):
        load_encoder(str(folder))


def test_a_device_in_an_exported_model_is_refused(tmp_path: Path) -> None:
    """/dev/zero has no end."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "model.onnx").write_bytes(b"graph")
    (tmp_path / "mine" / "encoder.json").symlink_to("/dev/zero")
    with pytest.raises(CoderError, match=r"encoder\.json, which is no ordinary file"):
        load_encoder(str(tmp_path / "mine"))


@pytest.mark.parametrize(("name", "megabytes"), [("model.safetensors", 5_000), ("modules.json", 200)])
def test_a_huge_file_in_a_model_folder_is_refused(tmp_path: Path, name: str, megabytes: int) -> None:
    """Before any of it is read."""
    folder = model_folder(tmp_path / "mine")
    with (folder / name).open("wb") as file:
        file.truncate(megabytes * 2**20)
    with pytest.raises(CoderError, match=f"has {megabytes:,} MB; the limit"):
        load_encoder(str(folder))


def test_links_that_lead_nowhere_or_in_a_circle_end(tmp_path: Path) -> None:
    """A folder that is linked into itself is no model's."""
    folder = model_folder(tmp_path / "mine")
    (folder / "nowhere").symlink_to(tmp_path / "gone")
    assert load_encoder(str(folder)) is not None
    for name in ("one", "two"):
        (folder / name).symlink_to(folder)
    with pytest.raises(CoderError, match="no model's folder"):
        load_encoder(str(folder))
