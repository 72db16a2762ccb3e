"""Texts for documents: nothing that they cannot hold, nothing that turns what stands behind it."""

from __future__ import annotations

import unicodedata

import pytest
from attacks import ATTACKS, CONTROLS
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from coder.formats.shared.escaping.plain_text import fit_for_xml, plain

_OPENING = {"LRE": "PDF", "RLE": "PDF", "LRO": "PDF", "RLO": "PDF", "LRI": "PDI", "RLI": "PDI", "FSI": "PDI"}


def left_open(line: str) -> list[str]:
    """Return what is open at the end of a line, by the classes that Unicode's data give (rules X1 to X8)."""
    open_signs: list[str] = []
    for letter in line:
        kind = unicodedata.bidirectional(letter)
        if kind in _OPENING:
            open_signs.append(_OPENING[kind])
        elif kind == "PDI" and "PDI" in open_signs:
            while open_signs.pop() != "PDI":
                pass
        elif kind == "PDF" and open_signs[-1:] == ["PDF"]:
            open_signs.pop()
    return open_signs


@pytest.mark.parametrize("text", ATTACKS)
def test_xml_holds_it(text: str) -> None:
    """Lxml takes it, and gives it back as it is."""
    element = etree.Element("a")
    element.text = plain(text)
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == plain(text)


def test_something_is_seen_of_each_control_character() -> None:
    """Each becomes a replacement character; tabs and ends of lines stay; what is read back loses them."""
    assert plain("a\r\nb\rc") == "a\nb\nc"
    assert plain(f"a{CONTROLS}\t\nb") == "a" + "\ufffd" * len(CONTROLS) + "\t\nb"
    assert fit_for_xml(f"a{CONTROLS}\t\r\nb") == "a\x7f\t\r\nb"


@given(st.text("ab \n\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
def test_no_line_turns_the_next_words(text: str) -> None:
    """What a line opens is closed in it; otherwise the text is as it was."""
    lines = plain(text).split("\n")
    assert [left_open(line) for line in lines] == [[]] * len(lines)
    for line, given_line in zip(lines, text.split("\n"), strict=True):
        assert line.startswith(given_line)
        assert set(line[len(given_line) :]) <= {"\u202c", "\u2069"}
    if not any(map(left_open, text.split("\n"))):
        assert plain(text) == text
