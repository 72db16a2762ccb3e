"""Whether reading more answers still brings new themes."""

from __future__ import annotations

from operator import methodcaller
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from coder.domain.filters import Filter
from coder.domain.grammar import counted
from coder.store import surveys
from coder.store.saturation import Saturation, saturation
from coder.text.inert import inert
from coder.tui.kit.action_screen import MOVING, PROGRAM, ActionScreen, bindings
from coder.tui.kit.actions import Action
from coder.tui.kit.fitting import spread
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine
from coder.tui.tables.arrival_rows import ArrivalRow, ArrivalRows
from coder.tui.tables.step_chart import StepChart
from coder.tui.tables.texts import not_final, read_only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from coder.store.saturation import Arrival
    from coder.store.scope import Scope
    from coder.workflows.study.study import Study

ARRIVALS = "The themes, the latest first"

ACTIONS = (
    Action("answers", ("enter",), "answers",
           "List the answers of the theme at the cursor.", methodcaller("open_answers"), ARRIVALS),
    Action("back", ("escape", "q", "s"), "back",
           "Back to the table.", methodcaller("dismiss", None), ARRIVALS),
    *MOVING,
    *PROGRAM,
)  # fmt: skip
IMPORTED = "Imported codings count in the order of their file, whatever the order of reading was."


class SaturationScreen(ActionScreen[Filter | None]):
    """How many themes there were after each answer read; returns the filter that lists a theme's answers.

    Args:
        study: The study.
        scope: Which codings of the question are counted.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: new themes"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    SaturationScreen #heading { height: auto; padding: 0 1; }
    SaturationScreen #chart { height: 40%; }
    SaturationScreen #rows { height: 1fr; padding: 0 1; }
    """

    def __init__(self, study: Study, scope: Scope) -> None:
        super().__init__()
        self.study = study
        self.scope = scope
        (self.question_id,) = scope.question_ids

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        if self.study.settings.note:
            yield Static(inert(self.study.settings.note), id="note", markup=False)
        yield Static(id="unsettled", markup=False)
        yield Static(id="heading", markup=False)
        yield StepChart(id="chart")
        yield ArrivalRows(id="rows")
        yield MessageLine()
        yield KeyBar(ACTIONS)

    @property
    def rows(self) -> ArrivalRows:
        """The rows."""
        return self.query_one("#rows", ArrivalRows)

    def on_mount(self) -> None:
        """Show how the themes came up."""
        self.guard(self.count_anew)

    def on_resize(self) -> None:
        """Draw the top line anew."""
        title = f"{self.study.settings.title} · Tables · New themes"
        self.query_one("#status", Static).update(
            Content(spread(title, f"{self.question_id}{read_only(self.study)}", self.size.width))
        )

    def count_anew(self) -> None:
        """Work out and show how the themes came up."""
        reading = saturation(self.study.database, self.scope)
        unsettled = not_final(self.study, self.question_id)
        self.query_one("#unsettled").display = bool(unsettled)
        self.query_one("#unsettled", Static).update(unsettled)
        self.query_one("#heading", Static).update(in_a_sentence(reading))
        chart = self.query_one("#chart", StepChart)
        chart.show([arrival.place for arrival in reading.arrivals], reading.answers, "answers read")
        chart.display = self.rows.display = bool(reading.arrivals)
        self.rows.show(self._rows_of(reading.arrivals[::-1]))

    def _rows_of(self, arrivals: Sequence[Arrival]) -> list[ArrivalRow]:
        responses = surveys.responses(self.study.database, {arrival.response for arrival in arrivals})
        label = self.study.codebook.label
        return [
            ArrivalRow(theme_id, label(theme_id), answer, responses[number].id)
            for theme_id, answer, number in arrivals
        ]

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.rows.move_to(self.rows.cursor + step)

    @on(ArrivalRows.Clicked)
    def _open_clicked(self, message: ArrivalRows.Clicked) -> None:
        if message.again:
            self.open_answers()

    def open_answers(self) -> None:
        """Return the filter that lists the answers of the theme at the cursor."""
        row = self.rows.current()
        if row is not None:
            self.dismiss(Filter(self.question_id, theme_ids=(row.theme_id,), agreed=self.scope.agreed))


def in_a_sentence(reading: Saturation) -> str:
    """Return when the latest new theme came, and for how many answers there was none since."""
    if not reading.arrivals:
        return "No theme stands yet: nothing to tell."
    latest = reading.arrivals[-1].place
    since = reading.answers - latest
    themes = counted(len(reading.arrivals), "theme")
    text = f"{themes}. The last new theme came with answer {latest:,} of {reading.answers:,} read"
    text += f"; none in the {since:,} since." if since else ", the latest."
    return f"{text} {IMPORTED}" if reading.imported else text
