"""Which disagreements a sheet has, and what it says of a choice and of a theme in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.domain.tables.quotes import marked_words, shortened
from coder.domain.team.disagreement_sheets import ChosenTheme

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.codings import Span

_WORDS_SHOWN = 90
"""Characters of marked words: the answer stands beside them."""


SheetShow = Literal["unsettled", "parked", "all"]


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """Which disagreements a sheet has."""

    question_names: tuple[str, ...] = ()
    """Empty: of all open questions."""
    coder_names: tuple[str, ...] = ()
    """Empty: of everybody who has read anything."""
    theme: str = ""
    """A theme, by label or id, that is in dispute; empty: any."""
    show: SheetShow = "unsettled"
    anonymous: bool = False
    round_name: str = ""
    """Of the answers of a round alone; empty: of all."""
    date: str = ""
    """The day or moment that the sheets count as made at; empty: now."""


def chosen_themes(
    codebook: Codebook,
    text: str,
    choice: Mapping[str, tuple[Span, ...]],
    in_order: Iterable[str],
    disputed: Collection[str],
) -> Iterator[ChosenTheme]:
    """Yield what one person chose.

    Args:
        codebook: The codebook.
        text: The answer.
        choice: The themes that they chose, with the words that carry each.
        in_order: All themes that anybody chose, in the order in which they are listed.
        disputed: Those that not all chose.
    """
    for theme_id in in_order:
        if theme_id in choice:
            spans = choice[theme_id]
            words = shortened(marked_words(text, spans), _WORDS_SHOWN) if spans else ""
            yield ChosenTheme(codebook.label(theme_id), words, theme_id in disputed)


def definition_text(theme: Theme) -> str:
    """Return on one line what the codebook says of a theme: the definition, what it includes, what not."""
    parts = (
        theme.definition.strip(),
        f"Includes: {theme.include.strip()}" if theme.include.strip() else "",
        f"Not: {theme.exclude.strip()}" if theme.exclude.strip() else "",
    )
    return " ".join(" ".join(filter(None, parts)).split())
