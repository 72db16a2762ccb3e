"""A window that lists similar answers, to code several at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from coder.text.inert import inert
from coder.tui.kit.fitting import fit, plain_title
from coder.tui.kit.line_view import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.coding.panes.pane_values import SimilarRow


class SimilarLines(LineView):
    """Answers with a box to tick."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"similar--row", "similar--cursor", "similar--has"}
    DEFAULT_CSS = """
    SimilarLines { height: 1fr; overflow-x: hidden; background: $surface; scrollbar-background: $surface; }
    SimilarLines .similar--cursor { background: $primary 50%; text-style: bold; }
    SimilarLines .similar--has { color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[SimilarRow] = ()
        self.cursor = 0
        self.ticked: set[int] = set()

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `[x]  87% C017.1 We lost four ...`."""
        row = self.rows[line]
        box = " ✓ " if row.has_theme else "[x]" if row.number in self.ticked else "[ ]"
        name = (
            "similar--cursor" if line == self.cursor else "similar--has" if row.has_theme else "similar--row"
        )
        text = f"{box} {row.similarity * 100:3.0f}% {row.id}  {row.text}"
        return [Segment(fit(text, self.text_width), self.style_of(name))]


class Similar(ModalScreen[Sequence[int] | None]):
    """Tick answers; Enter returns the numbers of those ticked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown", "move(10)", "Down", show=False),
        Binding("pageup", "move(-10)", "Up", show=False),
        Binding("space,x", "tick", "Tick", show=False),
        Binding("a", "tick_above", "Tick all down to here", show=False),
        Binding("enter", "accept", "Code them", show=False),
    ]
    DEFAULT_CSS = """
    Similar { align: center middle; }
    Similar > Vertical {
        width: 96%; max-width: 110; height: 92%; border: round $primary; background: $surface; padding: 0 1;
    }
    Similar VerticalScroll {
        height: auto; max-height: 40%; border-top: solid $primary 50%; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, response: int, theme_id: str, label: str) -> None:
        super().__init__()
        self.response = response
        self.theme_id = theme_id
        self._label = label
        self._empty = "Looking for answers like this one ..."

    def compose(self) -> ComposeResult:
        """Lay out the answers and the text of the one at the cursor."""
        with Vertical() as box:
            box.border_title = plain_title(f"Answers like this one · code with: {self._label}")
            box.border_subtitle = "Space tick · a tick all down to here · ⏎ code the ticked · Esc close"
            yield SimilarLines()
            with VerticalScroll(can_focus=False):
                yield Static(markup=False)

    def on_mount(self) -> None:
        """Wait for the answers."""
        self.action_move(0)

    def fill(self, rows: Sequence[SimilarRow]) -> None:
        """Show the answers that were found."""
        self._empty = "None found yet: the answers are still being read, or there are no others."
        self.lines.rows = rows
        self.lines.set_line_count(len(rows))
        self.action_move(0)

    @property
    def lines(self) -> SimilarLines:
        """The answers."""
        return self.query_one(SimilarLines)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        lines = self.lines
        lines.cursor = max(0, min(lines.cursor + step, len(lines.rows) - 1))
        lines.bring_into_view(lines.cursor)
        lines.refresh()
        text = lines.rows[lines.cursor].text if lines.rows else self._empty
        self.query_one(Static).update(inert(text))

    def action_tick(self) -> None:
        """Tick the answer at the cursor, or take the tick away, and go to the next."""
        lines = self.lines
        if lines.rows and not lines.rows[lines.cursor].has_theme:
            lines.ticked ^= {lines.rows[lines.cursor].number}
        self.action_move(1)

    def action_tick_above(self) -> None:
        """Tick every answer from the top to the cursor."""
        lines = self.lines
        lines.ticked |= {row.number for row in lines.rows[: lines.cursor + 1] if not row.has_theme}
        lines.refresh()

    def action_accept(self) -> None:
        """Return the ticked answers in the order of the list."""
        self.dismiss([row.number for row in self.lines.rows if row.number in self.lines.ticked])
