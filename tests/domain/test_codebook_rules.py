"""The rules of a codebook, on themes that were read from no file."""

from __future__ import annotations

import time

import pytest

from coder.domain.codebook import Theme
from coder.domain.codebook_rules import broken_rules

GUID = "12345678-1234-1234-1234-123456789abc"


@pytest.mark.parametrize(
    ("themes", "position", "field", "message"),
    [
        ((Theme("", "A"),), 0, "id", "has no id"),
        ((Theme("a b", "A"),), 0, "id", "other than letters"),
        ((Theme("a", "A"), Theme("A", "B")), 1, "id", "already on theme 1 as 'a'"),
        ((Theme("a", " "),), 0, "label", "'a' has no label"),
        ((Theme("a", "Pay"), Theme("b", "pay ", questions=("Q1",))), 1, "label", "on theme 1 (a)"),
        ((Theme("a", "A", parent="b"),), 0, "parent", "'b' is no theme's id"),
        ((Theme("a", "A", parent="b"), Theme("b", "B", status="retired")), 0, "parent", "is retired"),
        ((Theme("a", "A", parent="b"), Theme("b", "B", parent="a")), 0, "parent", "circle: a > b > a"),
        ((Theme("a", "A", guid=GUID.upper()),), 0, "guid", "is no guid"),
        ((Theme("a", "A", guid=GUID), Theme("b", "B", guid=GUID)), 1, "guid", "already on theme 1 ('a')"),
    ],
    ids=lambda case: case if isinstance(case, str) else None,
)
def test_a_broken_rule_names_theme_and_field(
    themes: tuple[Theme, ...], position: int, field: str, message: str
) -> None:
    """Each rule says which theme and which field break it, and what to do."""
    (broken,) = broken_rules(themes)
    assert (broken.position, broken.field) == (position, field)
    assert message in broken.message
    assert broken.hint


def test_labels_may_repeat_where_they_cannot_be_confused() -> None:
    """Two themes may have one label if they are for different questions, or one of them is retired."""
    for_others = (Theme("a", "Pay", questions=("Q1",)), Theme("b", "Pay", questions=("Q2",)))
    retired = (Theme("a", "Pay", status="retired"), Theme("b", "Pay"))
    assert broken_rules(for_others) == broken_rules(retired) == []


def test_the_place_of_another_theme_is_named_as_the_file_counts() -> None:
    """A message about two themes says where the other one stands, in words of whoever read them."""
    (broken,) = broken_rules((Theme("a", "A"), Theme("a", "B")), lambda position: f"row {position + 2}")
    assert "already on row 2" in broken.message


def test_each_circle_is_named_once_and_what_hangs_on_it_is_not() -> None:
    """A theme whose parents lead into a circle is not in it."""
    chain = (Theme("x", "X", parent="b"), Theme("a", "A", parent="b"), Theme("b", "B", parent="a"))
    own = Theme("s", "S", parent="s")
    assert [(rule.position, rule.message) for rule in broken_rules((*chain, own))] == [
        (1, "The parents go round in a circle: a > b > a."),
        (3, "The parents go round in a circle: s > s."),
    ]


def test_thousands_of_parents_in_a_row_are_followed_once() -> None:
    """A chain of parents, or a circle, of thousands of themes takes a moment."""
    count = 5_000
    started = time.monotonic()
    chain = [Theme(f"t{n}", f"T{n}", parent=f"t{n + 1}") for n in range(count)]
    (broken,) = broken_rules([*chain, Theme(f"t{count}", "End", parent="t0")])
    assert broken.position == 0
    (broken,) = broken_rules([*chain, Theme(f"t{count}", "End")])
    assert broken.message == "'t0' has more than 250 nets above it."
    assert broken_rules([*chain[-250:], Theme(f"t{count}", "End")]) == []
    assert time.monotonic() - started < 3
