"""What the panes draw, as values: texts are made of the desk without knowing a widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codings import Span


class EarlierRow(NamedTuple):
    """Another answer, as it stands below the one on screen: one decided about before, or of the same list."""

    text: str
    """Of the answer; or the heading."""
    words: Sequence[Span] = ()
    """The words in it that carry the theme."""
    number: int = 0
    """Of the answer; 0 for the heading, and for an example in the codebook."""
    priority: int = 0
    """Rows of a low number stay where there is no room for all."""
    more: str = ""
    """What follows a heading where there is room."""
    is_heading: bool = False


class AnswerContent(NamedTuple):
    """What stands in the answer pane."""

    text: str
    heading: Sequence[str] = ()
    """Lines above the text: the question, attributes."""
    chosen: Sequence[str] = ()
    """Lines below the text: the themes that stand, memos, other coders."""
    evidence: Sequence[Span] = ()
    """The words that carry the suggestion shown in the why-panel."""
    words: Sequence[Span] = ()
    """The words kept with codings."""
    own: Sequence[Span] = ()
    """Of these, the words kept with the theme shown in the why-panel."""
    selected: Span | None = None
    """The words selected for the theme that is chosen next."""
    earlier: Sequence[EarlierRow] = ()
    """Where there is room below all this: other answers to compare with, the heading first."""


class ThemeRow(NamedTuple):
    """One theme as the panel shows it."""

    theme_id: str
    """Empty on a place that is free."""
    label: str
    key: int | None = None
    """The number key that toggles it; None in the list from A to Z."""
    strength: float | None = None
    """Between 0 and 1: the bar; None where nothing is known yet."""
    percent: bool = False
    """Whether the strength is a probability, to be printed in per cent."""
    chosen: bool = False
    waiting: bool = False
    """Whether the choice needs a fresh look since the codebook was revised."""
    place: int | None = None
    """Its place among the suggestions, from 1; shown where it is on no key."""
