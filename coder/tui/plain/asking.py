"""Windows line by line: what a screen asks in a window is asked at the prompt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, assert_never

from coder.tui.kit.windows.window_values import Ask, Hold, Pick, Show, without_styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coder.tui.kit.windows.window_values import Option, Window
    from coder.tui.plain.typed_lines import PlainTerminal

OFFERED = 9
"""Options printed at a time."""
EXPLAINED = 2
"""Options of which all that is said of each is printed."""
_LOOK_AGAIN = 0.5


def asked(terminal: PlainTerminal, window: Window[Any], typed_ahead: str) -> Any:
    """Ask or show what a window holds.

    Args:
        terminal: Where lines are read and printed.
        window: What is asked.
        typed_ahead: What was typed behind the command that opened it; it is the first answer.

    Returns:
        What a window would return; None where it is left.
    """
    match window:
        case Pick():
            return _picked(terminal, window, typed_ahead)
        case Ask():
            return _line(terminal, window, typed_ahead)
        case Show():
            terminal.print_lines(_shown(window))
            return None
        case Hold():
            return _waited(terminal, window)
        case _:
            assert_never(window)


def _picked(terminal: PlainTerminal, pick: Pick[Any], typed_ahead: str) -> Any:
    """Let one pick: by a number of those printed, or by typing until one is left."""
    terminal.print_lines([f"{pick.title}."])
    typed, first = typed_ahead, 0
    if not typed and not pick.source(""):
        typed = terminal.read(f"{pick.placeholder}: ").strip()
        if not typed:
            return None
    while True:
        options = list(pick.source(typed))
        if not options:
            terminal.print_lines([f"Nothing fits “{typed}”."])
        terminal.print_lines(_option_lines(options, first))
        line = terminal.read("number, more, or other words; empty: leave: ").strip()
        if not line:
            return None
        if line.isdecimal() and 1 <= int(line) <= len(options):
            return options[int(line) - 1].choice
        if line in {"more", "."}:
            first = first + OFFERED if first + OFFERED < len(options) else 0
        else:
            typed, first = line, 0


def _option_lines(options: list[Option[Any]], first: int) -> Iterator[str]:
    for number, option in enumerate(options[first : first + OFFERED], start=first + 1):
        note = f", {option.note}" if option.note else ""
        yield f"{number} {option.label}{note}"
        if len(options) <= EXPLAINED:
            yield from option.detail.splitlines()
    if (more := len(options) - first - OFFERED) > 0:
        yield f"and {more:,} more"


def _line(terminal: PlainTerminal, ask: Ask, typed_ahead: str) -> str | None:
    """Ask for a line, or for several until an empty one; a single `-` takes away what there is."""
    if typed_ahead:
        return typed_ahead
    terminal.print_lines([f"{ask.title}."])
    if ask.text:
        terminal.print_lines([f"Now: {ask.text}"])
    prompt = "new text; empty: leave; -: take away: " if ask.text else "text; empty: leave: "
    line = terminal.read(prompt).strip()
    if not line:
        return None
    lines = [line]
    while ask.lines > 1 and line and lines != ["-"]:
        line = terminal.read("next line; empty: done: ").strip()
        lines.append(line)
    return "" if lines == ["-"] else "\n".join(lines).rstrip("\n")


def _waited(terminal: PlainTerminal, hold: Hold) -> bool | None:
    """Wait until the study is free; Ctrl+C gives up."""
    terminal.print_lines([f"{hold.why} The change waits until it can be saved; Ctrl+C gives it up."])
    try:
        while hold.is_held():
            time.sleep(_LOOK_AGAIN)
    except KeyboardInterrupt:
        return None
    return True


def _shown(show: Show) -> Iterator[str]:
    yield f"{show.title}."
    if isinstance(show.content, tuple):
        yield from without_styles(show.content).splitlines()
    else:
        yield str(show.content)
