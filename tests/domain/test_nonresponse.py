"""Which texts are no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.nonresponse import DEFAULT_NON_RESPONSES, NonResponses, normalise

DEFAULT = NonResponses()


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\t", "\u00a0", "-", " - ", "...", "N/A", "n/a.", "None", "NONE!", '"none"', "see above",
     "See  above.", "See Q16.", "as per question 15", "Nope, think that covers it", "x",
     "-99", "-66", "null", "NaN"],
)  # fmt: skip
def test_no_answers(text: str) -> None:
    """Blank and listed texts, whatever the case, the blanks and the marks around them."""
    assert text in DEFAULT


@pytest.mark.parametrize(
    "text",
    ["0", "00", "1", "5", "-5", "99", "Nonetheless",
     "none of the beds are free", "see the budget", "no staff", "!",
     "see Q16 and Q17", "naturally", "无", "see " + "9" * 40],
)  # fmt: skip
def test_answers(text: str) -> None:
    """Anything else is one, a numeric 0 included."""
    assert text not in DEFAULT


@given(text=st.sampled_from(DEFAULT_NON_RESPONSES), left=st.text(" \n\t", max_size=3))
def test_every_listed_text_is_met(text: str, left: str) -> None:
    """Whatever stands in the list is met as listed, in capitals and with blanks around it."""
    meant = text.replace("#", "12")
    for form in (meant, meant.upper(), left + meant + left):
        assert form in DEFAULT


@given(text=st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded text is its own folded form, or else was met by nobody."""
    assert (text in NonResponses([text])) is True
    assert (normalise(text) in NonResponses([text])) is True


def test_an_empty_list_leaves_blanks() -> None:
    """Blank is never an answer, whatever the list."""
    assert "" in NonResponses([])
    assert "n/a" not in NonResponses([])
