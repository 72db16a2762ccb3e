"""Codebooks in Markdown, as people write them."""

from __future__ import annotations

import pytest

from coder.domain.codebook import Codebook, Theme
from coder.errors import CoderError
from coder.formats.codebooks.markdown import codebook_markdown, parse_markdown

BY_HAND = """\
# Staff survey

Asked in spring.

## People

### Pay

What staff earn,
also *pensions*.

**Include:** Agency rates.

**Examples:**

* Pay is too low.
* They left
  for the NHS.

**Keywords:** pay; wage

### Leadership

## Money
"""


def test_what_people_write_is_read() -> None:
    """A heading is a theme below the one above it of a higher level; ids are made of the labels."""
    pay = Theme(
        "pay",
        "Pay",
        "What staff earn,\nalso *pensions*.",
        "Agency rates.",
        examples=("Pay is too low.", "They left\nfor the NHS."),
        keywords=("pay", "wage"),
        parent="people",
    )
    themes = (
        Theme("people", "People", codable=False),
        pay,
        Theme("leadership", "Leadership", parent="people"),
        Theme("money", "Money"),
    )
    expected = Codebook(themes, "Staff survey", "Asked in spring.")
    assert parse_markdown(BY_HAND, "x.md") == expected
    assert parse_markdown(BY_HAND.replace("\n", "\r\n"), "x.md") == expected


def test_what_is_written_is_markdown() -> None:
    """Headings, bold labels and bullets; signs that Markdown would take for its own are escaped."""
    theme = Theme("pay", "Pay & #1", "1. *Not* a list", examples=("One.",), keywords=("a", "b"))
    assert codebook_markdown(Codebook((theme,), "T")).splitlines() == [
        "# T",
        "",
        "## Pay \\& \\#1",
        "",
        "1\\. \\*Not\\* a list",
        "",
        "**Examples:**",
        "- One.",
        "",
        "**Keywords:** a; b",
        "",
        "**Id:** pay",
    ]


def test_a_new_theme_stays_where_it_was_put() -> None:
    """In a codebook with an order of its own, a theme added by hand follows the one above it."""
    book = Codebook((Theme("n", "N", codable=False), Theme("z", "Z"), Theme("a", "A", parent="n")))
    text = codebook_markdown(book)
    assert "<!-- order: n z a -->" in text
    added = text.replace("## Z", "## Y\n\n## Z")
    assert [theme.id for theme in parse_markdown(added, "x.md")] == ["n", "z", "a", "y"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.md, line 1: There are no headings that name themes"),
        ("# T\n\nwords\n", "x.md, line 1: There are no headings"),
        ("# T\n\n## A\n\n# U\n", "x.md, line 5: 'U' is a second title"),
        ("## A\n\n## B\n\n**Status:** gone\n", "x.md, line 5: 'Status' cannot be 'gone'"),
        ("## A\n\n**Codable:** maybe\n", "x.md, line 3: 'Codable' cannot be 'maybe'"),
        ("## A\n\n## a\n", "x.md, line 3: The label 'a' is already on line 1"),
        ("## A\n\n**Id:** a b\n", "x.md, line 3: The id 'a b' has characters"),
        ("## A\n\n**Parent:** b\n", "x.md, line 3: The parent 'b' is no theme's id"),
        ("## A\n\n**Guid:** 7\n", "x.md, line 3: '7' is no guid"),
    ],
)
def test_a_fault_names_its_line(text: str, message: str) -> None:
    """What is wrong is told by line."""
    with pytest.raises(CoderError) as caught:
        parse_markdown(text, "x.md")
    assert message in str(caught.value)
