"""Texts as a screen may show them: control and escape characters made visible, nothing acted upon."""

from __future__ import annotations

_PICTURES = {number: 0x2400 + number for number in range(0x20) if chr(number) != "\n"}
_PICTURES |= {0x7F: 0x2421, ord("\t"): ord(" ")}
# C1 controls, and the marks that reorder, join or hide text; each becomes one visible character.
_HIDDEN = (
    *range(0x80, 0xA0), 0x200B, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2060, 0x206A), 0xFEFF,
)  # fmt: skip
_PICTURES |= dict.fromkeys(_HIDDEN, 0x00B7)


def inert(text: str) -> str:
    """Replace each control character by a visible one; every other character keeps its place."""
    return text.translate(_PICTURES)
