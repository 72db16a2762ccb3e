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
    """How many of some events had happened by each number from 1 to the latest, as of answers read."""

    DEFAULT_CSS = "StepChart { height: 8; max-width: 120; padding: 0 1; color: $primary; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._events: Sequence[int] = ()
        self._total = 0
        self._unit = ""

    def show(self, events: Sequence[int], total: int, unit: str) -> None:
        """Show when events happened.

        Args:
            events: The number at which each happened, in order.
            total: The highest number there is.
            unit: What the numbers count, below the chart: `answers read`.
        """
        self._events, self._total, self._unit = events, total, unit
        self.refresh()

    def render(self) -> RenderResult:
        """Draw the curve, its height on the left and the numbers below it."""
        return Content("\n".join(chart_lines(self._events, self._total, self._unit, *self.content_size)))


def chart_lines(events: Sequence[int], total: int, unit: str, width: int, height: int) -> list[str]:
    """Return the lines of a chart: a column for every so many numbers, eight steps to a line.

    Args:
        events: The number at which each event happened, in order.
        total: The highest number there is.
        unit: What the numbers count.
        width: The chart's, in cells.
        height: The chart's, in lines.
    """
    margin = len(f"{len(events):,}") + 2
    cells, tall = max(width - margin, 1), max(height - 1, 1)
    steps = [bisect_right(events, -(-(cell + 1) * total // cells)) for cell in range(cells)]
    eighths = [round(8 * tall * step / max(len(events), 1)) for step in steps]
    lines = []
    for line in range(tall):
        floor = 8 * (tall - 1 - line)
        label = f"{len(events):,}" if line == 0 else "0" if line == tall - 1 else ""
        drawn = "".join(_EIGHTHS[max(0, min(top - floor, 8))] for top in eighths)
        lines.append(f"{label:>{margin - 2}} │{drawn}".rstrip())
    end = f"{total:,} {unit}"
    lines.append(f"{'':{margin}}1{end:>{max(cells - 1, 0)}}")
    return lines
