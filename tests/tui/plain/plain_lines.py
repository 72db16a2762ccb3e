"""The plain mode with lines typed for it, and what it printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.plain.running import run_plain
from coder.tui.plain.typed_lines import PlainTerminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coder.workflows.study.study import Study


class TypedLines(PlainTerminal):
    """A terminal at which somebody has typed lines already."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.printed: list[str] = []

    def print_lines(self, lines: Iterable[str]) -> None:
        """Keep the lines."""
        self.printed += lines

    def read(self, prompt: str = "> ") -> str:
        """Return the next line; raise EOFError after the last."""
        del prompt
        line = next(self._lines, None)
        if line is None:
            raise EOFError
        return line


def typed(study: Study, *lines: str, coder_id: str = "jo") -> list[str]:
    """Type lines into the plain mode, without the engine's process; return what it printed."""
    terminal = TypedLines(lines)
    run_plain(study, coder_id, suggestions=False, terminal=terminal)
    return terminal.printed
