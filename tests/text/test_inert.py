"""Whatever a text holds, what the screen gets of it does nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.text.inert import inert

HARMFUL = "".join(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x200E, 0x200F, 0x202E, 0x2066, 0xFEFF])
)


@given(text=st.text() | st.text(alphabet=HARMFUL + "ab\n"))
def test_nothing_acts_and_everything_keeps_its_place(text: str) -> None:
    """No control character is left but line ends; each other character stands where it stood."""
    shown = inert(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(c) == "Cc" for c in shown if c != "\n")
    assert not set(shown) & (set(HARMFUL) - {"\n"})
    assert all(a == b for a, b in zip(text, shown, strict=True) if a not in HARMFUL and b != "·")
    assert inert(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b]0;x\x07", "␛[2J␛]0;x␇"),
        ("a\tb\r\nc", "a b␍\nc"),
        ("\x7f\x9b31m", "␡·31m"),
        ("\u202eevil", "·evil"),
        ("naïve 住房 🏠", "naïve 住房 🏠"),
    ],
)
def test_controls_become_visible(text: str, shown: str) -> None:
    """Escapes, bells and marks that turn text round are shown as signs."""
    assert inert(text) == shown
