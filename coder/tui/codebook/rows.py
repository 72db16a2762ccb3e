"""The list of themes on the codebook screen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from coder.tui.kit.cursor_lines import CursorLines
from coder.tui.kit.fitting import fit

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from coder.domain.codebook import Theme
    from coder.tui.codebook.tree import CodebookRow

MARK, NO_MARK = "✓ ", "  "
_INDENT = "  "
_COUNT_WIDTH = 8
_THEME = "Theme"
_WIDEST_UNIT = 12


class CodebookRows(CursorLines):
    """One line a theme: label, respondents, mentions, and a word where there is one to say."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: Sequence[CodebookRow] = ()
        self._unit = ""
        self._state = self._longest = 0
        self._labels: Counter[str] = Counter()
        self._marked: Set[str] = frozenset()

    def show(self, rows: Sequence[CodebookRow], unit: str, marked: Set[str], theme_id: str | None) -> None:
        """Show themes, the cursor on one of them if it is there, else where it was.

        Args:
            rows: The themes.
            unit: The word for respondents.
            marked: The ids of themes that are marked.
            theme_id: Where the cursor goes.
        """
        self._rows, self._unit, self._marked = rows, unit, marked
        self._labels = Counter(row.theme.label for row in rows)
        self._longest = max((cell_len(self._indented(row)) for row in rows), default=0)
        self._state = max((cell_len(row.state) for row in rows), default=0)
        indexes = [index for index, row in enumerate(rows) if row.theme.id == theme_id]
        self.cursor = indexes[0] if indexes else self.cursor
        self.set_line_count(len(rows))

    def heading(self) -> str:
        """Return the names of the columns."""
        label, respondents = self._widths()
        unit = fit(self._unit[:1].upper() + self._unit[1:], respondents).strip()
        names = f"{unit.rjust(respondents)} {'Mentions'.rjust(_COUNT_WIDTH)}"
        return f"    {fit(_THEME, label)} {names}"

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ ✓ Recruitment and retention    31    40  3 to recode`."""
        row = self._rows[line]
        label, respondents = self._widths()
        style = self.row_style(line)
        if row.theme.status == "retired" and line != self.cursor:
            style = self.style_of("lines--muted")
        mark = MARK if row.theme.id in self._marked else NO_MARK
        numbers = f" {row.respondents:>{respondents},} {row.mentions:>{_COUNT_WIDTH},}"
        name, state = fit(self._indented(row), label), fit(row.state, self._state)
        text = f"{self.pointer(line)}{mark}{name}{numbers}  {state}"
        return [Segment(text, style)]

    def _indented(self, row: CodebookRow) -> str:
        """Return a theme's label as its line has it, below its nets."""
        return _INDENT * row.depth + ("▾ " if row.is_net else "") + self._label(row.theme)

    def _label(self, theme: Theme) -> str:
        """Return a theme's label, with what it is for if another has the same."""
        several = self._labels[theme.label] > 1
        return f"{theme.label} ({', '.join(theme.questions) or theme.id})" if several else theme.label

    def _widths(self) -> tuple[int, int]:
        """Return the cells of the label and of the respondents."""
        respondents = min(max(cell_len(self._unit), _COUNT_WIDTH), _WIDEST_UNIT)
        numbers = respondents + _COUNT_WIDTH + self._state + 4
        room = max(self.text_width - len(MARK) - 2 - numbers, 1)
        return min(room, max(self._longest, len(_THEME))), respondents
