"""What stands in the place of words that were taken out: `[name 3]`, the same for the same words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from coder.domain.privacy.removals import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.privacy.removals import Kind

APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`"
HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_POSSESSIVE = re.compile(rf"(?:(?<=\w)[{APOSTROPHES}]s|(?<=s)[{APOSTROPHES}])\Z", re.IGNORECASE)
_PLACEHOLDER = re.compile(rf"\[({'|'.join(map(re.escape, KINDS))}) (\d{{1,9}})\]")
AS_TYPED = str.maketrans(dict.fromkeys(APOSTROPHES[1:], "'") | dict.fromkeys(HYPHENS[1:], "-"))
"""For `str.translate`: apostrophes and hyphens as keyboards have them."""


def without_possessive(text: str) -> str:
    """Return words without a possessive ending."""
    return _POSSESSIVE.sub("", text.strip())


def same_words_key(text: str) -> str:
    """Return what words that count as the same have in common: case, blanks and the possessive aside."""
    single = " ".join(normalize("NFC", without_possessive(text)).split())
    return single.translate(AS_TYPED).casefold()


def is_placeholder(text: str) -> bool:
    """Tell whether a text is a placeholder such as `[name 3]` and nothing else."""
    return _PLACEHOLDER.fullmatch(text) is not None


def placeholder_spans(text: str) -> list[tuple[int, int]]:
    """Return where placeholders such as `[name 3]` stand in a text: first character, and the one behind."""
    return [match.span() for match in _PLACEHOLDER.finditer(text)] if "[" in text else []


class Placeholders:
    """The numbers of what is taken out, within one sitting.

    The same words of a kind have the same number; nothing in the study tells later which words had which.

    Args:
        texts: Texts in which placeholders stand already: their numbers are not given again.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._last: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        for text in texts:
            for kind, number in _PLACEHOLDER.findall(text):
                self._last[kind] = max(self._last.get(kind, 0), int(number))

    def of(self, kind: Kind, words: str) -> str:
        """Return what stands in the place of words of a kind."""
        key = kind, same_words_key(words)
        if key not in self._numbers:
            self._last[kind] = self._numbers[key] = self._last.get(kind, 0) + 1
        return f"[{kind} {self._numbers[key]}]"
