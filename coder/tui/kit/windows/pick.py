"""A window to pick one of many by typing a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Static

from coder.text.inert import inert
from coder.tui.kit.fitting import fit, plain_title
from coder.tui.kit.line_view import LineView
from coder.tui.kit.windows.typed import AGAIN, Line, Typed
from coder.tui.kit.windows.window_values import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from coder.tui.kit.windows.window_values import Option, Pick

_KEYS = "↑↓ move · ⏎ pick · Esc close"


class OptionLines(LineView):
    """The options, one a line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick--row", "pick--cursor", "pick--note"}
    DEFAULT_CSS = """
    OptionLines { height: 1fr; overflow-x: hidden; background: $surface; scrollbar-background: $surface; }
    OptionLines .pick--cursor { background: $primary 50%; text-style: bold; }
    OptionLines .pick--note { color: $text-muted; }
    """

    class Picked(Message):
        """An option was picked with the mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.options: Sequence[Option[Any]] = ()
        self.cursor = 0

    def show(self, options: Sequence[Option[Any]]) -> None:
        """Show these options, the cursor on the first."""
        self.options, self.cursor = options, 0
        self.scroll_to(y=0, animate=False)
        self.set_line_count(len(options))

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor = max(0, min(self.cursor + step, len(self.options) - 1))
        self.bring_into_view(self.cursor)
        self.refresh()

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ label        note`."""
        option = self.options[line]
        at_cursor = line == self.cursor
        style = self.style_of("pick--cursor" if at_cursor else "pick--row")
        note = f" {option.note}" if option.note else ""
        room = max(4, self.text_width - 2 - len(note))
        return [
            Segment("▶ " if at_cursor else "  ", style),
            Segment(fit(option.label, room), style),
            Segment(note, style if at_cursor else style + self.style_of("pick--note")),
        ]

    def on_click(self, event: events.Click) -> None:
        """Pick the option under the mouse."""
        offset = event.get_content_offset(self)
        line = offset.y + self.scroll_offset.y if offset else len(self.options)
        if line < len(self.options):
            self.cursor = line
            self.post_message(self.Picked())


class PickWindow(Typed[Any]):
    """Type to narrow, arrows to move, Enter to pick, Esc to leave everything as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("pagedown", "move(10)", "Down", show=False),
        Binding("pageup", "move(-10)", "Up", show=False),
    ]
    DEFAULT_CSS = """
    PickWindow { align: center middle; }
    PickWindow > Vertical {
        width: 90%; max-width: 90; height: 90%; max-height: 30;
        border: round $primary; background: $surface; padding: 0 1;
    }
    PickWindow VerticalScroll {
        height: auto; max-height: 40%; border-top: solid $primary 50%; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, pick: Pick[Any]) -> None:
        super().__init__()
        self._pick = pick
        self._typed = ""

    def compose(self) -> ComposeResult:
        """Lay out the input, the options and the detail of the one at the cursor."""
        with Vertical() as box:
            box.border_title = plain_title(self._pick.title)
            box.border_subtitle = _KEYS
            yield Line(placeholder=self._pick.placeholder)
            yield OptionLines()
            with VerticalScroll(can_focus=False):
                yield Static(markup=False)

    def on_mount(self) -> None:
        """Begin with nothing typed."""
        self._show("")
        self.action_move(self._pick.cursor)

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Show what fits what was typed."""
        self.goes_on()
        self._show(event.value)

    def is_edited(self) -> bool:
        """Tell whether something was typed that may be meant as a text of its own."""
        return self._pick.may_be_text and bool(self._typed.strip())

    def say_leaving(self, *, leaving: bool) -> None:
        """Say what the keys do now."""
        self.query_one(Vertical).border_subtitle = f"{AGAIN} · ⏎ pick" if leaving else _KEYS

    @on(Input.Submitted)
    @on(OptionLines.Picked)
    def return_picked(self) -> None:
        """Return the option at the cursor of what fits all that was typed."""
        if self.query_one(Input).value != self._typed:
            self._show(self.query_one(Input).value)
        option = self._current()
        if option is not None and self.is_current:
            self.dismiss(option.choice)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.query_one(OptionLines).move(step)
        self._show_detail()

    def _show(self, typed: str) -> None:
        self._typed = typed
        options: list[Option[Any]] = list(self._pick.source(typed.strip()))[:MOST]
        self.query_one(OptionLines).show(options)
        self._show_detail()

    def _show_detail(self) -> None:
        option = self._current()
        self.query_one(Static).update(inert(option.detail) if option else self._pick.nothing)

    def _current(self) -> Option[Any] | None:
        lines = self.query_one(OptionLines)
        return lines.options[lines.cursor] if lines.options else None
