"""Why a theme is suggested, as a person can check it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder.suggest.arrays import cosines

if TYPE_CHECKING:
    from collections.abc import Hashable

    from coder.domain.codings import Span
    from coder.suggest.arrays import Floats
    from coder.suggest.coded import CodedResponses

_NEAREST = 3


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
