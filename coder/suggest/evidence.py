"""Why a theme is suggested, as a person can check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.domain.codings import Span
from coder.suggest.arrays import cosines
from coder.suggest.word_stems import WORD

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from coder.suggest.arrays import Floats
    from coder.suggest.coded import CodedResponses

_WINDOW = 12
_STEP = 4
_MOST_WINDOWS = 150
"""The embedding model takes some milliseconds for each, while rankings wait."""
_NEAREST = 3
_MOST_SPANS = 5


@dataclass(frozen=True, slots=True)
class Nearest:
    """A response coded with the theme, and how alike it is."""

    key: Hashable
    text: str
    similarity: float
    """A cosine: 1 for the same words or meaning."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one theme on one text."""

    spans: tuple[Span, ...]
    """The span that carries the suggestion; empty when none stands out."""
    keywords: tuple[str, ...]
    """The theme's keywords as the text writes them."""
    nearest: tuple[Nearest, ...]
    """The most alike responses coded with the theme, nearest first."""
    elsewhere: tuple[Span, ...] = ()
    """The next best spans, best first; they overlap neither each other nor the one that carries it."""


def windows(text: str) -> list[Span]:
    """Return windows of 12 words, each beginning 4 words after the one before; a shorter text is one window.

    There are at most 151: those of a text beyond 600 words are further apart.
    """
    words = [match.span() for match in WORD.finditer(text)]
    if not words:
        return []
    last_start = max(0, len(words) - _WINDOW)
    starts = [*range(0, last_start, max(_STEP, -(-last_start // _MOST_WINDOWS))), last_start]
    return [Span(words[start][0], words[min(start + _WINDOW, len(words)) - 1][1]) for start in starts]


def best_spans(spans: Sequence[Span], scores: Floats) -> tuple[Span, ...]:
    """Return the five best spans that do not overlap, best first; none if several all score the same."""
    if not len(spans) or (len(spans) > 1 and scores.max() == scores.min()):
        return ()
    best: list[Span] = []
    for span in (spans[i] for i in (-scores).argsort(kind="stable").tolist()):
        if all(span.end <= better.start or better.end <= span.start for better in best):
            best.append(span)
    return tuple(best[:_MOST_SPANS])


def nearest_coded(
    coded: CodedResponses, row: Floats, column: int, key: Hashable = None
) -> tuple[Nearest, ...]:
    """Return the responses coded with a theme that are most like a row of features.

    Args:
        coded: All coded responses.
        row: (1, d), the features of the text in question.
        column: The theme's.
        key: A response that is left out: the one in question, if it is coded itself.
    """
    keys = coded.keys()
    rows = [i for i in (coded.table.y[:, column] == 1).nonzero()[0] if key is None or keys[i] != key]
    alike = cosines(row, coded.table.x[rows])
    best = [(keys[rows[i]], float(alike[i])) for i in (-alike).argsort(kind="stable")[:_NEAREST]]
    return tuple(Nearest(k, coded[k].text, likeness) for k, likeness in best if likeness > 0)
