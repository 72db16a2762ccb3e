"""The languages that survey answers come in: their letters beyond a to z, and common words."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources

_IN_WORDS, _IN_ALPHABET = 1.0, 1.5
"""How much a letter counts for each word that has it, and for standing in the alphabet."""
_RARER = 12
"""So many words later, a word counts half as much."""
_SURROUNDINGS_KNOWN = {"both": 1.2, "each": 0.7, "one": 0.0, "none": -2.0}
_WORD_KNOWN = 0.8
NOT_A_LETTER = -9.0


@dataclass(frozen=True, slots=True)
class Language:
    """What a language's texts look like."""

    name: str
    plain: frozenset[str]
    """Its commonest words without marks on letters."""
    words: frozenset[str]
    """Common words that have marked letters, or letters of another script."""
    frequencies: dict[str, float]
    """The logarithm of the share that a letter has among the marked ones."""
    surroundings: frozenset[str]
    """A letter with the one before it, with the one after it, and with both; ^ and $ are the word's ends."""

    def likelihood(self, word: str, at: int) -> float:
        """Return the logarithm of how likely a letter is in a word, in lower case."""
        letter = word[at]
        if letter not in self.frequencies:
            return NOT_A_LETTER
        if word in self.words:
            return self.frequencies[letter] + _SURROUNDINGS_KNOWN["both"] + _WORD_KNOWN
        before, after = word[at - 1] if at else "^", word[at + 1] if at + 1 < len(word) else "$"
        if before + letter + after in self.surroundings:
            degree = "both"
        else:
            seen = (before + letter + "*" in self.surroundings) + ("*" + letter + after in self.surroundings)
            degree = ("none", "one", "each")[seen]
        return self.frequencies[letter] + _SURROUNDINGS_KNOWN[degree]


@cache
def languages() -> tuple[Language, ...]:
    """Return every language that is known; their texts are in languages.txt."""
    text = resources.files(__package__).joinpath("languages.txt").read_text(encoding="utf-8")
    blocks: dict[str, dict[str, list[str]]] = {}
    fields: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            fields = blocks[line.strip("[]")] = defaultdict(list)
        elif ": " in line and not line.startswith("#"):
            key, _, entries = line.partition(": ")
            fields[key] += entries.split()
    return tuple(_language(name, fields) for name, fields in blocks.items())


def _language(name: str, fields: dict[str, list[str]]) -> Language:
    letters, words = fields["letters"], list(dict.fromkeys(fields["words"]))
    weights: dict[str, float] = defaultdict(float)
    surroundings = set()
    for rank, letter in enumerate(letters):
        weights[letter] += _IN_ALPHABET / (1 + rank)
    for rank, word in enumerate(words):
        bounded = f"^{word}$"
        for at, letter in enumerate(word, 1):
            if letter in weights:
                weights[letter] += _IN_WORDS / (1 + rank / _RARER)
                before, after = bounded[at - 1], bounded[at + 1]
                surroundings |= {before + letter + after, f"{before}{letter}*", f"*{letter}{after}"}
    total = sum(weights.values())
    frequencies = {letter: math.log(weight / total) for letter, weight in weights.items()}
    plain = frozenset(word for word in fields["plain"] if word.isascii())
    return Language(name, plain, frozenset(words), frequencies, frozenset(surroundings))
