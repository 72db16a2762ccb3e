"""The words that negate what a clause says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.codings import Span
from coder.text.negation import negations

NEGATED = {
    "management never listens": ["never"],
    "NO SUPPORT AT ALL": ["NO"],
    "there is not enough staff": ["not enough"],
    "they don't answer": ["don't"],
    "they don’t answer": ["don’t"],
    "They dont care": ["dont"],
    "managment nevr listens": ["nevr"],
    "there is no  longer a bus": ["no longer"],
    "hardly anyone comes": ["hardly"],
    "we work without training": ["without"],
    "it is not without its problems": ["not", "without"],
    "nobody never helps": ["nobody", "never"],
    "neither pay nor hours": ["neither", "nor"],
    "CANNOT PARK": ["CANNOT"],
}
NOT_NEGATED = (
    "management always listens", "not only the pay but the hours", "No, they listen well", "why not ask us",
    "no doubt they care", "no. 5 is late", "I can't wait to go back", "couldn't agree more", "n/a", "",
    "a notable success", "knots in the wood", "whether or not they come", "the Norwich office",
)  # fmt: skip


def all_of(text: str) -> list[str]:
    """Return what negates a text as a whole."""
    return negations(text, [Span(0, len(text))])


@pytest.mark.parametrize("text", NEGATED)
def test_what_negates_is_quoted_as_it_is_written(text: str) -> None:
    """In capitals, misspelt, in two words, twice: it is quoted, not weighed."""
    assert all_of(text) == NEGATED[text]


@pytest.mark.parametrize("text", NOT_NEGATED)
def test_what_only_looks_like_it_is_passed_over(text: str) -> None:
    """Answers to a question, turns of phrase, numbers, and parts of words."""
    assert all_of(text) == []


def test_few_words_count_with_their_clause_and_not_with_the_next() -> None:
    """Where a person has marked one word, its clause is looked at."""
    text = "The food is fine but management never listens to us."
    at = {word: Span(text.index(word), text.index(word) + len(word)) for word in ("listens", "fine")}
    assert negations(text, [at["listens"]]) == ["never"]
    assert negations(text, [at["fine"]]) == []


@given(st.text(), st.integers(0, 50), st.integers(1, 50))
def test_whatever_the_text_there_are_two_at_most(text: str, start: int, length: int) -> None:
    """And each stands in the text."""
    found = negations(text, [Span(start, start + length)])
    assert len(found) <= 2
    assert all(cue.split()[0] in text for cue in found)


def test_a_long_part_is_not_looked_at() -> None:
    """One word says nothing of a whole page."""
    assert all_of("There was no bed. " * 100) == []
