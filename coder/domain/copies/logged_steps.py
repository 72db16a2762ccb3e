"""Steps of the log as revisions and decisions concern them, and steps that follow from others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Aspect, WordsBy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codings import Change, StepKind
    from coder.domain.copies.acts import ActPlace

CodingCell = tuple[int, str, Aspect, str]
"""A response, a coder, an aspect and a theme."""


class CellContent(NamedTuple):
    """What stands in a cell, as the log writes it."""

    text: str
    words_by: WordsBy = ""


@dataclass(frozen=True, slots=True)
class LoggedStep:
    """A step of the log with a name, as far as revisions concern it."""

    place: ActPlace
    coder_id: str
    kind: StepKind
    knows: str
    """The version of the codebook that it was made with."""
    revision: str
    """The version that it belongs to; empty for what a coder did."""
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class LateStep:
    """A step that follows from others."""

    after: ActPlace
    """The act that it stands behind."""
    version: str
    """The revision that it carries out; of one that follows from decisions the codebook of that moment."""
    coder_id: str
    changes: Sequence[Change]
    follows_decisions: bool = False
    """Whether it brings the settled layer in line with what several people decided."""
