"""The themes of a question by the answers they came up with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment

from coder.tui.kit.cursor_lines import CursorLines
from coder.tui.kit.fitting import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANSWER_WIDTH = 8
_THEME = "first used theme"


class ArrivalRow(NamedTuple):
    """A theme that came up."""

    theme_id: str
    label: str
    answer: int
    """The answer it came with, of those read, from 1."""
    response_id: str


class ArrivalRows(CursorLines):
    """One line a theme: the answer it came with, and its label."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: Sequence[ArrivalRow] = ()

    def show(self, rows: Sequence[ArrivalRow]) -> None:
        """Show these themes, the cursor on the first."""
        self._rows, self.cursor = rows, 0
        self.set_line_count(len(rows))

    def current(self) -> ArrivalRow | None:
        """Return the row at the cursor."""
        return self._rows[self.cursor] if self._rows else None

    def heading(self) -> str:
        """Return the names of the columns."""
        label, response = self._widths()
        return f"  {'answer'.rjust(_ANSWER_WIDTH)}  {fit(_THEME, label)}  {fit('on', response)}"

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶       97  Transport   C071.Q16.2`."""
        row = self._rows[line]
        label, response = self._widths()
        text = f"{row.answer:>{_ANSWER_WIDTH},}  {fit(row.label, label)}  {fit(row.response_id, response)}"
        return [Segment(self.pointer(line) + text, self.row_style(line))]

    def _widths(self) -> tuple[int, int]:
        response = max((len(row.response_id) for row in self._rows), default=0)
        longest = max((cell_len(row.label) for row in self._rows), default=0)
        room = max(self.text_width - _ANSWER_WIDTH - response - 6, 1)
        return min(room, max(longest, len(_THEME))), response
