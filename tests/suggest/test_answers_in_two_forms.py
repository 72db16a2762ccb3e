"""Suggestions are the same whichever form the accents of answers and codebook have."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

import pytest
from hashing import HashingEncoder
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codebook import Theme
from coder.domain.texts.unicode_forms import formed
from coder.suggest import Suggester
from coder.suggest.encoding.text_vectors import Vectors
from coder.suggest.lexical import LexicalRanker
from coder.suggest.word_stems import stems

Form = Literal["NFC", "NFD"]

ANSWER = "Les élèves ont été logés à côté d'une forêt : trop de fumée, le café était fermé."
WORDS = [
    "café",
    "été",
    "forêt brûlée",
    "naïve",
    "무",
    "한국",
    "plain",
    "staff costs",
    "Ångström",
    "z\u0303",
    ".",
]


def themes(form: Form) -> list[Theme]:
    """Return three themes written in a form."""
    return [
        Theme("t1", normalize(form, "Cafés et thé"), keywords=(normalize(form, "café"),)),
        Theme(
            "t2", normalize(form, "Forêt"), keywords=(normalize(form, "forêt"), normalize(form, "côté d'une"))
        ),
        Theme("t3", normalize(form, "Écoles"), definition=normalize(form, "élèves, lycées")),
    ]


@pytest.mark.parametrize("of_themes", ["NFC", "NFD"])
def test_keywords_in_either_form(of_themes: Form) -> None:
    """Keywords and words of a theme are met in either form, and where they stand in the answer as it is."""
    ranker = LexicalRanker(themes(of_themes))
    composed, apart = ANSWER, normalize("NFD", ANSWER)
    assert ranker.rank(apart) == ranker.rank(composed)
    assert ranker.keywords(apart, "t2") == ["côté d'une", "forêt"]
    for theme_id, spans in ranker.hits(composed).items():
        assert [normalize("NFC", apart[start:end]) for start, end in ranker.hits(apart)[theme_id]] == [
            composed[start:end] for start, end in spans
        ]
        assert ranker.evidence(apart, theme_id) == ranker.hits(apart)[theme_id]


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_stems_lead_back(text: str) -> None:
    """Both forms have the same stems, each where the text has its word."""
    apart = normalize("NFD", text)
    assert [stem for stem, _ in stems(apart)] == [stem for stem, _ in stems(text)]
    for (_, span), (_, of_apart) in zip(stems(formed(text).text), stems(apart), strict=True):
        composed = normalize("NFC", apart[of_apart.start : of_apart.end])
        assert composed.startswith(formed(text).text[span.start : span.end])


def test_a_suggester_ranks_both_forms_alike() -> None:
    """What was learned of an answer in one form holds for the other; reasons stand where they belong."""
    apart = normalize("NFD", ANSWER)
    suggester = Suggester(themes("NFC"), encoder=HashingEncoder())
    suggester.prepare(
        [ANSWER, "rien à dire", "les cafés ferment", "la forêt brûle", "l'école est loin", "bref"]
    )
    suggester.add([ANSWER, "la forêt brûle"], [["t1"], ["t2"]])
    assert (suggester.rank([apart]) == suggester.rank([ANSWER])).all()
    of_composed = suggester.carrying_spans(ANSWER, ["t1"])["t1"]
    of_apart = suggester.carrying_spans(apart, ["t1"])["t1"]
    assert [normalize("NFC", apart[start:end]) for start, end in of_apart] == [
        ANSWER[start:end] for start, end in of_composed
    ]


def test_one_vector_for_both_forms() -> None:
    """An answer in either form has the same vector, made once."""
    vectors = Vectors(HashingEncoder())
    vectors.embed([ANSWER, normalize("NFD", ANSWER)])
    assert vectors.count == 1
    assert vectors.has(normalize("NFD", ANSWER))
