"""The languages of the answers to a question, as they were found or as study.toml says."""

# Without `from __future__ import annotations`: the codec of the engine's messages reads the fields' types.

from dataclasses import dataclass
from typing import NamedTuple


class LanguageShare(NamedTuple):
    """A language, and the share of the answers that are in it."""

    code: str
    """Of ISO 639, as `coder.domain.languages.language_names` has it."""
    share: float
    """Between 0 and 1."""


@dataclass(frozen=True, slots=True)
class AnswerLanguages:
    """The languages of the answers to a question; without any, nobody can be sure."""

    shares: tuple[LanguageShare, ...] = ()
    """The most frequent first; together 1."""
    others: float = 0.0
    """The share of the answers looked at that are clearly in other languages, each in too few to count."""
    stated: bool = False
    """Whether study.toml says so: then nothing was looked for."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the languages, the most frequent first."""
        return tuple(language.code for language in self.shares)

    def share_of(self, codes: frozenset[str]) -> float:
        """Return the share of the answers that are in one of these languages."""
        return sum(language.share for language in self.shares if language.code in codes)


NOT_SURE = AnswerLanguages()


def stated_language(code: str) -> AnswerLanguages:
    """Return what study.toml says: all answers are in one language."""
    return AnswerLanguages((LanguageShare(code, 1.0),), stated=True)
