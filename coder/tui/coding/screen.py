"""The coding screen: the list, the answer, the themes, and why they are suggested."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widgets import Static

from coder.errors import BusyError, CoderError, NotSavedError
from coder.text.inert import inert
from coder.tui.coding.body import CodingPanes
from coder.tui.coding.choosing import toggle
from coder.tui.coding.comparing.visiting import look_at
from coder.tui.coding.desk import Desk, prepare
from coder.tui.coding.greeting import GREETING_SECONDS, greet, look_around, tell_news
from coder.tui.coding.keys import ACTIONS, FOR_TICKED
from coder.tui.coding.listed.listing import ticked
from coder.tui.coding.moving import select
from coder.tui.coding.ordering import at_start
from coder.tui.coding.panes.answer_view import AnswerView
from coder.tui.coding.panes.response_list import ResponseList
from coder.tui.coding.panes.theme_panel import ThemePanel
from coder.tui.coding.texts.equal_answers import step_text
from coder.tui.coding.texts.status import WIDE, status
from coder.tui.coding.themes import take_up_edits
from coder.tui.kit.action_screen import ActionScreen, bindings
from coder.tui.kit.key_bar import KeyBar
from coder.tui.kit.message_line import MessageLine
from coder.tui.kit.watch import Watch
from coder.workflows.study.sight_at_work import look_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from coder.domain.engine_messages import EngineEvent
    from coder.domain.team.rounds import Round
    from coder.tui.coding.suggestions import Advice
    from coder.workflows.coding.session import StepOutcome
    from coder.workflows.study.study import Study

TALL = 30
"""Rows from which the keys take two lines."""
SOON = 0.05
"""Seconds from the first drawing to the time when it is on the terminal for sure."""
REVIVALS = 3
"""How often the suggestion engine's process is started again after it died."""
REVIVED_AFTER = 1.0
"""Seconds after which it is, the first time; later it waits longer."""
WAITING = "Another program is writing to the study. This change waits and is tried again; Esc gives it up."
TRY_AGAIN_AFTER = 0.5
"""Seconds after which a change that waits is tried again."""
POLL_SECONDS = 2.0
"""How often the screen looks whether another program wrote to the study."""


class CodingScreen(ActionScreen[None]):
    """One coder at work on the answers to one question."""

    ACTIONS: ClassVar = ACTIONS
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACTIONS)
    HELP_TITLE = "Help: coding"

    def __init__(
        self,
        study: Study,
        coder_id: str,
        advice: Advice,
        question_id: str | None = None,
        one_round: Round | None = None,
    ) -> None:
        super().__init__()
        self.desk = Desk(study, coder_id, advice, question_id)
        if one_round is not None:
            self.desk.work_in(one_round)
        self.panes = CodingPanes(self.desk)
        self._others = Watch(study)

    def compose(self) -> ComposeResult:
        """Lay out the parts, in the places that the terminal's size gives them."""
        yield Static(id="status", markup=False)
        if self.desk.study.settings.note:
            yield Static(inert(self.desk.study.settings.note), id="note", markup=False)
        yield self.panes.set_class(self.app.size.width < WIDE, "-narrow")
        yield MessageLine()
        yield KeyBar(self.actions).set_class(self.app.size.height >= TALL, "-two")

    def on_mount(self) -> None:
        """Show the first answer at once, and the whole list right after it."""
        start = self.desk.listing.start()
        self.panes.list.show_numbers()
        self.show(start)
        self.call_after_refresh(self.set_timer, SOON, lambda: self.guard(self.after_first_frame))
        self.set_interval(POLL_SECONDS, lambda: self.guard(self.notice_others))

    def on_resize(self, event: Resize) -> None:
        """Put the list above the answer where there is no room beside it."""
        self.panes.set_class(event.size.width < WIDE, "-narrow")
        self.query_one(KeyBar).set_class(event.size.height >= TALL, "-two")
        self._draw_status()

    def after_first_frame(self) -> None:
        """Do what takes longer the more responses there are."""
        self.list_anew(self.desk.here.number)
        at_start(self)
        pause = GREETING_SECONDS if greet(self) else SOON

        def look() -> None:
            news = look_around(self.desk.study.folder)
            if news.notices:
                tell = partial(self.guard, tell_news, self, news)
                self.app.call_from_thread(self.set_timer, pause, tell)

        self.run_worker(look, thread=True, exit_on_error=False)

    @property
    def columns(self) -> int:
        """How wide the screen is."""
        return self.size.width

    def show(self, number: int | None, *, jumped: bool = False) -> None:
        """Put another answer on screen; None: nothing is listed."""
        self.desk.open(number, jumped=jumped)
        self.panes.begin_answer()

    def list_anew(self, current: int | None) -> None:
        """Fetch the list anew, with the cursor on an answer, and count how far the coder has come."""
        self.desk.listing.load(current)
        # At once: should counting fail, the list must not go on drawing rows that are gone.
        self.panes.list.show_numbers()
        self.desk.count_anew()
        self.draw_titles()

    def draw_titles(self) -> None:
        """Draw the status line and the titles of list and themes."""
        self.panes.draw_titles()
        self._draw_status()

    def stepped(self, outcome: StepOutcome, *, leaving: bool = False) -> None:
        """Go on from a step; `leaving`: another answer comes on screen at once, so this one is not drawn."""
        was_done = self.desk.here.standing.done
        self.desk.take_in(outcome)
        if outcome.changed_settings:
            self.list_anew(self.desk.here.number)
        if outcome.responses and (line := self.message_line):
            line.say_step(step_text(self.desk, outcome))
        self.panes.list.forget(outcome.responses)
        if outcome.apart and self.desk.here.standing.done != was_done:
            # Some of its row are done now and some are not: they stand in rows of their own.
            self.list_anew(self.desk.here.number)
        self.draw_titles()
        if not leaving:
            prepare(self.desk)
            self.panes.draw_answer()

    def guard(self, act: Callable[..., object], *arguments: object) -> Exception | None:
        """Do something; an error is shown, and the status line says if it kept a change from the disk."""
        error = super().guard(act, *arguments)
        if isinstance(error, NotSavedError):
            if error is self.desk.session.waiting.because:
                self.tell(WAITING, 15, warning=True)
                self.set_timer(TRY_AGAIN_AFTER, lambda: self.guard(self._save_what_waits))
            else:
                self.desk.not_saved()
            self._draw_status()
        return error

    def _save_what_waits(self) -> None:
        """Try the change that waits again; if another program still holds the study, a little later."""
        waiting = self.desk.session.waiting
        try:
            outcome = waiting.try_again()
        except BusyError:
            self.set_timer(TRY_AGAIN_AFTER, lambda: self.guard(self._save_what_waits))
            return
        except CoderError:
            waiting.afterwards = None
            raise
        if outcome is not None:
            self.stepped(outcome)
            self.tell(f"Saved now: {outcome.label}", 4)
        if waiting.afterwards is not None:
            waiting.afterwards()

    def use_codebook(self) -> None:
        """Start the suggestion engine anew: it is to know the codebook as it is now."""
        self._others.codebook_is_known()
        self.program.restart_engine()

    def revive_engine(self) -> bool:
        """Start the suggestion engine again in a while, as it has died; False if that was so too often."""
        advice = self.desk.advice
        if advice.revivals == REVIVALS:
            return False
        advice.revivals += 1

        def start_unless_started() -> None:
            # A changed codebook may have started one meanwhile.
            if advice.engine is None:
                self.program.restart_engine()

        self.set_timer(REVIVED_AFTER * advice.revivals, start_unless_started)
        return True

    def receive(self, event: EngineEvent) -> None:
        """Show what the suggestion engine sent."""
        # Not at the top: the classes of the events take milliseconds that the first paint can do without.
        from coder.tui.coding.engine_events import receive

        receive(self, event)

    def notice_others(self) -> None:
        """Show what another program wrote to the study, or somebody to its codebook, meanwhile."""
        if self._others.codebook_edited():
            self.guard(self._others.unless_busy, partial(take_up_edits, self))
        if self._others.study_changed():
            # A round may have begun or ended, or somebody have finished one.
            look_as(self.desk.study, self.desk.session.coder_id)
            self.panes.list.forget_all()
            self.desk.look_again()
            self.desk.rerank()
            self.desk.count_anew()
            self.panes.draw_answer()
            self.draw_titles()

    @on(ResponseList.Chosen)
    @on(AnswerView.EarlierClicked)
    def _go_to_clicked(self, message: ResponseList.Chosen | AnswerView.EarlierClicked) -> None:
        if isinstance(message, AnswerView.EarlierClicked):
            self.guard(look_at, self, message.number)
            return
        self.desk.listing.leave(self.desk.here.number)
        self.guard(lambda: self.show(message.number, jumped=True))

    @on(ThemePanel.Toggled)
    def _choose_clicked(self, message: ThemePanel.Toggled) -> None:
        self.guard(toggle, self, message.theme_id)

    @on(AnswerView.Selected)
    def _select_dragged(self, message: AnswerView.Selected) -> None:
        self.guard(select, self, message.span)

    def _draw_status(self) -> None:
        self.query_one("#status", Static).update(status(self.desk, self.size.width), layout=False)
        if count := ticked(self.desk.listing):
            self.query_one(KeyBar).speak_of(f"for {count:,} ticked:", FOR_TICKED)
        else:
            self.query_one(KeyBar).speak_of()
