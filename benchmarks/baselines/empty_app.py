"""The smallest Textual app: what any screen must pay before it shows anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class EmptyApp(App[None]):
    """Show one word."""

    def compose(self) -> ComposeResult:
        """Put the word on the screen."""
        yield Static("ready")


if __name__ == "__main__":
    EmptyApp().run()
