"""Finding a theme by part of its label, a keyword or its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.near_names import fold_case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.domain.codebook import Theme

MEANT = 85
"""The score from which what was typed stands in a theme's label or keywords."""
_CUTOFF = 60
_SHORT = 2
"""So few characters are not compared loosely: they would fit anything."""
_FORGIVING, _MORE_FORGIVING = 4, 7
"""Letters of a word from which one typing error in it is forgiven, and from which two are."""


def best_themes(typed: str, themes: Iterable[Theme]) -> list[Theme]:
    """Return the themes that fit what was typed, best first; all of them, A to Z, if nothing was."""
    if not typed:
        return sorted(themes, key=lambda theme: fold_case(theme.label))
    return [theme for _, theme in scored_themes(typed, themes)]


def scored_themes(typed: str, themes: Iterable[Theme]) -> list[tuple[float, Theme]]:
    """Return the themes that fit what was typed with their scores up to 100, best first."""
    folded = fold_case(typed)
    by_label = sorted(themes, key=lambda theme: fold_case(theme.label))
    scored = [(score, theme) for theme in by_label if (score := _score(folded, theme)) >= _CUTOFF]
    return sorted(scored, key=lambda pair: -pair[0])


def _score(typed: str, theme: Theme) -> float:
    """Score 0 to 100; the start of a word in the label beats a keyword, that typing errors and definition."""
    from rapidfuzz import fuzz

    label = fold_case(theme.label)
    if standing := _score_of_letters(typed, label, theme):
        return standing
    errors = _typing_errors(typed, label)
    if errors is not None:
        return 84 - 2 * errors
    if f" {typed}" in f" {fold_case(theme.definition)} {fold_case(theme.include)}":
        return 70
    return fuzz.partial_ratio(typed, label) * 0.8 if len(typed) > _SHORT else 0


def _score_of_letters(typed: str, label: str, theme: Theme) -> int:
    """Return the score of a theme in whose label or keywords the very letters stand; 0 where they do not."""
    if label.startswith(typed):
        return 100
    if f" {typed}" in f" {label.replace('(', ' ').replace('-', ' ')}":
        return 98
    if any(fold_case(word).startswith(typed) or typed.startswith(fold_case(word)) for word in theme.keywords):
        return 90
    return 88 if typed in label else 0


def _typing_errors(typed: str, label: str) -> int | None:
    """Return how many letters are wrong if each word typed begins one of a label; None: too many."""
    from rapidfuzz.distance import OSA

    words, errors = label.replace("-", " ").split(), 0
    for word in typed.replace("-", " ").split():
        forgiven = (len(word) >= _FORGIVING) + (len(word) >= _MORE_FORGIVING)
        # A letter left out or doubled makes the beginning that is meant longer or shorter.
        beginnings = (other[: len(word) + more] for other in words for more in (-1, 0, 1))
        nearest = min((OSA.distance(word, other, score_cutoff=forgiven) for other in beginnings), default=3)
        if nearest > forgiven:
            return None
        errors += nearest
    return errors
