"""A count that only grows, drawn with characters."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import RenderResult

_EIGHTHS = " ▁▂▃▄▅▆▇█"


class StepChart(Widget):
    """How many of some events had happened by each place from 1 to the last."""

    DEFAULT_CSS = "StepChart { height: 8; padding: 0 1; color: $primary; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._places: Sequence[int] = ()
        self._last = 0
        self._words = ""

    def show(self, places: Sequence[int], last: int, words: str) -> None:
        """Show when the events happened.

        Args:
            places: Their places, in order.
            last: The last place there is.
            words: What the places are, below the chart: `answers read`.
        """
        self._places, self._last, self._words = places, last, words
        self.refresh()

    def render(self) -> RenderResult:
        """Draw the curve, its height on the left and the places below it."""
        return Content("\n".join(chart_lines(self._places, self._last, self._words, *self.content_size)))


def chart_lines(places: Sequence[int], last: int, words: str, width: int, height: int) -> list[str]:
    """Return the lines of a chart: a column for every so many places, eight steps to a line."""
    margin = len(f"{len(places):,}") + 2
    cells, tall = max(width - margin, 1), max(height - 1, 1)
    steps = [bisect_right(places, -(-(cell + 1) * last // cells)) for cell in range(cells)]
    eighths = [round(8 * tall * step / max(len(places), 1)) for step in steps]
    lines = []
    for line in range(tall):
        floor = 8 * (tall - 1 - line)
        label = f"{len(places):,}" if line == 0 else "0" if line == tall - 1 else ""
        drawn = "".join(_EIGHTHS[max(0, min(each - floor, 8))] for each in eighths)
        lines.append(f"{label:>{margin - 2}} │{drawn}".rstrip())
    end = f"{last:,} {words}"
    lines.append(f"{'':{margin}}1{end:>{max(cells - 1, 0)}}")
    return lines
