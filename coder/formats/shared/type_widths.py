"""How wide texts are in print, measured in a typeface that is everywhere the same."""

from __future__ import annotations

import os
import sys
import warnings
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TYPEFACE = "DejaVu Sans"
"""Comes with matplotlib. It is wider than Arial and Computer Modern: what it has room for, they have."""


def load_matplotlib() -> None:
    """Import matplotlib, but not with the settings that somebody left in the current folder.

    It looks for `matplotlibrc` there before anywhere else, and nothing turns that off. To change folders
    meanwhile would lead other threads' relative paths astray.
    """
    if "matplotlib" in sys.modules:
        return
    exists = os.path.exists
    os.path.exists = lambda path: path != "matplotlibrc" and exists(path)
    try:
        import matplotlib  # noqa: F401  # for its settings, which are read now
    finally:
        os.path.exists = exists


@cache
def _measure(bold: bool) -> Callable[[str], float]:  # a key of the cache
    load_matplotlib()
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextToPath

    font = FontProperties(family=TYPEFACE, size=1, weight="bold" if bold else "normal")
    measure = TextToPath().get_text_width_height_descent
    return cache(lambda text: float(measure(text, font, ismath=False)[0]))


def width_in_type(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is, in points, in type of a size in points."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="(?s)Glyph .* missing from font")
        return size * _measure(bold)(text)
