"""Passages cut out of a text, each with what stands in its place; positions move along in both directions.

Cuts name positions of the text as it first was. So the cuts that several copies of a study made are one set,
whatever the order in which they came, and a position can be told where the words themselves are gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coder.domain.codings import Span, read_spans, write_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class TextCut(NamedTuple):
    """Characters [start, end) of a text as it first was, in Unicode code points."""

    start: int
    end: int
    replacement: str
    """What stands there now; never empty."""


def joined_cuts(cuts: Iterable[TextCut]) -> tuple[TextCut, ...]:
    """Return cuts in order, those that overlap as one: the one that begins first, or is longer, says by what.

    Give all that were ever made at once: what was joined before may lead to another replacement.
    """
    joined: list[TextCut] = []
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end, cut.replacement)):
        if joined and cut.start < joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, cut.end))
        else:
            joined.append(cut)
    return tuple(joined)


def decisive_cuts(cuts: Iterable[TextCut]) -> tuple[TextCut, ...]:
    """Return the cuts on which `joined_cuts` depends, as they were made.

    Left out is what lies within another cut, and of several of one place all but the one that says what
    stands there: a replacement that was reworded, as it named somebody, must not be kept.
    """
    by_place: dict[tuple[int, int], TextCut] = {}
    for cut in cuts:
        place = cut.start, cut.end
        by_place[place] = min(by_place.get(place, cut), cut)
    return tuple(
        cut
        for cut in by_place.values()
        if not any(
            other.start <= cut.start and cut.end <= other.end and other is not cut
            for other in by_place.values()
        )
    )


def with_cuts(text: str, cuts: Sequence[TextCut]) -> str:
    """Return a text as it first was without what is cut; `cuts` as `joined_cuts` returns them."""
    return with_further_cuts(text, (), cuts)


def with_further_cuts(text: str, made: Sequence[TextCut], cuts: Sequence[TextCut]) -> str:
    """Return a text that has some cuts with all of them.

    Args:
        text: The text as it is.
        made: The cuts that it has.
        cuts: All that it is to have: each of `made` lies within one of them.
    """
    pieces = []
    begin = 0
    for cut in cuts:
        pieces += [text[begin + _shift(made, begin) : cut.start + _shift(made, cut.start)], cut.replacement]
        begin = cut.end
    return "".join([*pieces, text[begin + _shift(made, begin) :]])


def as_first_was(cuts: Sequence[TextCut], made: Sequence[TextCut]) -> tuple[TextCut, ...]:
    """Return cuts of a text that has some already, by the positions of the text as it first was.

    Cuts within what stands for earlier words become one of the same place with that reworded, which sorts
    before it: so it says what stands there, see `joined_cuts`.

    Args:
        cuts: By the text as it stands; none overlaps another.
        made: The cuts that it has, as they were made.
    """
    joined = joined_cuts(made)
    standing = {cut: span_with_cuts(Span(cut.start, cut.end), joined) for cut in joined}
    within: dict[TextCut, list[TextCut]] = {}
    first = []
    for cut in cuts:
        holder = next((one for one, span in standing.items() if _holds(span, cut)), None)
        if holder is None:
            span = span_before_cuts(Span(cut.start, cut.end), joined)
            first.append(TextCut(*span, cut.replacement))
        else:
            begin = standing[holder].start
            within.setdefault(holder, []).append(TextCut(cut.start - begin, cut.end - begin, cut.replacement))
    for holder, inner in within.items():
        reworded = with_cuts(holder.replacement, inner)
        if reworded.strip() != holder.replacement.strip():
            first.append(holder._replace(replacement=_sorted_before(holder.replacement, reworded)))
    return tuple(first)


def _holds(span: Span, cut: TextCut) -> bool:
    return span.start <= cut.start and cut.end <= span.end


def _sorted_before(old: str, new: str) -> str:
    """Return a text that sorts before another: as it is, or behind more blanks than that begins with."""
    blanks = len(old) - len(old.lstrip(" ")) + 1
    return new if new < old else " " * blanks + new.lstrip(" ")


def with_cuts_within(text: str, made: Sequence[TextCut], cuts: Sequence[TextCut]) -> str:
    """Return a text that has cuts with further ones, as every copy works it out.

    Args:
        text: The text as it stands.
        made: The cuts that it has, as they were made.
        cuts: Further ones, by the text as it stands.
    """
    return with_further_cuts(text, joined_cuts(made), joined_cuts((*made, *as_first_was(cuts, made))))


def length_before(length: int, cuts: Sequence[TextCut]) -> int:
    """Return how long a text was, given how long it is with its cuts."""
    return length - sum(len(cut.replacement) - (cut.end - cut.start) for cut in cuts)


def span_with_cuts(span: Span, cuts: Sequence[TextCut]) -> Span:
    """Return where characters of a text as it first was stand with cuts, grown over those they meet."""
    grown = grown_span(span, cuts)
    return Span(grown.start + _shift(cuts, grown.start), grown.end + _shift(cuts, grown.end))


def grown_span(span: Span, cuts: Sequence[TextCut]) -> Span:
    """Return characters of a text as it first was with the whole of each cut that they meet."""
    met = [cut for cut in cuts if cut.start < span.end and cut.end > span.start]
    return Span(min([span.start, *(cut.start for cut in met)]), max([span.end, *(cut.end for cut in met)]))


def span_before_cuts(span: Span, cuts: Sequence[TextCut]) -> Span:
    """Return where characters of a text with cuts stood as it first was; a replacement stands for its cut."""
    start, end = span
    shift = 0
    first, last = start, end
    start_shift = end_shift = 0
    for cut in cuts:
        begin = cut.start + shift
        behind = begin + len(cut.replacement)
        if begin < end and behind > start:
            first, last = min(first, begin), max(last, behind)
        shift += len(cut.replacement) - (cut.end - cut.start)
        if behind <= first:
            start_shift = shift
        if behind <= last:
            end_shift = shift
    return Span(first - start_shift, last - end_shift)


def spans_with_cuts(written: str, cuts: Sequence[TextCut]) -> str:
    """Return spans, as the log writes them, of a text as it first was as they stand with cuts."""
    return _written(span_with_cuts(span, cuts) for span in read_spans(written))


def spans_before_cuts(written: str, cuts: Sequence[TextCut]) -> str:
    """Return spans, as the log writes them, of a text with cuts as they stood in it as it first was."""
    return _written(span_before_cuts(span, cuts) for span in read_spans(written))


def grown_spans(written: str, cuts: Sequence[TextCut]) -> str:
    """Return spans, as the log writes them, of a text as it first was, with all of each cut they meet."""
    return _written(grown_span(span, cuts) for span in read_spans(written))


def _written(spans: Iterable[Span]) -> str:
    return write_spans(tuple(_apart(sorted(spans))))


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans in order, those that overlap as one."""
    pending: Span | None = None
    for span in spans:
        if pending is None:
            pending = span
        elif span.start < pending.end:
            pending = Span(pending.start, max(pending.end, span.end))
        else:
            yield pending
            pending = span
    if pending is not None:
        yield pending


def _shift(cuts: Sequence[TextCut], position: int) -> int:
    """Return by how much a position of the text as it first was moves; it lies within no cut."""
    return sum(len(cut.replacement) - (cut.end - cut.start) for cut in cuts if cut.end <= position)
