"""Passages cut out of a text, and positions that move along."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codings import Span
from coder.domain.privacy.text_cuts import (
    TextCut,
    as_first_was,
    decisive_cuts,
    grown_span,
    joined_cuts,
    length_before,
    span_before_cuts,
    span_with_cuts,
    with_cuts,
    with_cuts_within,
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


@given(st.lists(cuts, max_size=5), st.lists(cuts, max_size=3))
def test_what_decides_is_all_that_is_needed(made: list[TextCut], others: list[TextCut]) -> None:
    """The decisive cuts say the same as all, alone and with what another copy cut; none is told twice."""
    decisive = decisive_cuts(made)
    assert joined_cuts(decisive) == joined_cuts(made)
    assert joined_cuts((*decisive, *others)) == joined_cuts((*made, *others))
    assert set(decisive_cuts((*decisive, *others))) == set(decisive_cuts((*made, *others)))
    assert len({(cut.start, cut.end) for cut in decisive}) == len(decisive)


def test_a_word_within_a_replacement_rewords_it() -> None:
    """Whatever the two texts begin with, every copy has the reworded one, and the old one decides nothing."""
    for old in ("a friend of Jo", "  Jo's friend", "Jo", "[a friend of Jo]"):
        made = (TextCut(4, 9, old),)
        standing = with_cuts("ask Priya now", made)
        begin = standing.index("Jo")
        within = [TextCut(begin, begin + 2, "[name 1]")]
        first = as_first_was(within, made)
        assert [cut[:2] for cut in first] == [(4, 9)]
        assert "Jo" not in with_cuts("ask Priya now", joined_cuts((*first, *made)))
        assert with_cuts_within(standing, made, within).split() == (
            standing.replace("Jo", "[name 1]").split()
        )
        assert decisive_cuts((*made, *first)) == first


def test_two_words_within_a_replacement_go_together() -> None:
    """Both are gone from what stands there, and what stands behind it stays."""
    made = (TextCut(4, 9, "Jo or Al"),)
    within = [TextCut(4, 6, "[name 1]"), TextCut(10, 12, "[name 2]"), TextCut(13, 16, "later")]
    assert with_cuts_within("ask Jo or Al now", made, within).split() == (
        ["ask", "[name", "1]", "or", "[name", "2]", "later"]
    )
