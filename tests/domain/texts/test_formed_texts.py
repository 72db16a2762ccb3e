"""A text in one form leads back to the text as it is."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codings import Span
from coder.domain.texts.unicode_forms import formed

Form = Literal["NFC", "NFD"]

LETTERS = (
    "aeqé ñÅ\u212b\u0301\u0308\u0323\u0327\u0345ᾳᄀ\u1161\u11a8각"
    "क\u093c\u0958\u0b47\u0b56\u0f73\u0f71ﬁ\U0001f600"
)
"""With accents in every order, syllables of Hangul, vowel signs that join, letters that NFC takes apart."""
MIXED = st.text(st.sampled_from([*LETTERS]), max_size=30)
FORMS: st.SearchStrategy[Form] = st.sampled_from(["NFC", "NFD"])


@given(st.text() | MIXED, FORMS)
def test_the_form_is_unicodes(text: str, form: Form) -> None:
    """The text is what Unicode says, and each character has its place in the original, in order."""
    made = formed(text, form)
    assert made.text == normalize(form, text)
    spans = [made.original(Span(n, n + 1)) for n in range(len(made.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert sorted(spans) == spans


@given(MIXED, MIXED, MIXED, FORMS)
def test_spans_lead_back(before: str, within: str, after: str, form: Form) -> None:
    """What stands at a span, set apart by blanks, is in the original what it is in the other form."""
    made = formed(f"{before} ({within}) {after}", form)
    start = len(normalize(form, f"{before} "))
    span = Span(start, start + len(normalize(form, f"({within})")))
    back = made.original(span)
    assert f"{before} ({within}) {after}"[back.start : back.end] == f"({within})"


@given(st.text() | MIXED, st.data())
def test_each_span_holds_what_it_maps_to(text: str, data: st.DataObject) -> None:
    """In the original a span holds all of what it holds in the form, whole letters at its ends."""
    made = formed(text)
    if made.text:
        start = data.draw(st.integers(0, len(made.text) - 1))
        end = data.draw(st.integers(start + 1, len(made.text)))
        back = made.original(Span(start, end))
        assert made.text[start:end] in normalize("NFC", text[back.start : back.end])


@pytest.mark.parametrize(
    ("text", "sought", "stands"),
    [("cafe\u0301 ici", "café", "cafe\u0301"), ("un e\u0301te\u0301", "été", "e\u0301te\u0301"),
     ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "국", "\u1100\u116e\u11a8"),
     ("5 \u212bngstro\u0308m", "Ångström", "\u212bngstro\u0308m"),
     ("plain", "lai", "lai")],
)  # fmt: skip
def test_words(text: str, sought: str, stands: str) -> None:
    """A word found in NFC is where it is in the text: with its accents, Hangul with all its parts."""
    made = formed(text)
    start = made.text.index(sought)
    span = made.original(Span(start, start + len(sought)))
    assert text[span.start : span.end] == stands
