"""Several lines to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from coder.tui.kit.typed import Typed

if TYPE_CHECKING:
    from textual import events


_TYPING = ("enter",)


class Area(TextArea):
    """Text over several lines; its window holds the keys that come before it can take them."""

    DEFAULT_CSS = """
    Area, Area:focus { border: none; padding: 0; background: $boost; scrollbar-size-vertical: 1; }
    """

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(text, id=id, soft_wrap=True, tab_behavior="focus", compact=True)

    async def _on_key(self, event: events.Key) -> None:
        """Leave the key to the window if it holds keys."""
        if isinstance(self.screen, Typed) and self.screen.hold(event, _TYPING):
            event.stop()
            event.prevent_default()
        else:
            await super()._on_key(event)
