"""The list of responses: virtual, so that 100,000 open and scroll like 100."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from coder.errors import CoderError
from coder.store.codings import ListRow
from coder.tui.coding.listed.row_names import STATE_MARKS, short_name, short_theme_names, themes_in_brief
from coder.tui.kit.fitting import fit
from coder.tui.kit.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual import events

    from coder.domain.codebook import Codebook
    from coder.tui.coding.listed.listing import Listing

_PAGE = 64
_PAGES_KEPT = 64
_ROOMY = 60
"""Cells of a row from which the themes on it take more of it."""


class ResponseList(LineView):
    """Response numbers with a cursor; rows are fetched as they come into view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--row", "list--done", "list--cursor", "list--mark", "list--themes",
    }  # fmt: skip
    DEFAULT_CSS = """
    ResponseList { overflow-x: hidden; scrollbar-size-vertical: 1; }
    ResponseList .list--done { color: $text-muted; }
    ResponseList .list--cursor { background: $primary 40%; text-style: bold; }
    ResponseList .list--themes { color: $text-success; }
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
        self._codebook: Codebook | None = None
        self._theme_names: Mapping[str, str] = {}
        """The short names of that codebook's themes."""

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
        numbers = list(numbers)
        if len(numbers) > _PAGE:
            self.forget_all()
            return
        for number in numbers:
            self._rows.pop(number, None)
        for row in {self._listing.row_of(number) for number in numbers}:
            if row is not None:
                self.refresh_line(row)

    def forget_all(self) -> None:
        """Fetch everything anew."""
        self._rows.clear()
        self.refresh()

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ ● C017.1 We lost four of our …  Recruitment  ×4`; `×4`: so many say the same."""
        row = self._row(line)
        at_cursor = line == self._drawn_cursor
        style = self.style_of("list--cursor" if at_cursor else "list--done" if row.done else "list--row")
        mark = style + self.style_of("list--mark") if not at_cursor else style
        extras = ("↻" if row.recode else "") + ("⚑" if row.flag else "") + ("✎" if row.memo else "")
        extras = f"{extras} " if extras else ""
        tick = "x" if row.number in self._listing.ticks else " "
        start = f"{'▶' if at_cursor else ' '}{tick}{STATE_MARKS[row.state]} "
        count = self._listing.equal.count(row.number)
        themes = self._themes(row) + (f"  ×{count:,}" if count > 1 else "")
        room = self.text_width - cell_len(start) - cell_len(extras) - cell_len(themes)
        return [
            Segment(start, style),
            Segment(extras, mark),
            Segment(fit(f"{short_name(row)} {row.start}", max(0, room)), style),
            Segment(themes, style if at_cursor else style + self.style_of("list--themes")),
        ]

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None:
            line = offset.y + self.scroll_offset.y
            if line < len(self._listing.numbers):
                self.post_message(self.Chosen(self._listing.numbers[line]))

    def _themes(self, row: ListRow) -> str:
        """Return the themes on a response as its row ends in them, in a third of it at most."""
        if not row.theme_ids:
            return ""
        codebook = self._listing.study.codebook
        if codebook is not self._codebook:
            self._codebook, self._theme_names = codebook, short_theme_names(codebook.themes)
        names = [self._theme_names.get(theme_id, theme_id) for theme_id in row.theme_ids]
        return f"  {themes_in_brief(names, self.text_width * 2 // (5 if self.text_width >= _ROOMY else 6))}"

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
            return {number: ListRow(number, "", "", "", error.message) for number in wanted}

    def on_resize(self) -> None:
        """Keep the cursor in view at the new size."""
        self.bring_into_view(self._drawn_cursor)
