"""Texts for documents: nothing that they cannot hold, nothing that turns what stands behind it."""

from __future__ import annotations

import unicodedata

import pytest
from attacks import ATTACKS, CONTROLS
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from coder.formats.shared.escaping.plain_text import fit_for_xml, plain

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Classes of Unicode Standard Annex 9."""


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
def test_nothing_turns_what_stands_behind(text: str) -> None:
    """All that Unicode's data call an embedding, an override or an isolate is gone, and nothing else."""
    kept = [letter for letter in text if unicodedata.bidirectional(letter) not in TURNING]
    assert plain(text) == "".join(kept)


def test_letters_keep_their_direction() -> None:
    """Hebrew and Arabic are written as they are, with the marks between their words."""
    for text in ("\u05e9\u05db\u05e8 40%", "\u0627\u0644\u0623\u062c\u0631\u200f (3)", "a\u200eb"):
        assert plain(text) == text
