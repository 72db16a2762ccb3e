"""How good suggestions have been, in a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from coder.text.inert import inert

if TYPE_CHECKING:
    from coder.tui.coding.screen import CodingScreen


def report(screen: CodingScreen) -> None:
    """Show what became of the suggestions, and what is left to do."""
    from coder.tui.kit.show import Show
    from coder.workflows.suggesting.suggestion_report import suggestion_report
    from coder.workflows.suggesting.suggestion_report_text import report_lines

    found = suggestion_report(screen.study, screen.session.coder_id)
    lines = report_lines(found, screen.study.codebook, Show.room(screen.size.width))
    screen.app.push_screen(Show("Suggestions so far", Content("\n".join(map(inert, lines)))))
