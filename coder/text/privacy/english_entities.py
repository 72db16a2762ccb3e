"""Persons, places and organisations that spaCy's small English model sees.

It is checked by hash and loaded when it is first used, which takes a second and 100 MB: never in the process
of a screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.errors import CoderError
from coder.text.english_grammar import AGAIN, check_files, model_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from coder.domain.privacy.removals import Kind

_FILES = ("config.cfg", "meta.json", "ner/cfg", "ner/model", "ner/moves", "tokenizer", "vocab/strings.json")
"""What is read of the model for names; the rest of the vocabulary is for grammar."""
MODEL_SHA256 = "c9af2d768b3d43e1cb86b8e61f5fb123ca1460d9734b09f844ab4c0aa203afd3"
"""The hash of these files, one after the other."""
_NOT_READ = ("attribute_ruler", "lemmatizer", "parser", "senter", "tagger", "tok2vec")
_KINDS: dict[str, Kind] = {
    "PERSON": "name", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation",
}  # fmt: skip
_AT_ONCE = 64


class Entity(NamedTuple):
    """What the model sees at a place of a text; positions are code points."""

    start: int
    end: int
    kind: Kind


class EnglishEntities:
    """The model, loaded when it is first used."""

    def __init__(self) -> None:
        self._pipeline: Language | None = None

    def load(self) -> None:
        """Check and load the model, if that has not been done.

        Raises:
            CoderError: It is not there, is not what was measured, or cannot be loaded.
        """
        if self._pipeline is None:
            self._pipeline = _load()

    def of(self, texts: Iterable[str]) -> Iterator[tuple[Entity, ...]]:
        """Yield for each text what the model sees in it.

        Raises:
            CoderError: As for `load`.
        """
        self.load()
        assert self._pipeline is not None  # noqa: S101 - for the type checker: `load` has seen to it
        # Halves of characters, which no file can hold, cannot be read.
        whole = (text.encode("utf-8", "replace").decode("utf-8") for text in texts)
        for doc in self._pipeline.pipe(whole, batch_size=_AT_ONCE):
            yield tuple(
                Entity(entity.start_char, entity.end_char, _KINDS[entity.label_])
                for entity in doc.ents
                if entity.label_ in _KINDS
            )


def _load() -> Language:
    folder = model_folder()
    check_files(folder, _FILES, MODEL_SHA256)
    try:
        import spacy

        return spacy.load(folder, exclude=_NOT_READ)
    except (ImportError, OSError, ValueError) as error:
        msg = f"The English model of spaCy cannot be loaded: {error}."
        raise CoderError(msg, AGAIN) from error
