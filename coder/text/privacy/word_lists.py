"""The lists that the search goes by: of this project, of Faker (names) and of pyspellchecker (words)."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WITH_DICTIONARIES = frozenset(("ar", "de", "en", "es", "eu", "fa", "fr", "it", "lv", "nl", "pt", "ru"))
"""Languages whose words pyspellchecker counts."""
_FIRST_NAMES = re.compile(r"(?:first|given)_names?")
_LAST_NAMES = re.compile(r"last_names?|surnames?")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "æ": "ae", "œ": "oe", "’": "'"}
)


def folded(word: str) -> str:
    """Return a word in small letters without accents, as the lists are compared."""
    small = word.casefold()
    if small.isascii():
        return small
    bare = "".join(letter for letter in normalize("NFKD", small) if not combining(letter))
    return bare.translate(_LETTERS)


@lru_cache
def also_words() -> frozenset[str]:
    """Return first names that are ordinary words as well."""
    return frozenset(_words_in("also_words.txt"))


@lru_cache
def places() -> frozenset[str]:
    """Return places, counties and countries."""
    return frozenset(_words_in("places.txt"))


@lru_cache
def terms() -> frozenset[str]:
    """Return what has a capital and is nobody's name: bodies, firms, medicines, languages, days."""
    return frozenset(_words_in("terms.txt"))


@lru_cache
def frequent_words() -> frozenset[str]:
    """Return the frequent words of languages that have no dictionary: Welsh, Polish."""
    return frozenset(_words_in("frequent_words.txt"))


@lru_cache
def place_endings() -> tuple[str, ...]:
    """Return how names of places end, as `str.endswith` takes them."""
    return tuple(_words_in("place_endings.txt"))


@lru_cache
def postcode_areas() -> frozenset[str]:
    """Return the letters that postcodes of the United Kingdom begin with, in small letters."""
    return frozenset(_words_in("postcode_areas.txt"))


@lru_cache
def naming_words() -> Mapping[str, frozenset[str]]:
    """Return the words that say what stands beside them, by sort: titles, roles, what is asked or done ..."""
    sorts: dict[str, set[str]] = {}
    for line in _lines_of("naming_words.txt"):
        sort, _, words = line.partition(":")
        sorts.setdefault(sort, set()).update(folded(word) for word in words.split())
    return {sort: frozenset(words) for sort, words in sorts.items()}


@lru_cache
def first_names() -> frozenset[str]:
    """Return first names of some seventy countries in Latin letters: Faker's, and what those lack."""
    of_faker = _names_like(_FIRST_NAMES) - frozenset(_words_in("no_names.txt"))
    return of_faker | frozenset(_words_in("more_names.txt")) | also_words()


@lru_cache
def last_names() -> frozenset[str]:
    """Return last names of the same countries."""
    return _names_like(_LAST_NAMES)


@lru_cache
def dictionary(language: str) -> Mapping[str, int]:
    """Return how often words of a language stand in pyspellchecker's texts; empty: it has none."""
    if language not in WITH_DICTIONARIES:
        return {}
    from spellchecker import SpellChecker

    counted: Mapping[str, int] = SpellChecker(language=language).word_frequency.dictionary
    return counted


def _names_like(attribute: re.Pattern[str]) -> frozenset[str]:
    from faker.providers import person

    names: set[str] = set()
    for module in iter_modules(person.__path__):
        provider: Any = import_module(f"{person.__name__}.{module.name}").Provider
        for name in dir(provider):
            listed = getattr(provider, name)
            if attribute.search(name) and isinstance(listed, (dict, list, tuple, set)):
                names.update(_single(text) for text in listed if isinstance(text, str) and text.isprintable())
    return frozenset(name for name in names if name.isascii() and name.replace("'", "").isalpha())


def _single(name: str) -> str:
    return folded(name.strip())


def _words_in(file_name: str) -> Iterator[str]:
    for line in _lines_of(file_name):
        yield from (folded(word).removesuffix("'s") for word in line.split())


def _lines_of(file_name: str) -> Iterator[str]:
    text = (files("coder.text.privacy") / "words" / file_name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
