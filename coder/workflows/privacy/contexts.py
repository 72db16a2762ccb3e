"""A place in an answer with some of the answer around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.workflows.privacy.finding import FoundPlace


def in_context(place: FoundPlace, around: int) -> str:
    """Return a place between guillemets with some of the answer around it, on one line."""
    start, end, text = place.finding.start, place.finding.end, place.text
    begin, stop = max(0, start - around), end + around
    before = " ".join(text[begin:start].split(" "))
    behind = text[end:stop]
    line = f"{'…' * (begin > 0)}{before}«{text[start:end]}»{behind}{'…' * (stop < len(text))}"
    return " ".join(line.split())
