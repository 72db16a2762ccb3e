"""Passages cut out of a text, and positions that move along."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codings import Span
from coder.domain.privacy.text_cuts import (
    TextCut,
    grown_span,
    joined_cuts,
    length_before,
    span_before_cuts,
    span_with_cuts,
    with_cuts,
    with_further_cuts,
)

LENGTH = 30
TEXT = "".join(chr(ord("a") + place % 26) for place in range(LENGTH))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Draw characters of the text."""
    start = draw(st.integers(0, LENGTH - 1))
    return Span(start, draw(st.integers(start + 1, LENGTH)))


cuts = st.builds(
    lambda span, replacement: TextCut(span.start, span.end, replacement),
    spans(),
    st.sampled_from(["[name 1]", "X", "a colleague"]),
)


def test_a_cut_is_replaced() -> None:
    """What is cut is not there, what stands around it is."""
    assert (
        with_cuts("ask Priya or Tom", [TextCut(4, 9, "[name 1]"), TextCut(13, 16, "[name 2]")])
        == "ask [name 1] or [name 2]"
    )


def test_a_span_moves_along() -> None:
    """A span behind a cut moves, one before it stays, one that meets it grows over what stands there now."""
    made = [TextCut(4, 9, "[name 1]")]
    assert span_with_cuts(Span(0, 3), made) == Span(0, 3)
    assert span_with_cuts(Span(10, 12), made) == Span(13, 15)
    assert span_with_cuts(Span(6, 12), made) == Span(4, 15)
    assert span_before_cuts(Span(5, 7), made) == Span(4, 9)


@given(st.lists(cuts, max_size=5))
def test_no_character_of_a_cut_stays(made: list[TextCut]) -> None:
    """With all cuts exactly the characters outside them are left, in order."""
    joined = joined_cuts(made)
    gone = {place for cut in made for place in range(cut.start, cut.end)}
    text = TEXT.upper()
    left = "".join(
        letter
        for letter in with_cuts(text, [cut._replace(replacement="-") for cut in joined])
        if letter != "-"
    )
    assert left == "".join(letter for place, letter in enumerate(text) if place not in gone)
    assert length_before(len(with_cuts(text, joined)), joined) == LENGTH


@given(st.lists(cuts, max_size=4), st.lists(cuts, max_size=4))
def test_cuts_one_after_another_are_cuts_at_once(one: list[TextCut], other: list[TextCut]) -> None:
    """Whoever made which cuts first: the text is that of all cuts, made at once."""
    at_once = with_cuts(TEXT, joined_cuts([*one, *other]))
    in_turn = with_further_cuts(
        with_cuts(TEXT, joined_cuts(one)), joined_cuts(one), joined_cuts([*other, *one])
    )
    assert in_turn == at_once


@given(st.lists(cuts, max_size=4), spans())
def test_a_span_comes_back_grown(made: list[TextCut], span: Span) -> None:
    """There and back a span is what it was, with the whole of each cut that it met."""
    joined = joined_cuts(made)
    assert span_before_cuts(span_with_cuts(span, joined), joined) == grown_span(span, joined)


@given(st.lists(cuts, max_size=4), spans())
def test_a_span_holds_the_words_that_it_held(made: list[TextCut], span: Span) -> None:
    """What a span held outside the cuts it holds still, and no more of it."""
    joined = joined_cuts([cut._replace(replacement="-") for cut in made])
    gone = {place for cut in made for place in range(cut.start, cut.end)}
    moved = span_with_cuts(span, joined)
    held = with_cuts(TEXT, joined)[moved.start : moved.end].replace("-", "")
    assert held == "".join(TEXT[place] for place in range(*span) if place not in gone)
