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
    target: str
    """Of a reversal the name of the step that it is about; else empty."""
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
    """The revision that it carries out; of one with a label the version of the codebook that it goes with."""
    coder_id: str
    changes: Sequence[Change]
    label: str = ""
    """What it is called where it carries out no revision."""


OPEN_AGAIN = "settled differently"
"""What a step is called that brings the settled layer in line with what several people decided."""
GIVEN, TAKEN = "codings go to who is the same person", "codings of who is the same person"
"""What steps are called that move codings made for somebody who turned out to be another."""
OWN_STANDS = "own codings stand, not those of who is the same person"
"""What a step is called that takes back what a merge of people gave to somebody who had decided already."""
