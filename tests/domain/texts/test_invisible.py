"""Which texts show nothing, and what is left of a name or value once that is taken off."""

from __future__ import annotations

from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.domain.nonresponse import NonResponses
from coder.domain.texts.invisible import is_blank, tidied, tidy, without_blank_edges, without_blanks

INVISIBLE = [
    *" \t\n\x00\x7f\x85\xa0\xad\u034f\u061c\u115f\u1160\u180e\u2000\u200b\u200c\u200d\u200e\u200f",
    *"\u2028\u202e\u2060\u2066\u206f\u2800\u3000\u3164\ufe0f\ufeff\uffa0",
    *"\U000e0001\U000e0041\U000e0100",
]


@given(st.text(INVISIBLE, max_size=400))
def test_nothing_to_be_seen(text: str) -> None:
    """White space, zero-width characters, marks of direction, fillers: blank, no answer, no value."""
    assert is_blank(text)
    assert text in NonResponses([])
    assert tidy(text) == "" == without_blank_edges(text)


@given(st.text(INVISIBLE, max_size=5), st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1))
def test_what_can_be_seen_is_no_blank(edge: str, text: str) -> None:
    """One visible character is enough, whatever stands around it."""
    if not all(character in INVISIBLE for character in text):
        assert not is_blank(edge + text + edge)


@pytest.mark.parametrize("text", ["\u0600", "\u06dd", "무", "ـ", "\ufffc", "0", "❤\ufe0f"])
def test_characters_that_are_drawn(text: str) -> None:
    """Signs before numbers in Arabic are drawn, though of the category of formats; so are letters."""
    assert not is_blank(text)
    assert text not in NonResponses([])


def test_all_of_unicodes_formats_but_the_drawn_ones() -> None:
    """Each control, separator and format character is blank but for those that Unicode says are drawn."""
    drawn = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    hieroglyphs = range(0x13430, 0x13460)
    unseen = (n for n in range(0x110000) if category(chr(n)) in ("Cc", "Cf", "Zs", "Zl", "Zp"))
    assert [hex(n) for n in unseen if not is_blank(chr(n)) and n not in drawn and n not in hieroglyphs] == []


@given(st.text(st.sampled_from([*INVISIBLE, *"aéö\u0301\u0308ㄱ한"])))
def test_tidying_twice_is_tidying_once(cell: str) -> None:
    """A name or value as it is kept is kept so."""
    assert tidy(tidy(cell)) == tidy(cell) == tidy(normalize("NFD", cell))


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("\ufeffNorth\u200b", "North"), (" Cafe\u0301 ", "Café"), ("\u200e\u05d0\u05d1\u200f", "\u05d0\u05d1"),
     ("❤\ufe0f", "❤\ufe0f"), ("a\u200bb", "a\u200bb")],
)  # fmt: skip
def test_what_is_kept_of_a_value(cell: str, kept: str) -> None:
    """What is invisible goes from both ends, never from within, nor what makes an emoji."""
    assert tidy(cell) == kept


@pytest.mark.parametrize(
    "text", ["n/a\u200b", "\ufeffNone", "no\u00adthing", "NOTHING\u200b TO\u00a0ADD", "x" + "\u2060" * 500]
)
def test_listed_texts_with_marks_in_them(text: str) -> None:
    """A text that reads like one on the list is no answer, whatever invisible stands in it."""
    assert text in NonResponses()


def test_listed_texts_in_either_form() -> None:
    """A text on the list is met with its accents joined to their letters or behind them."""
    listed = NonResponses(["aucune réponse", normalize("NFD", "néant")])
    for text in ("Aucune Réponse", "NÉANT"):
        assert text in listed
        assert normalize("NFD", text) in listed


@given(st.lists(st.text(st.sampled_from("aé1 \t\n\N{ZERO WIDTH SPACE}\N{COMBINING ACUTE ACCENT}"))))
def test_a_column_is_treated_as_its_cells(cells: list[str]) -> None:
    """Tidying a column, and leaving out what is blank, is the same as doing it cell by cell."""
    assert tidied(cells) == [tidy(cell) for cell in cells]
    assert without_blanks(cells) == [cell for cell in cells if not is_blank(cell)]
