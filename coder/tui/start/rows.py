"""The rows of the start screen: studies, and ways to begin one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from coder.domain.path_names import on_one_line
from coder.tui.kit.cursor_lines import CursorLines
from coder.tui.kit.fitting import fit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TITLE_SHARE = 2


@dataclass(frozen=True, slots=True)
class StartRow:
    """One thing to begin with."""

    key: str
    """The key that does it at once."""
    title: str
    about: str
    action: str = ""
    """The name of the action that it stands for; empty for a study."""
    folder: Path | None = None
    """The study's folder."""


class StartRows(CursorLines):
    """Shows `▶ 1  PCH 2023   132 of 413 answers done   pch-2023-sample/`."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[StartRow] = ()

    def show(self, rows: Sequence[StartRow]) -> None:
        """Show these rows; the cursor stays where it is."""
        self.rows = rows
        self.set_line_count(len(rows))

    def heading(self) -> str:
        """Return what the list holds."""
        studies = any(not row.action for row in self.rows)
        return "  Studies in this folder, and ways to begin one" if studies else "  Ways to begin"

    def draw_line(self, line: int) -> list[Segment]:
        """Draw one study or offer."""
        row = self.rows[line]
        style = self.row_style(line)
        longest = max(cell_len(_title(row)) for row in self.rows)
        width = min(longest, self.text_width // _TITLE_SHARE)
        head = f"{self.pointer(line)}{row.key}  {fit(_title(row), width)}  "
        room = max(0, self.text_width - cell_len(head))
        muted = style if line == self.cursor else self.style_of("lines--muted")
        return [Segment(head, style), Segment(fit(row.about, room), muted)]


def _title(row: StartRow) -> str:
    return f"{row.title} · {on_one_line(row.folder.name)}/" if row.folder else row.title
