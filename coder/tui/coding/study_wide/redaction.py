"""Deciding on what gives people away, from the coding screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.privacy.screen import RedactionScreen

if TYPE_CHECKING:
    from coder.tui.coding.contract import CodingView


def open_redaction(view: CodingView) -> None:
    """Show what gives people away in the answers; those that were changed are read anew afterwards."""
    desk = view.desk
    screen = RedactionScreen(desk.study, desk.person_id)

    def close(_: None) -> None:
        if screen.desk.has_taken_out:
            number = desk.here.number
            view.use_codebook()
            view.list_anew(number)
            view.show(number)

    view.ask(screen, close)
