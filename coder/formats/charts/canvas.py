"""A sheet for charts: texts and boxes at places in points, measured before they are drawn."""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.type_widths import TYPEFACE, load_matplotlib, width_in_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

Alignment = Literal["left", "center", "right"]
PictureKind = Literal["svg", "png"]

_POINTS_PER_INCH = 72
_DOTS_PER_INCH = 150
LINE = 1.3
"""From one line of text to the next, in heights of the type."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set."""

    size: float
    """In points."""
    bold: bool = False
    colour: str = "#111111"


@dataclass
class Canvas:
    """A chart while it is drawn; x goes to the right, y down from the top, both in points."""

    width: float
    height: float = 0
    """Grows with what is drawn."""
    _texts: list[tuple[float, float, str, Type, Alignment]] = field(default_factory=list)
    _boxes: list[tuple[float, float, float, float, str, str]] = field(default_factory=list)

    def write(self, x: float, y: float, lines: list[str], kind: Type, align: Alignment = "left") -> float:
        """Write lines below y; return where the next would begin."""
        for line in lines:
            self._texts.append((x, y + kind.size, line, kind, align))
            y += kind.size * LINE
        self.height = max(self.height, y)
        return y

    def box(
        self, corner: tuple[float, float], size: tuple[float, float], fill: str, edge: str = "none"
    ) -> None:
        """Draw a box from its upper left corner."""
        self._boxes.append((*corner, *size, fill, edge))
        self.height = max(self.height, corner[1] + size[1])

    def figure(self) -> Figure:
        """Return the chart as matplotlib's figure."""
        load_matplotlib()
        from matplotlib.figure import Figure
        from matplotlib.patches import Rectangle

        figure = Figure(figsize=(self.width / _POINTS_PER_INCH, self.height / _POINTS_PER_INCH))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        for x, y, width, height, fill, edge in self._boxes:
            axes.add_patch(Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=0.8))
        for x, y, line, kind, align in self._texts:
            axes.text(
                x, y, line, family=TYPEFACE, size=kind.size, color=kind.colour, ha=align, va="baseline",
                weight="bold" if kind.bold else "normal", parse_math=False,
            )  # fmt: skip
        return figure

    def picture(self, kind: PictureKind, title: str, description: str) -> bytes:
        """Return the chart as a file; the same chart always gives the same bytes."""
        file = io.BytesIO()
        about: dict[str, Any] = {"Title": plain(title), "Description": plain(description)}
        # Neither the date nor the library's version belongs to the picture.
        about |= {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        with own_settings():
            self.figure().savefig(file, format=kind, dpi=_DOTS_PER_INCH, metadata=about)
        return file.getvalue()


@contextmanager
def own_settings() -> Iterator[None]:
    """Draw by settings that do not depend on the user's, widths exactly as `text_width` measures them."""
    load_matplotlib()
    import matplotlib

    with matplotlib.rc_context(), warnings.catch_warnings():
        # Letters that the font lacks: a viewer of the SVG finds them in another font.
        warnings.filterwarnings("ignore", message="(?s)Glyph .* missing from font")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"text.hinting": "none", "svg.fonttype": "none", "svg.hashsalt": "coder"})
        yield


def text_width(text: str, kind: Type) -> float:
    """Return how wide a line of text is, in points."""
    return width_in_type(text, kind.size, bold=kind.bold)


def wrapped(text: str, kind: Type, width: float) -> list[str]:
    """Break a text into lines of a width in points; a word that is wider is broken itself."""
    lines = [""]
    for part in (
        part for word in re.split(r"[ \t\n]+", plain(text).strip()) for part in _fitting(word, kind, width)
    ):
        longer = f"{lines[-1]} {part}".lstrip()
        if lines[-1] and text_width(longer, kind) > width:
            lines.append(part)
        else:
            lines[-1] = longer
    return lines


def _fitting(word: str, kind: Type, width: float) -> Iterator[str]:
    """Yield a word, or parts of it that fit into the width: one letter at least."""
    while len(word) > 1 and (whole := text_width(word, kind)) > width:
        size = max(1, int(len(word) * width / whole))
        while size > 1 and text_width(word[:size], kind) > width:
            size -= 1
        yield word[:size]
        word = word[size:]
    yield word
