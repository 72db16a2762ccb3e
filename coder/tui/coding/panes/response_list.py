"""The list of responses: virtual, so that 100,000 open and scroll like 100."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.message import Message

from coder.errors import CoderError
from coder.store.codings import ListRow
from coder.text.inert import inert
from coder.tui.kit.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events

    from coder.tui.coding.listed.listing import Listing

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

    def __init__(self, listing: Listing, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._listing = listing
        self._rows: dict[int, ListRow] = {}
        self._drawn_cursor = 0

    def show_numbers(self) -> None:
        """Draw the responses that are listed now, with what has become of them."""
        self._rows.clear()
        self._drawn_cursor = self._listing.cursor
        self.set_line_count(len(self._listing.numbers))
        self.bring_into_view(self._drawn_cursor)
        self.refresh()

    def show_cursor(self) -> None:
        """Draw the cursor where it is now."""
        drawn_before, self._drawn_cursor = self._drawn_cursor, self._listing.cursor
        for line in {drawn_before, self._drawn_cursor}:
            self.refresh_line(line)
        self.bring_into_view(self._drawn_cursor)

    def forget(self, numbers: Iterable[int]) -> None:
        """Fetch these responses anew: something changed about them."""
        for number in numbers:
            self._rows.pop(number, None)
            row = self._listing.row_of(number)
            if row is not None:
                self.refresh_line(row)

    def forget_all(self) -> None:
        """Fetch everything anew."""
        self._rows.clear()
        self.refresh()

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ ● C017.1 We lost four ...`."""
        row = self._row(line)
        at_cursor = line == self._drawn_cursor
        style = self.style_of("list--cursor" if at_cursor else "list--done" if row.done else "list--row")
        mark = style + self.style_of("list--mark") if not at_cursor else style
        extras = ("↻" if row.recode else "") + ("⚑" if row.flag else "") + ("✎" if row.memo else "")
        name = _short(row)
        text = inert(row.start.replace("\n", " "))
        return [
            Segment("▶ " if at_cursor else "  ", style),
            Segment(f"{STATE_MARKS[row.state]} ", style),
            Segment(f"{extras} " if extras else "", mark),
            Segment(f"{name} {text[: self.text_width]}", style),
            Segment(" " * self.text_width if at_cursor else "", style),
        ]

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None:
            line = offset.y + self.scroll_offset.y
            if line < len(self._listing.numbers):
                self.post_message(self.Chosen(self._listing.numbers[line]))

    def _row(self, line: int) -> ListRow:
        number = self._listing.numbers[line]
        row = self._rows.get(number)
        if row is None:
            if len(self._rows) > _PAGE * _PAGES_KEPT:
                self._rows.clear()
            page_start = line - line % _PAGE
            missing = [
                n for n in self._listing.numbers[page_start : page_start + _PAGE] if n not in self._rows
            ]
            self._rows.update(self._fetch(missing))
            row = self._rows[number]
        return row

    def _fetch(self, wanted: Sequence[int]) -> dict[int, ListRow]:
        try:
            return self._listing.rows(wanted)
        except CoderError as error:
            if len(wanted) > 1:  # it may be one of them
                return {n: row for number in wanted for n, row in self._fetch([number]).items()}
            # Drawing must not end the program: the list says what is wrong in place of the answer.
            fault = ListRow(
                0, "", "", "", error.message, 0, done=False, flag=False, memo=False, answered=False
            )
            return {number: fault._replace(number=number) for number in wanted}

    def on_resize(self) -> None:
        """Keep the cursor in view at the new size."""
        self.bring_into_view(self._drawn_cursor)


def _short(row: ListRow) -> str:
    """Return a response's id without the question that the whole list shares, at most ten characters."""
    name = inert(row.id.replace(f".{row.question_id}.", ".", 1))
    return name if len(name) <= _NAME else f"…{name[1 - _NAME :]}"
