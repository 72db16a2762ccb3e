"""The answer being coded: verbatim, wrapped, with evidence and chosen words marked in place."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from coder.domain.codings import Span
from coder.text.inert import inert
from coder.tui.coding.panes.earlier_lines import EarlierLine, earlier_lines
from coder.tui.coding.panes.pane_values import AnswerContent
from coder.tui.kit.fitting import cut_in_middle
from coder.tui.kit.line_view import LineView
from coder.tui.kit.wrapping import WrappedLine, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style
    from textual import events


WIDEST = 76
"""Columns that a text takes at most: longer lines are hard to read."""
_RULE_ENDS = 4
"""Cells of a rule beside its text."""
_MARK_STYLES = ("answer--evidence", "answer--words", "answer--own", "answer--selected")
"""In the order in which they are laid over each other."""


class _Mark(NamedTuple):
    """Characters of the answer in a style."""

    start: int
    end: int
    style: str


class AnswerView(LineView):
    """Shows one answer; the mouse or the arrow keys select words in it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answer--heading", "answer--text", "answer--evidence", "answer--words", "answer--own",
        "answer--selected", "answer--chosen", "answer--earlier",
    }  # fmt: skip
    DEFAULT_CSS = """
    AnswerView { overflow-x: hidden; scrollbar-gutter: stable; padding: 0 0 0 1; }
    AnswerView .answer--heading { color: $text-muted; }
    AnswerView .answer--evidence { background: $warning 30%; text-style: underline; }
    AnswerView .answer--words { color: $text-success; text-style: bold; }
    AnswerView .answer--own { color: $text-success; text-style: bold underline; }
    AnswerView .answer--selected { text-style: reverse; }
    AnswerView .answer--chosen { color: $text-success; }
    AnswerView .answer--earlier { color: $text-muted; }
    """

    class Selected(Message):
        """Words are being selected with the mouse."""

        def __init__(self, span: Span) -> None:
            super().__init__()
            self.span = span

    class EarlierClicked(Message):
        """One of the answers below the one on screen was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._content = AnswerContent("")
        self._shown = ""
        self._lines: list[WrappedLine] = []
        self._wrapped: tuple[str, int] | None = None
        """The text and the width that the lines were broken for."""
        self._marks: dict[int, list[_Mark]] = {}
        self._above: list[str] = []
        self._below: list[str] = []
        self._earlier: list[EarlierLine | None] = []
        """The lines below all that: of answers decided before, or blank ones (None)."""
        self._anchor: int | None = None

    def show(self, content: AnswerContent) -> None:
        """Show an answer; a new text starts at its top."""
        if content.text != self._content.text:
            self.scroll_to(y=0, animate=False)
        self._content = content
        self.update_lines()

    def reveal(self, spans: Sequence[Span]) -> None:
        """Bring the first of these words into view."""
        for span in spans[:1]:
            for index, line in enumerate(self._lines):
                if line.start <= span.start < max(line.end, line.start + 1):
                    self.bring_into_view(index + len(self._above))

    def scroll_half(self, direction: int) -> None:
        """Scroll down (1) or up (-1) by half of the pane."""
        self.scroll_relative(y=direction * max(1, self.size.height // 2), animate=False)

    def draw_line(self, line: int) -> list[Segment]:
        """Draw one line of the heading, the text or what was chosen."""
        if line < len(self._above):
            return [Segment(self._above[line], self.style_of("answer--heading"))]
        index = line - len(self._above)
        if index < len(self._lines):
            return self._draw_text(index)
        index -= len(self._lines)
        if index < len(self._below):
            return [Segment(self._below[index], self.style_of("answer--chosen"))]
        return self._draw_earlier(self._earlier[index - len(self._below)])

    def lay_out(self) -> list[object]:
        """Wrap all that is shown at the present width; return what each line shows."""
        width = min(self.text_width, WIDEST)
        if self._wrapped != (self._content.text, width):
            self._wrapped = self._content.text, width
            self._shown = inert(self._content.text)
            self._lines = wrap(self._shown, width)
        self._marks = _marks_by_line(self._lines, self._content)
        above = [piece for text in self._content.heading for piece in _pieces(text, width)]
        self._above = [*above, ""] if above else []
        self._below = [
            "",
            *(piece for text in self._content.chosen for piece in _pieces(text, width, "    ")),
        ]
        # An answer may have ten thousand lines: what they show is compared, not drawn.
        answer_lines = [
            (line, self._shown[line.start : line.end], self._marks.get(index))
            for index, line in enumerate(self._lines)
        ]
        used = len(self._above) + len(self._lines) + len(self._below)
        self._earlier = earlier_lines(
            self._content.earlier, width, used, self.scrollable_content_region.height
        )
        return [*self._above, *answer_lines, *self._below, *self._earlier]

    def _draw_earlier(self, earlier: EarlierLine | None) -> list[Segment]:
        """Draw a line of another answer, its words marked; or the rule above them all."""
        if earlier is None:
            return []
        if earlier.row.is_heading:
            width = min(self.text_width, WIDEST)
            title = earlier.row.text + earlier.row.more
            if cell_len(title) > width - _RULE_ENDS:
                title = cut_in_middle(earlier.row.text, width - _RULE_ENDS)
            rule = f"── {title} ".ljust(width, "─")
            return [Segment(rule, self.style_of("answer--earlier"))]
        plain = self.style_of("answer--earlier")
        marked = plain + self.style_of("answer--words")
        return [Segment(text, marked if is_word else plain) for text, is_word in earlier.pieces()]

    def _draw_text(self, index: int) -> list[Segment]:
        """Cut a line where its marks begin and end, each piece in its style."""
        line, marks = self._lines[index], self._marks.get(index, [])
        edges = {line.start, line.end}
        for mark in marks:
            edges |= {edge for edge in (mark.start, mark.end) if line.start < edge < line.end}
        return [
            Segment(self._shown[start:end], self._style_at(start, marks))
            for start, end in pairwise(sorted(edges))
        ]

    def _style_at(self, character: int, marks: Iterable[_Mark]) -> Style:
        """Return the style of a character, given the marks of its line."""
        style = self.style_of("answer--text")
        names = {mark.style for mark in marks if mark.start <= character < mark.end}
        for name in _MARK_STYLES:
            if name in names:
                style = style + self.style_of(name)
        return style

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select words."""
        self._anchor = self._character_at(event)
        if self._anchor is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select as far as the mouse has come."""
        character = self._character_at(event)
        if self._anchor is not None and character is not None and character != self._anchor:
            words = _whole_words(
                self._content.text, min(character, self._anchor), max(character, self._anchor) + 1
            )
            self.post_message(self.Selected(words))

    def on_click(self, event: events.Click) -> None:
        """Go to the answer under the mouse that stands below the one on screen."""
        offset = event.get_content_offset(self)
        index = offset.y + self.scroll_offset.y - (self.line_count - len(self._earlier)) if offset else -1
        earlier = self._earlier[index] if 0 <= index < len(self._earlier) else None
        if earlier is not None and earlier.row.number:
            self.post_message(self.EarlierClicked(earlier.row.number))

    def on_mouse_up(self) -> None:
        """Finish selecting."""
        if self._anchor is not None:
            self.release_mouse()
            self._anchor = None

    def _character_at(self, event: events.MouseEvent) -> int | None:
        """Return the index of the character under the mouse, or None outside of the text."""
        offset = event.get_content_offset(self)
        if offset is None:
            return None
        line = offset.y + self.scroll_offset.y - len(self._above)
        if not 0 <= line < len(self._lines):
            return None
        start, end = self._lines[line]
        cells = 0
        for at in range(start, end):
            cells += cell_len(self._shown[at])
            if cells > offset.x:
                return at
        return max(start, end - 1) if end > start else None


def _marks_by_line(lines: Sequence[WrappedLine], content: AnswerContent) -> dict[int, list[_Mark]]:
    """Return the marks that touch a line of the answer, for each line that any touch."""
    marks: dict[int, list[_Mark]] = defaultdict(list)
    selected = [content.selected] if content.selected else []
    spans_by_style = zip(_MARK_STYLES, (content.evidence, content.words, content.own, selected), strict=True)
    for style, spans in spans_by_style:
        for start, end in spans:
            index = max(0, bisect_right(lines, start, key=attrgetter("start")) - 1)
            while index < len(lines) and lines[index].start < end:
                marks[index].append(_Mark(start, end, style))
                index += 1
    return dict(marks)


def _pieces(text: str, width: int, indent: str = "") -> list[str]:
    visible = inert(text)
    lines = wrap(visible, max(4, width - len(indent)))
    return [(indent if index else "") + visible[line.start : line.end] for index, line in enumerate(lines)]


def _whole_words(text: str, start: int, end: int) -> Span:
    """Widen a stretch of text to the words it touches."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)
