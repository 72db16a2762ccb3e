"""Finding copied words in an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.text.mentions import find_mention


@pytest.mark.parametrize(
    ("text", "mention", "found"),
    [
        ("We lost four staff", "four", "four"),
        ("We lost four staff", "  four ", "four"),
        ("Budgets\nand  beds", "Budgets and beds", "Budgets\nand  beds"),
        ("They\u2019re \u201ctoo low\u201d", 'They\'re "too low"', "They\u2019re \u201ctoo low\u201d"),
        ("2023\u201324 budget", "2023-24", "2023\u201324"),
        ("a (b) [c]*", "(b) [c]*", "(b) [c]*"),
        ("le cafe\u0301 est ferme\u0301", "café", "cafe\u0301"),
        ("le café est fermé", "cafe\u0301 est ferme\u0301", "café est fermé"),
        ("l\u2019e\u0301te\u0301\n\u2013 chaud", "l'été - chaud", "l\u2019e\u0301te\u0301\n\u2013 chaud"),
    ],
)
def test_words_are_found(text: str, mention: str, found: str) -> None:
    """Words are found whatever became of their white space, quotation marks and dashes."""
    span = find_mention(text, mention)
    assert span is not None
    assert text[span.start : span.end] == found


@pytest.mark.parametrize("mention", ["", "  ", "five", "Four"])
def test_other_words_are_not(mention: str) -> None:
    """Blank, absent or differently spelt words stand nowhere."""
    assert find_mention("We lost four staff", mention) is None


@given(st.text(), st.text(min_size=1).filter(str.strip), st.text())
def test_a_copy_is_always_found(before: str, mention: str, after: str) -> None:
    """Whatever was copied from a text is found in it, word for word."""
    text = before + mention + after
    span = find_mention(text, mention)
    assert span is not None
    assert text[span.start : span.end] == mention.strip()
