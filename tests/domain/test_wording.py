"""Pieces of sentences."""

from __future__ import annotations

from coder.domain.grammar import counted, listed


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
