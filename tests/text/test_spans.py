"""Sentences and clauses."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.text.spans import clauses, sentences


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return the parts of the text."""
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We lost staff. Nobody applies! Why?", ["We lost staff.", "Nobody applies!", "Why?"]),
        ("Costs rose by 2.5 per cent. Dr. Who left.", ["Costs rose by 2.5 per cent.", "Dr. Who left."]),
        ("Training, e.g. on the Act, is late", ["Training, e.g. on the Act, is late"]),
        ("Do they listen? No. We tried.", ["Do they listen?", "No.", "We tried."]),
        ("First line\nsecond line", ["First line", "second line"]),
        ("", []),
        (" ... ", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    """Full stops, other end marks and new lines end a sentence; abbreviations and decimals do not."""
    assert cut(text, list(sentences(text))) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "We lost four AMHPs to agency, and the adverts bring nobody.",
            ["We lost four AMHPs to agency,", "and the adverts bring nobody."],
        ),
        ("Beds are far away because wards close", ["Beds are far away", "because wards close"]),
        ("Costs of 1,200 pounds a week each", ["Costs of 1,200 pounds a week each"]),
        ("No beds, none", ["No beds, none"]),
        ("Pay. It is far too low", ["Pay.", "It is far too low"]),
        (
            "Beds (too few of them) and far away from home",
            ["Beds (too few of them)", "and far away from home"],
        ),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    """Punctuation and conjunctions end a clause; a piece of one or two words stays with its neighbour."""
    assert cut(text, list(clauses(text))) == parts


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "Children and parents need a safe place", ["Children and parents need a safe place"]),
        (
            "en",
            "I felt supported and was given lots of advice",
            ["I felt supported", "and was given lots of advice"],
        ),
        (
            "en",
            "The nurse came over and explained everything",
            ["The nurse came over", "and explained everything"],
        ),
        ("en", "Not sure if there is a way", ["Not sure if there is a way"]),
        ("en", "It took a while for the bus", ["It took a while for the bus"]),
        ("en", "Nobody told us even though it was here", ["Nobody told us", "even though it was here"]),
        ("en", "Bins are full and when they are not", ["Bins are full", "and when they are not"]),
        ("en", "Ask Mrs. Lee vs. Prof. Kay", ["Ask Mrs. Lee vs. Prof. Kay"]),
        ("de", "Mehr Busse und Bahnen am Abend", ["Mehr Busse und Bahnen am Abend"]),
        ("de", "Der Weg ist eng und das ist gefährlich", ["Der Weg ist eng", "und das ist gefährlich"]),
        ("de", "Ich fahre gern auch wenn es regnet", ["Ich fahre gern", "auch wenn es regnet"]),
        ("de", "Die (nicht vorhandene) Führung der Radwege", ["Die (nicht vorhandene) Führung der Radwege"]),
        ("de", "Die Kreuzung Ringstr. ist viel zu eng", ["Die Kreuzung Ringstr. ist viel zu eng"]),
        ("de", "Das bringt aber eine Menge Spaß", ["Das bringt aber eine Menge Spaß"]),
        ("fr", "Le pain et le vin sont bons", ["Le pain et le vin sont bons"]),
        ("fr", "Le bus est vieux et il ne vient pas", ["Le bus est vieux", "et il ne vient pas"]),
        ("cy", "Mae'r bws yn hwyr, ac mae'n ddrud iawn", ["Mae'r bws yn hwyr,", "ac mae'n ddrud iawn"]),
    ],
)
def test_joining_words_end_clauses_where_a_subject_or_verb_follows(
    language: str, text: str, parts: list[str]
) -> None:
    """What joins single words, and what is asked, stays whole; what precedes a conjunction goes with it."""
    assert cut(text, list(clauses(text, language))) == parts


@given(st.text(alphabet="ab cd.,;!?()\n-–and or", max_size=80))
def test_parts_hold_every_word_once(text: str) -> None:
    """Clauses lie in order, do not overlap, and leave out no letter."""
    for found in (sentences(text), clauses(text)):
        assert all(0 <= a < b <= len(text) for a, b in found)
        assert all(one.end <= other.start for one, other in pairwise(found))
        held = {i for start, end in found for i in range(start, end)}
        assert {i for i, letter in enumerate(text) if letter.isalnum()} <= held
