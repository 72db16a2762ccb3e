"""The team screen: rounds with how far each has come, and how far coders agree, theme by theme.

What a person presses, from the answers:

- code one's answers in the round Pilot: `T`, the arrows to Pilot, Enter
- finish it: `T`, the arrows to it, `f`, Enter
- how far its coders agree, or what came of a training: `T`, the arrows to it, `g`
- go to an answer that was coded otherwise in a training, or the second time: the arrows to it, Enter
- begin a round, for who leads: `T`, `b`, and what the windows ask (`new_round`)
- settle what they chose otherwise about the theme that they agree on least: the arrows to it, Enter
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from coder.errors import CoderError
from coder.store.team.round_rows import progress_in, rounds_of
from coder.store.team.workers import people_at_work
from coder.text.inert import inert
from coder.tui.kit.action_screen import ActionScreen, bindings
from coder.tui.kit.fitting import spread
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine
from coder.tui.team.choices import open_row
from coder.tui.team.contract import TeamChoice
from coder.tui.team.keys import ACTIONS
from coder.tui.team.rows import TeamRow, TeamRows, agreement_rows
from coder.workflows.team.agreement_reading import read_agreement
from coder.workflows.team.rounds.round_text import people_text, state_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from coder.domain.team.rounds import Round
    from coder.workflows.study.study import Study
    from coder.workflows.team.agreement_reading import AgreementTable

TALL = 30
"""Rows from which the keys take two lines."""
_ALL = "All answers"
_NO_ROUNDS = (
    "No round has begun: everybody codes everything. A round says who codes",
    "which answers, to see how far people agree or to share the work.",
    "b begins one, for who leads the coding.",
)
_TWO = 2
_NOBODY_ELSE = "Agreement: nobody else has worked on this study yet."
_BLIND = "Agreement: hidden until everybody has finished the blind round you are in."


class TeamScreen(ActionScreen[TeamChoice | None]):
    """Rounds and agreement; returns what is to be coded next.

    Args:
        study: The study.
        coder_id: Who looks.
        round_id: The round that they work in; empty: none.
    """

    ACTIONS: ClassVar = ACTIONS
    HELP_TITLE: ClassVar = "Help: team"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    DEFAULT_CSS = """
    TeamScreen #rows { height: 1fr; padding: 0 1; }
    TeamScreen #detail { height: auto; padding: 0 1; border-top: solid $secondary 60%; }
    """

    def __init__(self, study: Study, coder_id: str, round_id: str = "") -> None:
        super().__init__()
        self.study = study
        self.coder_id = coder_id
        self.round_id = round_id
        self.rounds: list[Round] = []
        self._agreement: list[TeamRow] = []
        self.compared: Round | None = None
        self._asked_for = 0
        """How often agreement was asked for: what comes for an earlier time is dropped."""

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield Static(id="status", markup=False)
        if self.study.settings.note:
            yield Static(inert(self.study.settings.note), id="note", markup=False)
        yield TeamRows(id="rows")
        yield Static(id="detail", markup=False)
        yield MessageLine()
        yield KeyBar(ACTIONS)

    @property
    def rows(self) -> TeamRows:
        """The rows."""
        return self.query_one("#rows", TeamRows)

    def on_mount(self) -> None:
        """Show the rounds, with the cursor on the one that is worked in, and have agreement worked out."""
        self.guard(self._begin)

    def _begin(self) -> None:
        self.count_anew()
        # Where one works; else the first round in which something is to be done.
        at_work = next((r for r in self.rounds if r.id == self.round_id), None)
        going_on = at_work or next(filter(self._is_to_do, self.rounds), None)
        self.rows.move_to(self.rounds.index(going_on) + 1 if going_on else 0)
        settled = [one_round for one_round in self.rounds if one_round.settled_at()]
        self._read(settled[-1] if settled else None)
        self.draw_detail()

    def _is_to_do(self, one_round: Round) -> bool:
        return one_round.finished.get(self.coder_id) == "" and not one_round.ended

    def on_resize(self, event: Resize) -> None:
        """Draw what depends on the width anew."""
        self.query_one(KeyBar).set_class(event.size.height >= TALL, "-two")
        who = f"{self.study.name_of(self.coder_id)} · {self._state()}"
        title = f"{self.study.settings.title} · Team"
        self.query_one("#status", Static).update(Content(spread(title, who, event.size.width)))

    def _state(self) -> str:
        return "blind: own codings alone" if self.study.database.sight.is_blind else "sees all codings"

    def count_anew(self) -> None:
        """Read the rounds anew, with how far each has come."""
        self.rounds = list(rounds_of(self.study.database))
        self._show_rows()

    def go_to_round(self, round_id: str) -> None:
        """Put the cursor on a round."""
        ids = [one_round.id for one_round in self.rounds]
        # Above them stands the row of all answers.
        self.rows.move_to(ids.index(round_id) + 1)
        self.draw_detail()

    def _show_rows(self) -> None:
        rounds = [
            TeamRow("round", inert(one_round.name), inert(self._facts(one_round)), one_round=one_round)
            for one_round in self.rounds
        ]
        at_work = "← you work here" if not self.round_id else ""
        intro = [] if rounds else [TeamRow("text", line) for line in _NO_ROUNDS]
        rows = [TeamRow("all answers", _ALL, at_work), *rounds, *intro]
        self.rows.show([*rows, TeamRow("text", ""), *self._agreement])

    def _facts(self, one_round: Round) -> str:
        progress = progress_in(self.study.database, one_round.id)
        at_work = "  ← you work here" if one_round.id == self.round_id else ""
        return f"{state_text(one_round)}  {people_text(self.study, one_round, progress)}{at_work}"

    def move(self, step: int) -> None:
        """Move the cursor by so many rows."""
        self.rows.move_to(self.rows.cursor + step)
        self.draw_detail()

    @on(TeamRows.Clicked)
    def _open_clicked(self, message: TeamRows.Clicked) -> None:
        self.draw_detail()
        if message.again:
            self.guard(open_row, self)

    def draw_detail(self) -> None:
        """Say in full what is at the cursor."""
        row = self.rows.current()
        text = ""
        if row is not None and row.one_round is not None:
            text = f"{row.label}: {row.facts}"
        elif row is not None and row.kind == "answer":
            text = row.facts
        elif row is not None and row.cells:
            figures = [f"{name} {cell}" for name, cell in zip(row.headings, row.cells, strict=True) if cell]
            text = f"{row.label}: {' · '.join(figures)}"
        elif row is not None:
            text = row.label
        detail = self.query_one("#detail", Static)
        detail.display = bool(text)
        detail.update(inert(text))

    def read_agreement(self) -> None:
        """Have agreement worked out: of the round at the cursor, or of all answers."""
        row = self.rows.current()
        self._read(row.one_round if row else None)

    def read_again(self) -> None:
        """Read the rounds anew, and have the agreement that is shown worked out anew."""
        self.count_anew()
        # What there is stays until then, and the cursor on its row.
        self._read(self.compared, at_once=False)

    def _read(self, one_round: Round | None, *, at_once: bool = True) -> None:
        """Have a process work agreement out, which takes a second or two; keys go on meanwhile."""
        self._asked_for += 1
        self.compared = one_round
        if one_round is None and len(people_at_work(self.study.database)) < _TWO:
            is_blind = self.study.database.sight.is_blind
            self._agreement = [TeamRow("text", _BLIND if is_blind else _NOBODY_ELSE)]
            self._show_rows()
            return
        name = one_round.name if one_round else ""
        about = f"in {name}" if name else "on all answers, as they stand"
        if at_once:
            self._agreement = [TeamRow("text", f"Agreement {about}: it is being worked out …")]
            self._show_rows()
        self.run_worker(
            partial(self._work_out, name, about, self._asked_for), thread=True, exit_on_error=False
        )

    def _work_out(self, name: str, about: str, asked: int) -> None:
        tables: Sequence[AgreementTable] = ()
        problem = ""
        try:
            tables = read_agreement(self.study, self.coder_id, name)
        except (CoderError, OSError) as error:
            problem = str(error)
        self.app.call_from_thread(self.guard, self._take, tables, problem, about, asked)

    def _take(self, tables: Sequence[AgreementTable], problem: str, about: str, asked: int) -> None:
        """Show what was worked out, unless something else was asked for since, or the screen is closed."""
        if asked != self._asked_for or not self.is_attached:
            return
        heading = [TeamRow("text", f"Agreement {about}")]
        self._agreement = (
            [TeamRow("text", inert(line)) for line in problem.splitlines()]
            if problem
            else [*heading, *agreement_rows(tables)]
        )
        self._show_rows()
        self.draw_detail()
