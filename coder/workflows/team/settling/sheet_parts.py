"""What sheets say of a choice, and of a theme in dispute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.tables.quotes import marked_words, shortened
from coder.domain.team.disagreement_sheets import ChosenTheme

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from coder.domain.codebook import Codebook, Theme
    from coder.domain.codings import Span

_WORDS_SHOWN = 90
"""Characters of marked words: the answer stands beside them."""


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
