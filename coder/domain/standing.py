"""What stands on one response for one coder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coder.domain.codings import Span, WordsBy


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on one response for one coder."""

    response: int
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    """Theme id to the words that carry it; an empty tuple means the whole response."""
    words_by: Mapping[str, WordsBy] = field(default_factory=dict)
    """Theme id to who picked these words; a theme that is missing has none, or it is not known."""
    done: bool = False
    flag: bool = False
    memo: str = ""
    theme_memos: Mapping[str, str] = field(default_factory=dict)
    recode: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Themes whose coding needs a fresh look since a revision, with the themes to choose from."""
    settled_doubts: Mapping[str, str] = field(default_factory=dict)
    """Themes left as they are in the second look, with what the doubt was: `wrong` or `missing`."""

    @property
    def theme_ids(self) -> tuple[str, ...]:
        """The themes chosen."""
        return tuple(self.spans)

    @property
    def coded_as(self) -> tuple[bool, frozenset[str], frozenset[tuple[str, tuple[str, ...]]]]:
        """What responses that are coded alike share: done or not, the themes, and those to be recoded.

        Words that carry a theme, memos and the flag are a response's own.
        """
        return self.done, frozenset(self.spans), frozenset(self.recode.items())
