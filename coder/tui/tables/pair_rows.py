"""Pairs of themes that go together, with how often."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

from coder.tui.kit.cursor_lines import CursorLines
from coder.tui.kit.fitting import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.codebook import Codebook
    from coder.store.cooccurrence import Pair

_COUNT, _SHARE = 7, 13
_PARTNER = "with"


class PairRows(CursorLines):
    """One line a pair: the two labels, how many have both, and their share of those with either."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._pairs: Sequence[Pair] = ()
        self._codebook: Codebook | None = None
        self._longest = 0

    def show(self, pairs: Sequence[Pair], codebook: Codebook) -> None:
        """Show these pairs, the cursor on the first."""
        self._pairs, self._codebook, self.cursor = pairs, codebook, 0
        theme_ids = {theme_id for pair in pairs for theme_id in pair.theme_ids}
        self._longest = max((cell_len(codebook.label(theme_id)) for theme_id in theme_ids), default=0)
        self.scroll_to(y=0, animate=False)
        self.set_line_count(len(pairs))

    def heading(self) -> str:
        """Return the names of the columns."""
        label_width, partner_width = self._widths()
        numbers = f"{'both':>{_COUNT}}{'% of either':>{_SHARE}}"
        return f"  {fit('Theme', label_width)}   {fit(_PARTNER, partner_width)}{numbers}"

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ Recruitment + Budget    12    39%`."""
        pair = self._pairs[line]
        label = self._codebook.label if self._codebook else str
        labels = map(fit, map(label, pair.theme_ids), self._widths())
        text = f"{self.pointer(line)}{' + '.join(labels)}"
        share = f"{100 * pair.both / pair.either:.0f}%"
        return [Segment(f"{text}{pair.both:>{_COUNT},}{share:>{_SHARE}}", self.row_style(line))]

    def _widths(self) -> tuple[int, int]:
        room = max(self.text_width - 2 - 3 - _COUNT - _SHARE, 2)
        longest = max(self._longest, len(_PARTNER))
        return min(room - room // 2, longest), min(room // 2, longest)
