"""The list of responses: virtual, so that 100,000 open and scroll like 100."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message

from coder.errors import CoderError
from coder.store.codings import ListRow
from coder.text.inert import inert
from coder.tui.kit.line_view import LineView

if TYPE_CHECKING:
    from textual import events

RowSource = Callable[[Sequence[int]], dict[int, ListRow]]

STATE_MARKS = {"open": "○", "coded": "◐", "done": "●", "nothing": "∅"}
"""How far a response has come, by shape and not by colour."""

_PAGE = 64
_PAGES_KEPT = 64
_NAME = 10


class ResponseList(LineView):
    """Response numbers with a cursor; rows are fetched as they come into view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--row", "list--done", "list--cursor", "list--mark"}
    DEFAULT_CSS = """
    ResponseList { overflow-x: hidden; scrollbar-size-vertical: 1; }
    ResponseList .list--done { color: $text-muted; }
    ResponseList .list--cursor { background: $primary 40%; text-style: bold; }
    ResponseList .list--mark { color: $accent; }
    """

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, source: RowSource, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._source = source
        self._rows: dict[int, ListRow] = {}
        self.numbers: Sequence[int] = array("l")
        self._places: Mapping[int, int] | None = None
        self.cursor = 0

    @property
    def current(self) -> int | None:
        """The number of the response at the cursor."""
        return self.numbers[self.cursor] if self.numbers else None

    def set_numbers(
        self, numbers: Sequence[int], places: Mapping[int, int] | None, current: int | None
    ) -> None:
        """List these responses; the cursor goes to `current`, else to the next one after it or the first.

        Args:
            numbers: The responses.
            places: Number to place; None where the numbers ascend.
            current: The one at the cursor.
        """
        self.numbers, self._places = numbers, places
        start = bisect_left(numbers, current or 0) if places is None else places.get(current or 0, 0)
        self.cursor = max(0, min(start, len(numbers) - 1))
        self.set_line_count(len(numbers))
        self.bring_into_view(self.cursor)

    def index_of(self, number: int) -> int | None:
        """Return the place of a response in the list, or None if it is not listed."""
        if self._places is not None:
            return self._places.get(number)
        place = bisect_left(self.numbers, number)
        return place if place < len(self.numbers) and self.numbers[place] == number else None

    def move_to(self, place: int) -> None:
        """Put the cursor on a row, by its place in the list."""
        before, self.cursor = self.cursor, max(0, min(place, len(self.numbers) - 1))
        for line in {before, self.cursor}:
            self.refresh_line(line)
        self.bring_into_view(self.cursor)

    def forget(self, numbers: Iterable[int]) -> None:
        """Fetch these responses anew: something changed about them."""
        for number in numbers:
            self._rows.pop(number, None)
            place = self.index_of(number)
            if place is not None:
                self.refresh_line(place)

    def forget_all(self) -> None:
        """Fetch everything anew."""
        self._rows.clear()
        self.refresh()

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ ● C017.1 We lost four ...`."""
        row = self._row(line)
        here = line == self.cursor
        style = self.style_of("list--cursor" if here else "list--done" if row.done else "list--row")
        mark = style + self.style_of("list--mark") if not here else style
        extras = ("↻" if row.recode else "") + ("⚑" if row.flag else "") + ("✎" if row.memo else "")
        name = _short(row)
        text = inert(row.start.replace("\n", " "))
        return [
            Segment("▶ " if here else "  ", style),
            Segment(f"{STATE_MARKS[row.state]} ", style),
            Segment(f"{extras} " if extras else "", mark),
            Segment(f"{name} {text[: self.text_width]}", style),
            Segment(" " * self.text_width if here else "", style),
        ]

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None:
            line = offset.y + self.scroll_offset.y
            if line < len(self.numbers):
                self.post_message(self.Chosen(self.numbers[line]))

    def _row(self, line: int) -> ListRow:
        number = self.numbers[line]
        row = self._rows.get(number)
        if row is None:
            if len(self._rows) > _PAGE * _PAGES_KEPT:
                self._rows.clear()
            first = line - line % _PAGE
            wanted = [n for n in self.numbers[first : first + _PAGE] if n not in self._rows]
            self._rows.update(self._fetch(wanted))
            row = self._rows[number]
        return row

    def _fetch(self, wanted: Sequence[int]) -> dict[int, ListRow]:
        try:
            return self._source(wanted)
        except CoderError as error:
            # Drawing must not end the program: the list says what is wrong in place of the answers.
            fault = ListRow(
                0, "", "", "", error.message, 0, done=False, flag=False, memo=False, answered=False
            )
            return {number: fault._replace(number=number) for number in wanted}

    def on_resize(self) -> None:
        """Keep the cursor in view at the new size."""
        self.bring_into_view(self.cursor)


def _short(row: ListRow) -> str:
    """Return a response's id without the question that the whole list shares, at most ten characters."""
    name = inert(row.id.replace(f".{row.question_id}.", ".", 1))
    return name if len(name) <= _NAME else f"…{name[1 - _NAME :]}"
