"""How answers are read: sentences, clauses and lemmas, by grammar where there is one for their language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from coder.domain.texts.unicode_forms import formed
from coder.text.grammar_clauses import grammar_clauses
from coder.text.spans import clauses, sentences

if TYPE_CHECKING:
    from coder.domain.codings import Span
    from coder.text.english_grammar import EnglishGrammar

MOST_PARSED = 5_000
"""Characters of the longest text that is parsed, in about a quarter of a second; rules do for others."""
_REMEMBERED = 256


class RuleReading:
    """Reads answers by rules: punctuation, and the conjunctions of their language.

    Args:
        language: Its code of two letters; of one that is not known the conjunctions are English.
    """

    def __init__(self, language: str = "en") -> None:
        self._language = language

    def sentences(self, text: str) -> list[Span]:
        """Return the sentences of a text, in order."""
        return sentences(text)

    def clauses(self, text: str) -> list[Span]:
        """Return the clauses of a text, in order."""
        return clauses(text, self._language)

    def lemmas(self, word: str) -> frozenset[str]:
        """Return the word: nothing is known of its forms."""
        return frozenset((word,))


BY_RULES = RuleReading()


class GrammarReading:
    """Reads English answers by their grammar; very long ones by rules.

    Args:
        grammar: The parser; it is loaded when the first answer is read.
    """

    def __init__(self, grammar: EnglishGrammar) -> None:
        self._grammar = grammar
        self._clauses = lru_cache(maxsize=_REMEMBERED)(self._read)

    def sentences(self, text: str) -> list[Span]:
        """Return the sentences of a text, in order."""
        return sentences(text)

    def clauses(self, text: str) -> list[Span]:
        """Return the clauses of a text, in order.

        Raises:
            CoderError: The parser cannot be loaded.
        """
        return list(self._clauses(text))

    def lemmas(self, word: str) -> frozenset[str]:
        """Return what a word in lower case may be a form of; itself as well."""
        return self._grammar.lemmas(word)

    def _read(self, text: str) -> tuple[Span, ...]:
        if len(text) > MOST_PARSED:
            return tuple(clauses(text))
        composed = formed(text)
        spans = grammar_clauses(self._grammar.parsed(composed.text), sentences(composed.text))
        return tuple(map(composed.original, spans))
