"""How the engine's process reads answers: by rules, or by grammar once that is loaded."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from coder.errors import CoderError
from coder.text.clause_readers import GrammarReading, RuleReading
from coder.text.english_grammar import EnglishGrammar, is_installed

if TYPE_CHECKING:
    from collections.abc import Callable

ENGLISH = "en"


class AnswerReadings:
    """The ways to read a study's answers.

    English is read by grammar where spaCy is installed. It is loaded once, by a thread, and until then no
    words are looked for: those found by rules would be others.

    Args:
        grammar: Reads English; None: it is read by rules as well.
    """

    def __init__(self, grammar: EnglishGrammar | None = None) -> None:
        self._grammar = grammar
        self._english = GrammarReading(grammar) if grammar is not None else RuleReading()
        self._begun = threading.Event()
        self._ready = threading.Event()
        if grammar is None:
            self._begun.set()
            self._ready.set()

    @classmethod
    def installed(cls) -> AnswerReadings:
        """Return the readings that this installation has; nothing is loaded yet."""
        return cls(EnglishGrammar() if is_installed() else None)

    @property
    def are_ready(self) -> bool:
        """Tell whether answers can be read without waiting."""
        return self._ready.is_set()

    def in_language(self, language: str) -> GrammarReading | RuleReading:
        """Return how answers in a language are read, by its code of two letters; empty: it is not sure."""
        return self._english if language == ENGLISH else RuleReading(language)

    def begin(self, when_ready: Callable[[str], object]) -> None:
        """Load the grammar, if that has not begun; returns at once.

        Args:
            when_ready: Called from a thread with a complaint, empty where there is none: then rules are used.
        """
        if not self._begun.is_set():
            self._begun.set()
            threading.Thread(target=self._load, args=(when_ready,), name="grammar", daemon=True).start()

    def _load(self, when_ready: Callable[[str], object]) -> None:
        complaint = ""
        try:
            if self._grammar is not None:
                self._grammar.load()
        except CoderError as error:
            self._english, complaint = RuleReading(), str(error)
        self._ready.set()
        when_ready(complaint)
