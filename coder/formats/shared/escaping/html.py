"""Texts in HTML, and in the style sheets of it."""

from __future__ import annotations

from html import escape

from coder.formats.shared.escaping.plain_text import plain


def in_html(text: str) -> str:
    """Return a text as HTML shows it as it is, in an element or in an attribute's quotation marks."""
    return escape(plain(text))


def in_css(text: str) -> str:
    """Return a text as a string of CSS, its quotation marks included."""
    letters = (
        letter if letter.isalnum() or letter == " " else f"\\{ord(letter):x} " for letter in plain(text)
    )
    return f'"{"".join(letters)}"'
