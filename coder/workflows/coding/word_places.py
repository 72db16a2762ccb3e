"""Which words of an answer are kept with a coding, and which others could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.text.spans import clauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coder.domain.codings import Span

MOST = 0.9
"""Share of an answer from which the words marked in it are as good as all of it."""


def is_whole(text: str, spans: Iterable[Span]) -> bool:
    """Tell whether spans are as good as the whole text."""
    return sum(end - start for start, end in spans) >= MOST * len(text)


def words_of_suggestion(text: str, evidence: Sequence[Span]) -> tuple[Span, ...]:
    """Return the words kept with a suggestion that is accepted; none where they would be the whole answer.

    Args:
        text: The response's.
        evidence: The words that carry the theme, best first.
    """
    best = tuple(evidence[:1])
    return () if is_whole(text, best) else best


def word_alternatives(
    text: str, current: Sequence[Span], evidence: Sequence[Span]
) -> tuple[tuple[Span, ...], ...]:
    """Return what a key sets the words of a coding to, press by press, beginning with what they are.

    After the words as they are comes each span elsewhere in the answer, and at last the whole answer.

    Args:
        text: The response's.
        current: The words as they are; none for the whole answer.
        evidence: The words that carry the theme, best first. Where none of them lies elsewhere, the
            clauses that do are taken, the next one first.
    """
    elsewhere = _elsewhere(text, current, evidence) or _following_first(
        current, _elsewhere(text, current, clauses(text))
    )
    return (*([tuple(current)] if current else []), *((span,) for span in elsewhere), ())


def _elsewhere(text: str, current: Sequence[Span], candidates: Iterable[Span]) -> list[Span]:
    """Return the spans that are not the whole text and lie outside of the current ones by half at least."""
    return [
        span
        for span in candidates
        if not is_whole(text, [span])
        and 2 * sum(_overlap(span, marked) for marked in current) <= span.end - span.start
    ]


def _overlap(span: Span, marked: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(span.end, marked.end) - max(span.start, marked.start))


def _following_first(current: Sequence[Span], spans: list[Span]) -> list[Span]:
    """Return spans with those first that begin after the current words."""
    return sorted(spans, key=lambda span: bool(current) and span.start < current[0].start)
