"""Texts in Markdown, rendered by markdown-it: they are shown as they are, whatever signs are in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attacks import ATTACKS
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from coder.formats.shared.escaping.markdown import (
    from_markdown,
    in_markdown,
    markdown_line,
    markdown_paragraphs,
    markdown_row,
)
from coder.formats.shared.escaping.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLACES: dict[str, tuple[Callable[[str], str], str]] = {
    "heading": (lambda text: f"## {in_markdown(text)} end", "h2"),
    "cell": (lambda text: f"| h |\n|---|\n{markdown_row([f'.{in_markdown(text)}.'])}", "td"),
    "label": (lambda text: f"**{in_markdown(text) or '.'}**: b", "p"),
    "item": (lambda text: f"- {markdown_line(text) or '.'}", "li"),
    "paragraph": (lambda text: markdown_line(text) or ".", "p"),
    "quotation": (lambda text: f"> {markdown_line(text) or '.'}", "p"),
}
SIGNS = st.text("ab1.) \t\n*_-+=>|\\`#~[](){}<>&!$;:\"'^@", max_size=20)


def shown(place: str, text: str) -> tuple[str, int]:
    """Return what the element shows in which a text stands, and how many elements are in it."""
    write, tag = PLACES[place]
    page = html.fromstring(f"<div>{MARKDOWN.render(write(text))}</div>")
    (element,) = page.iter(tag)
    within = sum(child.tag not in {"strong", tag} for child in element.iter())
    return " ".join(element.text_content().split()), within


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_is_acted_upon(place: str, text: str) -> None:
    """Wherever it stands, a text is one text: no element is made of it."""
    words = " ".join(plain(text).split())
    around = {"heading": "{} end", "cell": ".{}.", "label": "{}: b"}.get(place, "{}")
    assert shown(place, text) == (around.format(words or "."), 0)


@given(SIGNS, st.sampled_from(sorted(PLACES)))
def test_any_signs_are_shown_as_they_are(text: str, place: str) -> None:
    """Whatever the signs are, and whatever stands at the beginning."""
    words = " ".join(text.split())
    around = {"heading": "{} end", "cell": ".{}.", "label": "{}: b"}.get(place, "{}")
    expected = around.format(words or ("" if place in {"heading", "cell"} else "."))
    assert shown(place, text) == (" ".join(expected.split()), 0)


@given(SIGNS)
def test_paragraphs_read_back(text: str) -> None:
    """What is written of any number of lines is read as the same text."""
    assert from_markdown(markdown_paragraphs(text)) == text
