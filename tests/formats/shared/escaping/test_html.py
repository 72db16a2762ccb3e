"""Texts in HTML, read by lxml: one text in an element, one in an attribute, one in a style sheet."""

from __future__ import annotations

import re

import pytest
from attacks import ATTACKS
from lxml import html

from coder.formats.shared.escaping.html import in_css, in_html
from coder.formats.shared.escaping.plain_text import plain


@pytest.mark.parametrize("text", ATTACKS)
def test_it_stays_a_text(text: str) -> None:
    """No element and no attribute is made of it."""
    written = in_html(text)
    (element,) = html.fromstring(f'<div><p title="{written}">{written}</p></div>')
    assert list(element) == []
    assert (element.text, element.attrib) == (plain(text), {"title": plain(text)})


@pytest.mark.parametrize("text", ATTACKS)
def test_in_a_style_sheet_it_stays_a_string(text: str) -> None:
    """Letters, digits and spaces apart, each character is written by its number."""
    written = in_css(text)
    assert re.fullmatch(r'"(?:[^\W_]| |\\[0-9a-f]+ )*"', written)
    read = re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), written[1:-1])
    assert read == plain(text)
