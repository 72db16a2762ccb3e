"""Finding a theme by part of its label, a keyword or its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import fold_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.codebook import Theme

_CUTOFF = 60
_SHORT = 2
"""So few characters are not compared loosely: they would fit anything."""


def best_themes(typed: str, themes: Iterable[Theme]) -> list[Theme]:
    """Return the themes that fit what was typed, best first; all of them, A to Z, if nothing was."""
    themes = sorted(themes, key=lambda theme: fold_case(theme.label))
    if not typed:
        return themes
    scored = [(score, theme) for theme in themes if (score := _score(fold_case(typed), theme)) >= _CUTOFF]
    return [theme for _, theme in sorted(scored, key=lambda pair: -pair[0])]


def _score(typed: str, theme: Theme) -> float:
    """Score 0 to 100; the start of a word in the label beats a keyword, that the definition."""
    from rapidfuzz import fuzz

    label = fold_case(theme.label)
    if label.startswith(typed):
        return 100
    if f" {typed}" in f" {label.replace('(', ' ').replace('-', ' ')}":
        return 98
    if any(fold_case(word).startswith(typed) or typed.startswith(fold_case(word)) for word in theme.keywords):
        return 90
    if typed in label:
        return 88
    if f" {typed}" in f" {fold_case(theme.definition)} {fold_case(theme.include)}":
        return 70
    return fuzz.partial_ratio(typed, label) * 0.8 if len(typed) > _SHORT else 0
