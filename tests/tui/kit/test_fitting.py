"""Texts and bars made to fit a number of cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from coder.text.inert import inert
from coder.tui.kit.fitting import bar, cut_in_middle, fact, fit, spread

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z", "Cc")))


@given(WORDS, st.integers(1, 60))
def test_a_text_is_exactly_as_wide_as_its_place(text: str, cells: int) -> None:
    """Whatever the text, it takes its cells and no line break, and a cut shows an ellipsis."""
    fitted = fit(text, cells)
    assert cell_len(fitted) == cells
    assert "\n" not in fitted
    if cell_len(inert(text.replace("\n", " "))) > cells:
        assert fitted.rstrip().endswith("…")


@given(WORDS, st.integers(1, 60))
def test_a_text_cut_in_its_middle_fits(text: str, cells: int) -> None:
    """Whatever the text, it is no wider than its place; one that fits is whole."""
    cut = cut_in_middle(text, cells)
    assert cell_len(cut) <= cells
    assert "\n" not in cut
    assert ("…" in cut) >= (cell_len(inert(text.replace("\n", " "))) > cells)


def test_a_text_keeps_its_beginning_and_its_end() -> None:
    """What a step did, and to which answer, is read of a long label too."""
    assert cut_in_middle("+ Housing and homelessness on C031.1", 24) == "+ Housing a…ss on C031.1"


def test_what_fits_is_whole() -> None:
    """A text that fits is only filled up; one cell less cuts it, with an ellipsis."""
    assert fit("Housing", 9) == "Housing  "
    assert fit("Housing", 6) == "Housi…"
    assert fit("Housing and homes", 9) == "Housing… "


def test_escape_characters_are_inert() -> None:
    """A control character is shown, not acted on."""
    assert fit("a\x1b[31mb", 8) == "a␛[31mb "


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 40))
def test_a_larger_share_has_no_shorter_bar(one: float, other: float, cells: int) -> None:
    """Bars grow with the share, stay within their cells, and only nothing has none."""
    small, large = sorted((one, other))
    assert len(bar(small, cells)) <= len(bar(large, cells)) <= cells
    assert bool(bar(large, cells)) == (large > 0)


def test_the_two_ends_of_a_line() -> None:
    """The left text gives way to the right one, which is whole."""
    assert spread("left", "right", 14) == " left   right "
    assert spread("much too long", "right", 14) == " much…  right "


def test_a_fact_keeps_its_value_whole() -> None:
    """What an attribute is called is cut where it is long, its value never; a short name is as it is."""
    assert fact("region", "London") == "region: London"
    assert fact("How satisfied are you with the service on the whole?", "Very") == (
        "How satisfied are you with the service…: Very"
    )
