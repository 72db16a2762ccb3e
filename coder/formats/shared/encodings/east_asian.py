"""How likely a Chinese, Japanese or Korean character is."""

from __future__ import annotations

from functools import cache
from importlib import resources

_COMMON, _KANA, _HANGUL, _SIGN, _RARE, _OUTSIDE = -4.0, -3.5, -5.5, -4.0, -13.0, -16.0


def east_asian_likelihood(character: str) -> float:
    """Return the logarithm of how likely a character is in a text of its language.

    It stands for two bytes, as a rule; those of a rare character are likelier something else.
    """
    if "\u3041" <= character <= "\u30fe":
        return _KANA
    if "\uac00" <= character <= "\ud7a3":
        return _HANGUL if character in _common() else _HANGUL - 2
    if (
        character
        in "\u3001\u3002\uff0c\uff01\uff1f\uff1a\uff1b\uff08\uff09\u300c\u300d\u3000\u300a\u300b\u3010\u3011"
    ):
        return _SIGN
    if "\u4e00" <= character <= "\u9fff":
        return _COMMON if character in _common() else _RARE + 4
    if "\uff10" <= character <= "\uff5a":
        return _SIGN - 2
    return _OUTSIDE


@cache
def _common() -> frozenset[str]:
    text = resources.files(__package__).joinpath("east_asian.txt").read_text(encoding="utf-8")
    return frozenset(
        letter for line in text.splitlines() if not line.startswith("#") for letter in line.strip()
    )
