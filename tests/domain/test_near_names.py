"""Which names count as the same."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain import near_names
from coder.domain.near_names import fold_case, fold_id, fold_name, matching, nearest

Form = Literal["NFC", "NFD"]

ACCENTED = st.text(st.sampled_from([*"aeEoß İıǰΑᾳ\u0345\u0301\u0308\u0327\u0323ÅÅ각ᄀ\u1161\u11a8क़ﬁ\u2000"]))


@given(st.text() | ACCENTED)
def test_folding_twice_is_folding_once(name: str) -> None:
    """A folded name stays what it is."""
    for fold in (fold_case, fold_name, fold_id):
        assert fold(fold(name)) == fold(name)


@given(st.text() | ACCENTED)
def test_both_forms_of_a_name_are_one(name: str) -> None:
    """It does not matter whether accents are joined to their letters."""
    for fold in (fold_case, fold_name, fold_id):
        assert fold(normalize("NFD", name)) == fold(normalize("NFC", name)) == fold(name)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_name_in_its_own_form_first(form: Form) -> None:
    """Of names that are alike the one as written is meant, then the one that differs in form alone."""
    both = [normalize("NFC", "Café"), normalize("NFD", "Café")]
    assert matching(normalize(form, "Café"), both) == normalize(form, "Café")
    assert matching(normalize(form, "Café"), ["CAFÉ", normalize("NFD", "Café"), "café"]) == both[1]
    assert matching(normalize(form, "café"), ["Tea", "CAFÉ"]) == "CAFÉ"
    assert matching("cafe", both) is None


QUESTIONS = ("Q15", "Q16", "Q17", "Q18", "region")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Q61", "Did you mean 'Q16'?"),
        ("q51", "Did you mean 'Q15'?"),
        ("16", "Did you mean 'Q16'?"),
        ("Q 17", "Did you mean 'Q17'?"),
        ("Q156", "Did you mean 'Q15' or 'Q16'?"),
        ("reg", "Did you mean 'region'?"),
        ("regoin", "Did you mean 'region'?"),
        # As near to four as to any: to name two of them would be a guess.
        ("Q1", ""),
        ("Q19", ""),
        ("Z", ""),
    ],
)
def test_short_names_are_told_by_slips_of_the_hand(typed: str, hint: str) -> None:
    """Letters exchanged, left out or put in lead to the name; where too many are as near, none is named."""
    assert nearest(typed, QUESTIONS) == hint


def test_slips_are_counted_as_by_hand() -> None:
    """Known distances: a change, an exchange of neighbours, and the textbook pair of words."""
    pairs = {
        ("ca", "ac"): 1,
        ("kitten", "sitting"): 3,
        ("", "abc"): 3,
        ("abcd", "acbd"): 1,
        ("q16", "q16"): 0,
    }
    assert {pair: near_names._slips(*pair) for pair in pairs} == pairs
