"""Pieces of sentences."""

from __future__ import annotations

from coder.domain.grammar import agreeing, counted, listed, listed_few


def test_names_are_listed() -> None:
    """Commas stand between names, and "and" before the last."""
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a and b", "a, b and c"
    ]  # fmt: skip


def test_things_are_counted() -> None:
    """One is singular, everything else plural, with commas in large numbers."""
    assert [counted(number, "answer") for number in (0, 1, 1000)] == [
        "0 answers",
        "1 answer",
        "1,000 answers",
    ]


def test_long_lists_are_cut() -> None:
    """Of many names the first are listed, and the others counted."""
    assert listed_few(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert listed_few(["a", "b"], 2) == "a, b"


def test_words_agree_with_numbers() -> None:
    """One is, none and two are."""
    assert [agreeing(number, "is", "are") for number in (0, 1, 2)] == ["are", "is", "are"]
