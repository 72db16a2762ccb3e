"""Changes, spans and states as values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codings import (
    Change,
    Span,
    SuggestionSeen,
    read_choices,
    read_spans,
    response_state,
    write_choices,
    write_spans,
)
from coder.domain.filters import Filter, Having
from coder.errors import CancelledError, CoderError

SPAN = st.tuples(st.integers(0, 500), st.integers(1, 500)).map(lambda pair: Span(pair[0], sum(pair)))


@given(spans=st.lists(SPAN, max_size=5).map(tuple))
def test_spans_are_read_as_written(spans: tuple[Span, ...]) -> None:
    """Spans come back in the text's order."""
    assert read_spans(write_spans(spans)) == tuple(sorted(spans))


@given(theme_ids=st.lists(st.from_regex(r"[\w.-]+", fullmatch=True), max_size=4).map(tuple))
def test_choices_are_read_as_written(theme_ids: tuple[str, ...]) -> None:
    """The themes to choose from come back in their order, whatever the ids are made of."""
    assert read_choices(write_choices(theme_ids)) == theme_ids


@pytest.mark.parametrize("text", ["12", "1:2:3", "a:b", "5:5", "6:5", "-1:4", "1:2,3:4"])
def test_what_is_no_list_of_spans(text: str) -> None:
    """Empty, backward and misspelt spans are refused by name."""
    with pytest.raises(CoderError, match=text):
        read_spans(text)


def test_the_inverse_of_an_inverse() -> None:
    """Taking back what was taken back is the change itself."""
    change = Change(1, "theme", None, "0:4", "pay", "suggestion", SuggestionSeen(2, 0.4))
    assert change.inverse() == Change(1, "theme", "0:4", None, "pay", "suggestion", SuggestionSeen(2, 0.4))
    assert change.inverse().inverse() == change


@pytest.mark.parametrize(
    ("themes", "done", "state"),
    [(0, False, "open"), (2, False, "coded"), (2, True, "done"), (0, True, "nothing")],
)
def test_states(themes: int, done: bool, state: str) -> None:
    """The four states of a response."""
    assert response_state(themes=themes, done=done) == state


def test_a_filter_is_cleared_to_its_question() -> None:
    """The question stays; everything else narrows."""
    chosen = Filter("Q1", "open", ("pay",), (Having("region", ("North",)),), "bed")
    assert chosen.narrowed()
    assert chosen.cleared() == Filter("Q1")
    assert not chosen.cleared().narrowed()


def test_errors_say_what_then_what_next() -> None:
    """An error reads as its message with the hint on the next line, if there is one."""
    assert str(CoderError("What.", "Next.")) == "What.\nNext."
    assert str(CancelledError()) == "Cancelled. Nothing was changed."
