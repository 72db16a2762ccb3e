"""The line above the keys: what was done last, and what a screen has to say. It lies over nothing."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from coder.text.inert import inert
from coder.tui.kit.fitting import cut_in_middle, fit
from coder.tui.kit.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import RenderResult

MOST_LINES = 6
"""Lines that a long message may take; the parts above it make room."""
_MARGIN = 2
_WAY_BACK = " · u takes it back"
_WARNING = "! "
"""Stands before a warning, which is not told by colour alone."""


class MessageLine(Widget):
    """One message, which stands until another one comes, or until a key is pressed after its time.

    What a key has done (`say_step`) takes the place of what was said of keys before it, but not of a notice
    that nobody asked for and that has not stood for its time yet.
    """

    DEFAULT_CSS = f"""
    MessageLine {{ height: 1; max-height: {MOST_LINES}; padding: 0 1; color: $text; }}
    MessageLine.-warning {{ color: $text-warning; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._about = ""
        self._text = ""
        self._stands_until = 0.0
        self._is_notice = False
        self._lines = 1

    @property
    def text(self) -> str:
        """What the line says, its heading first; empty where it says nothing."""
        return " ".join(filter(None, (self._about, self._text)))

    def say(
        self, text: str, seconds: float, *, warning: bool = False, about: str = "", notice: bool = False
    ) -> None:
        """Say something in place of what was said before.

        Args:
            text: What is said; lines are joined.
            seconds: How long it stands at least, unless another message comes.
            warning: Whether something is not as it should be.
            about: The heading.
            notice: Whether nobody pressed a key for it.
        """
        self._about, self._text = _one_line(about), _one_line(text)
        self._stands_until = time.monotonic() + seconds
        self._is_notice = notice
        self.set_class(warning and bool(self.text), "-warning")
        self._fit()
        self.refresh()

    def say_step(self, label: str) -> None:
        """Say what a key has done, on one row, until something else is said; a notice is to be read first."""
        if not (self._is_notice and time.monotonic() < self._stands_until):
            room = self._room()
            text = f"{label}{_WAY_BACK}"
            self.say(text if cell_len(text) <= room else cut_in_middle(label, room), math.inf)

    def unsay(self) -> None:
        """Take away what is said."""
        if self.text:
            self.say("", 0)

    def fade(self) -> None:
        """Take away what has stood for its time: a key was pressed."""
        if time.monotonic() >= self._stands_until:
            self.unsay()

    def on_resize(self) -> None:
        """Fit the message to the new width."""
        self._fit()

    def render(self) -> RenderResult:
        """Draw `This study is read only. It is shown as it stood at 10:15 ...`."""
        text, width = self._marked(), self._room()
        lines = [text[line.start : line.end] for line in wrap(text, width)]
        if len(lines) > MOST_LINES:
            lines[MOST_LINES - 1 :] = [fit("".join(lines[MOST_LINES - 1 :]), width)]
        return Content("\n").join(_drawn(lines, bold=len(text) - len(self._text)))

    def _room(self) -> int:
        """Return the cells of a row, before the line is laid out as well."""
        return max(4, self.app.size.width - _MARGIN)

    def _marked(self) -> str:
        mark = _WARNING if self.has_class("-warning") else ""
        return f"{mark}{self._about}{' ' if self._about and self._text else ''}{self._text}"

    def _fit(self) -> None:
        """Take the lines that the message needs; only where that is another number, lay out anew."""
        text, width = self._marked(), self._room()
        count = 1 if cell_len(text) <= width else min(len(wrap(text, width)), MOST_LINES)
        if count != self._lines:
            self._lines = self.styles.height = count


def _one_line(text: str) -> str:
    return inert(" ".join(text.split()))


def _drawn(lines: list[str], bold: int) -> Iterator[Content]:
    """Yield lines of which so many characters at the beginning are bold."""
    for line in lines:
        yield Content.assemble((line[:bold], "bold"), line[bold:].rstrip())
        bold = max(0, bold - len(line))
