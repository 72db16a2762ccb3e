"""Several lines to type in."""

from __future__ import annotations

from textual.widgets import TextArea


class Area(TextArea):
    """Text over several lines; Tab leaves it."""

    DEFAULT_CSS = """
    Area, Area:focus { border: none; padding: 0; background: $boost; scrollbar-size-vertical: 1; }
    """

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(text, id=id, soft_wrap=True, tab_behavior="focus", compact=True)
